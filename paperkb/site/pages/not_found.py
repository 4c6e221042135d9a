"""The page for addresses that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from paperkb.site.context import SiteContext
from paperkb.site.page import Page


def compose(_context: SiteContext) -> Iterator[Page]:
    """``404.html``, which servers show at any depth."""
    yield Page("404.html", "404.html", {"title": "Not found"})
