"""The list of all notes, the latest papers first."""

from __future__ import annotations

from collections.abc import Iterator

from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind
from paperkb.site.paging import all_parts, count_parts, part_of, part_path
from paperkb.site.words import InterfaceText

PATH = "notes/index.html"


def plan(context: SiteContext) -> Iterator[PageId]:
    """The parts of ``notes/index.html``."""
    return (PageId("notes", part=n) for n in count_parts(len(context.newest_first())))


def compose(context: SiteContext, page: PageId) -> Page:
    """One part."""
    members = context.newest_first()
    data = {
        "title": InterfaceText("All notes"),
        "kind": "notes",
        "count": len(members),
        "part": page.part,
        "pages": all_parts(members, PATH),
        "cards": context.cards(member.key for member in part_of(members, page.part)),
    }
    return Page(part_path(PATH, page.part), "list.html", data)


KIND = PageKind(plan, compose)
