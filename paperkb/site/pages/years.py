"""Years: an index, and a page for each year's papers."""

from __future__ import annotations

from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.pages.groups import part_data, plan_groups
from paperkb.site.words import InterfaceText


def compose_index(context: SiteContext, _page: PageId) -> Page:
    """``years/index.html``, the latest first."""
    years = context.groups("year")
    most = max((year.size for year in years), default=1)
    rows = [(y.name, y.path, y.size, round(100 * y.size / most)) for y in reversed(years)]
    return Page("years/index.html", "years.html", {"title": InterfaceText("Years"), "years": rows})


def compose(context: SiteContext, page: PageId) -> Page:
    """The page of a year."""
    path, data = part_data(context, page)
    return Page(path, "list.html", {**data, "title": page.name, "kind": "year"})


INDEX = PageKind(only(PageId("years")), compose_index)
KIND = PageKind(plan_groups("year"), compose)
