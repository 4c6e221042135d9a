"""Where things are kept that can be made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.user_cache import cache_folder


def test_the_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_folder({"XDG_CACHE_HOME": "/c"}) == Path("/c/paperkb")
    assert cache_folder({}) == Path.home() / ".cache" / "paperkb"

    def nobody() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", nobody)
    assert cache_folder({}) is None
