"""The page for addresses that are not there."""

from __future__ import annotations

from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.words import InterfaceText


def compose(_context: SiteContext, _page: PageId) -> Page:
    """``404.html``, which servers show at any depth."""
    return Page("404.html", "404.html", {"title": InterfaceText("Not found")})


KIND = PageKind(only(PageId("404")), compose)
