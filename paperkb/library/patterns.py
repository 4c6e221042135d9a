"""Patterns of paths, as settings have them: ``drafts``, ``drafts/``, ``inbox/*``, ``./a/**``."""

from __future__ import annotations

import posixpath


def path_pattern(written: str) -> str:
    """A pattern as the vault's paths are written; empty if no path can be it."""
    normal = posixpath.normpath(written.replace("\\", "/").lstrip("/") or ".")
    return "" if normal == "." else normal
