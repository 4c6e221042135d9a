"""Topics: a tree of shelves, and a page for each shelf with its papers in order of time, what they
stand on, and the reader's own introduction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from paperkb.library.foundations import Foundation
from paperkb.library.groups import levels
from paperkb.library.rows import page_address
from paperkb.site.context import Shown, SiteContext
from paperkb.site.feeds import topic_feed
from paperkb.site.fill import Filler
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.pages.groups import group_data, plan_groups
from paperkb.site.paging import years
from paperkb.site.words import InterfaceText

NO_SUMMARIES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a reader wrote about a topic; ``title`` is its first heading, or empty."""

    title: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Shelf:
    """A topic in the tree; ``span`` are the years of its oldest and newest paper, ``summary`` its
    introduction in a sentence."""

    label: str
    path: str
    count: int
    span: str
    summary: str
    children: tuple[Shelf, ...]


def topic_tree(
    topics: Sequence[Shown], parent: str = "", summaries: Mapping[str, str] = NO_SUMMARIES
) -> tuple[Shelf, ...]:
    """The shelves below a folded topic, in the order of ``topics``; ``summaries`` by address."""
    prefix = f"{parent}/" if parent else ""
    inside = [topic for topic in topics if topic.name.startswith(prefix) and topic.name != parent]
    return tuple(
        Shelf(
            label=topic.label.rpartition("/")[2],
            path=topic.path,
            count=topic.size,
            span=years(topic.first, topic.last),
            summary=summaries.get(page_address(topic.name), ""),
            children=topic_tree(inside, topic.name, summaries),
        )
        for topic in inside
        if "/" not in topic.name[len(prefix) :]
    )


def compose_index(context: SiteContext, _page: PageId) -> Page:
    """``topics/index.html``."""
    tree = topic_tree(context.shelves(), summaries=context.shelf.summaries())
    data = {"title": InterfaceText("Topics"), "tree": tree}
    return Page("topics/index.html", "topics.html", data)


def compose(context: SiteContext, page: PageId) -> Page:
    """The page of a topic."""
    path, data = group_data(context, page)
    *parents, _ = levels(page.name)
    data |= {
        "title": _last(context, page.name),
        "label": context.label("topic", page.name),
        "feed": topic_feed(context.group_path("topic", page.name)),
        "parents": [(_last(context, name), context.group_path("topic", name)) for name in parents],
        "tree": (),
        "introduction": None,
        "foundations": [],
    }
    found = context.shelf.foundations(page.name)
    data["founded"] = {one.key: one.citing for one in found}
    if page.part == 1:
        data |= _opening(context, page.name, path, found)
    return Page(path, "topic.html", data)


INDEX = PageKind(only(PageId("topics")), compose_index)
KIND = PageKind(plan_groups("topic"), compose)


def _opening(
    context: SiteContext, topic: str, path: str, found: Sequence[Foundation]
) -> dict[str, Any]:
    """What stands on the first part alone: there a shelf begins, and its foundations are listed."""
    return {
        "tree": topic_tree(context.shelves_within(topic), topic),
        "introduction": _introduction(context, topic, path),
        "foundations": [(context.card(one.key), one.citing) for one in found],
    }


def _introduction(context: SiteContext, topic: str, path: str) -> Introduction | None:
    note = context.shelf.introduction(topic)
    if note is None:
        return None
    parsed, body = context.shelf.text(note)
    html = Filler(context, parsed.links, context.resolutions(note), body, path).filled()
    return Introduction(note.work.title, html)


def _last(context: SiteContext, name: str) -> str:
    return context.label("topic", name).rpartition("/")[2]
