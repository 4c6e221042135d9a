"""Years: an index, and a page for each year's papers."""

from __future__ import annotations

from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.pages.groups import plain_kind
from paperkb.site.words import InterfaceText


def compose_index(context: SiteContext, _page: PageId) -> Page:
    """``years/index.html``, the latest first."""
    years = context.groups("year")
    most = max((year.size for year in years), default=1)
    rows = [(y.name, y.path, y.size, round(100 * y.size / most)) for y in reversed(years)]
    return Page("years/index.html", "years.html", {"title": InterfaceText("Years"), "years": rows})


INDEX = PageKind(only(PageId("years")), compose_index)
KIND = plain_kind("year")
