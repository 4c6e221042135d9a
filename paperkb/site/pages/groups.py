"""What pages of tags, topics, authors, venues and years have in common: a list of papers, in
parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from paperkb.library.shelves import cut
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind
from paperkb.site.paging import offered, part_path


def plan_groups(kind: str) -> Callable[[SiteContext], Iterator[PageId]]:
    """The plan of a kind of groups: every part of every group."""

    def plan(context: SiteContext) -> Iterator[PageId]:
        return (
            PageId(kind, group.name, part.number)
            for group in context.groups(kind)
            for part in cut(kind, group.size)
        )

    return plan


def part_data(
    context: SiteContext, kind: str, name: str, number: int, path: str
) -> tuple[str, dict[str, Any]]:
    """The path of one part of a list that begins at ``path``, and the data of that part. How many
    papers there are is said on the first only, so that one more paper is no other page."""
    here, parts = part_path(path, number), context.lists.parts(kind, name, path)
    return here, {
        "count": context.lists.count(kind, name) if number == 1 else 0,
        "part": number,
        "number_of_parts": len(parts),
        "pages": offered(parts, here),
        "cards": context.cards(context.lists.part(kind, name, number)),
    }


def group_data(context: SiteContext, page: PageId) -> tuple[str, dict[str, Any]]:
    """The path of a part of a group, and the data of its list."""
    path = context.group_path(page.kind, page.name)
    return part_data(context, page.kind, page.name, page.part, path)


def plain_kind(kind: str) -> PageKind:
    """Groups whose pages are a name and a list."""

    def compose(context: SiteContext, page: PageId) -> Page:
        path, data = group_data(context, page)
        title = page.name if kind == "author" else context.label(kind, page.name)
        return Page(path, "list.html", {**data, "title": title, "kind": kind})

    return PageKind(plan_groups(kind), compose)
