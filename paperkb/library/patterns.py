"""Patterns of paths, as settings have them: ``drafts``, ``drafts/``, ``inbox/*``, ``./a/**``."""

from __future__ import annotations

import posixpath
import unicodedata


def path_pattern(written: str) -> str:
    """A pattern as the vault's paths are written; empty if no path can be it."""
    composed = unicodedata.normalize("NFC", written)
    normal = posixpath.normpath(composed.replace("\\", "/").lstrip("/") or ".")
    return "" if normal == "." else normal
