"""The list of all notes, the latest papers first."""

from __future__ import annotations

from collections.abc import Iterator

from paperkb.library.shelves import ALL, cut
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind
from paperkb.site.pages.groups import part_data
from paperkb.site.words import InterfaceText

PATH = "notes/index.html"


def plan(context: SiteContext) -> Iterator[PageId]:
    """The parts of ``notes/index.html``."""
    parts = cut(ALL[0], context.lists.count(*ALL))
    return (PageId("notes", part=part.number) for part in parts)


def compose(context: SiteContext, page: PageId) -> Page:
    """One part."""
    path, data = part_data(context, *ALL, page.part, PATH)
    title = InterfaceText("All notes")
    return Page(path, "list.html", {**data, "title": title, "kind": "notes"})


KIND = PageKind(plan, compose)
