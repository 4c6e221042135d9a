"""The board: what is waiting, what is being read, what is done."""

from __future__ import annotations

from paperkb.model import STATUSES
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.words import InterfaceText

PATH = "status.html"
SHOWN = 10
"""Papers in a column, those that were last touched first."""


def compose(context: SiteContext, _page: PageId) -> Page:
    """``status.html``."""
    days = context.shelf.calendar()
    columns = []
    for status in STATUSES:
        inside = sorted(
            ((day.last, day.key) for day in days if day.status == status),
            reverse=True,
        )
        cards = context.cards(key for _, key in inside[:SHOWN])
        columns.append((status, len(inside), cards))
    without = sum(1 for day in days if not day.status)
    data = {"title": InterfaceText("Board"), "columns": columns, "without": without, "shown": SHOWN}
    return Page(PATH, "status.html", data)


KIND = PageKind(only(PageId("status")), compose)
