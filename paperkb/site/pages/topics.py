"""Topics: a tree of shelves, and a page for each shelf with its papers in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paperkb.library.groups import levels
from paperkb.site.context import Shown, SiteContext
from paperkb.site.feeds import topic_feed
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.pages.groups import part_data, plan_groups
from paperkb.site.words import InterfaceText


@dataclass(frozen=True, slots=True)
class Shelf:
    """A topic in the tree; ``span`` are the years of its oldest and newest paper."""

    label: str
    path: str
    count: int
    span: str
    children: tuple[Shelf, ...]


def topic_tree(topics: Sequence[Shown], parent: str = "") -> tuple[Shelf, ...]:
    """The shelves below a folded topic, in the order of ``topics``."""
    prefix = f"{parent}/" if parent else ""
    inside = [topic for topic in topics if topic.name.startswith(prefix) and topic.name != parent]
    return tuple(
        Shelf(
            label=topic.label.rpartition("/")[2],
            path=topic.path,
            count=topic.size,
            span=topic.first if topic.first == topic.last else f"{topic.first}–{topic.last}",
            children=topic_tree(inside, topic.name),
        )
        for topic in inside
        if "/" not in topic.name[len(prefix) :]
    )


def compose_index(context: SiteContext, _page: PageId) -> Page:
    """``topics/index.html``."""
    data = {"title": InterfaceText("Topics"), "tree": topic_tree(context.shelves())}
    return Page("topics/index.html", "topics.html", data)


def compose(context: SiteContext, page: PageId) -> Page:
    """The page of a topic."""
    path, data = part_data(context, page)
    *parents, _ = levels(page.name)
    data |= {
        "title": _last(context, page.name),
        "label": context.label("topic", page.name),
        "feed": topic_feed(context.group_path("topic", page.name)),
        "parents": [(_last(context, name), context.group_path("topic", name)) for name in parents],
        "tree": topic_tree(context.shelves_within(page.name), page.name),
    }
    return Page(path, "topic.html", data)


INDEX = PageKind(only(PageId("topics")), compose_index)
KIND = PageKind(plan_groups("topic"), compose)


def _last(context: SiteContext, name: str) -> str:
    return context.label("topic", name).rpartition("/")[2]
