"""Venues: an index, and a page for each journal or conference, whatever the year."""

from __future__ import annotations

from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.pages.groups import plain_kind
from paperkb.site.paging import years
from paperkb.site.words import InterfaceText


def compose_index(context: SiteContext, _page: PageId) -> Page:
    """``venues/index.html``, those with most papers first."""
    venues = sorted(context.groups("venue"), key=lambda venue: (-venue.size, venue.name))
    rows = [(v.label, v.path, v.size, years(v.first, v.last)) for v in venues]
    return Page(
        "venues/index.html", "venues.html", {"title": InterfaceText("Venues"), "venues": rows}
    )


INDEX = PageKind(only(PageId("venues")), compose_index)
KIND = plain_kind("venue")
