"""The search page; without JavaScript, a way to tags, topics and years."""

from __future__ import annotations

from paperkb.model import STATUSES
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.words import InterfaceText

TAGS = 60


def compose(context: SiteContext, _page: PageId) -> Page:
    """``search.html``."""
    tags = sorted(context.groups("tag"), key=lambda tag: (-tag.size, tag.name))
    data = {
        "title": InterfaceText("Search"),
        "count": context.search.size(),
        "statuses": STATUSES,
        "tags": [(tag.label, tag.path, tag.size) for tag in tags[:TAGS]],
        "topics": [(t.label, t.path, t.size) for t in context.shelves()],
        "years": [(y.name, y.path, y.size) for y in reversed(context.groups("year"))],
    }
    return Page("search.html", "search.html", data)


KIND = PageKind(only(PageId("search")), compose)
