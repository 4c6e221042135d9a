"""What pages of tags, topics, authors and years have in common: a list of papers, in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from paperkb.site.context import SiteContext
from paperkb.site.page import PageId
from paperkb.site.paging import all_parts, count_parts, part_of, part_path


def plan_groups(kind: str) -> Callable[[SiteContext], Iterator[PageId]]:
    """The plan of a kind of groups: every part of every group."""

    def plan(context: SiteContext) -> Iterator[PageId]:
        return (
            PageId(kind, group.name, number)
            for group in context.groups(kind)
            for number in count_parts(group.size)
        )

    return plan


def part_data(context: SiteContext, page: PageId) -> tuple[str, dict[str, Any]]:
    """The path of a group's page, and the data of its list."""
    path = context.group_path(page.kind, page.name)
    members = context.members(page.kind, page.name)
    return part_path(path, page.part), {
        "count": len(members),
        "part": page.part,
        "pages": all_parts(members, path),
        "cards": context.cards(member.key for member in part_of(members, page.part)),
    }
