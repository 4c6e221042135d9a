"""What a visitor's browser has to load, compressed as servers do."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from tests.site.crawl import read_page
from tests.site.quality.sites import Published

pytestmark = pytest.mark.slow

NOTE, SCRIPTS, STYLES = 60_000, 40_000, 15_000
"""Bytes: a note page with all that it loads but its own pictures; all scripts; all styles."""


def _weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def test_scripts_and_styles(published: Published) -> None:
    static = published.folder / "static"
    assert sum(map(_weight, static.glob("*.js"))) <= SCRIPTS
    assert sum(map(_weight, static.glob("*.css"))) <= STYLES


def test_note_pages(published: Published) -> None:
    shared: dict[str, int] = {}
    heavy = []
    for name in published.kinds()["notes"]:
        text = (published.folder / name).read_text(encoding="utf-8")
        loaded = {unquote(urljoin(name, address)) for address in read_page(text).resources}
        for path in loaded:
            if path not in shared:
                shared[path] = _weight(published.folder / path)
        own = len(gzip.compress(text.encode(), 6))
        others = sum(shared[path] for path in loaded if not path.startswith("files/"))
        if own + others > NOTE:
            heavy.append((name, own, others))
    assert heavy == []
    assert shared  # a stylesheet, at least
