"""The user's own folder for what can always be made again, and is shared by all vaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """paperkb's folder among the user's caches, or nothing for a user without a home."""
    base = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA")
    if base:
        return Path(base) / "paperkb"
    try:
        return Path.home() / ".cache" / "paperkb"
    except RuntimeError:
        return None
