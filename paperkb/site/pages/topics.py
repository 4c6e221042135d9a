"""Topics: a tree of shelves, and a page for each shelf with its papers in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from paperkb.site.context import SiteContext
from paperkb.site.page import Page


@dataclass(frozen=True, slots=True)
class Shelf:
    """A topic in the tree; ``span`` are the years of its oldest and newest paper."""

    label: str
    path: str
    count: int
    span: str
    children: tuple[Shelf, ...]


def topic_tree(context: SiteContext, parent: str = "") -> tuple[Shelf, ...]:
    """The shelves below a folded topic, the one with the oldest paper first."""
    prefix = f"{parent}/" if parent else ""
    shelves = []
    for topic, notes in context.topics.items():
        if topic.startswith(prefix) and "/" not in topic[len(prefix) :]:
            years = [note.work.year for note in notes if note.work.year]
            span = f"{min(years)}–{max(years)}" if years and min(years) < max(years) else ""
            shelves.append(
                Shelf(
                    label=context.topic_labels[topic].rpartition("/")[2],
                    path=context.topic_paths[topic],
                    count=len(notes),
                    span=span or (str(years[0]) if years else ""),
                    children=topic_tree(context, topic),
                )
            )
    return tuple(shelves)


def compose(context: SiteContext) -> Iterator[Page]:
    """``topics/index.html`` and a page for each topic."""
    yield Page("topics/index.html", "topics.html", {"title": "Topics", "tree": topic_tree(context)})
    for topic, notes in context.topics.items():
        parts = context.topic_labels[topic].split("/")
        levels = ["/".join(parts[:depth]).casefold() for depth in range(1, len(parts))]
        yield Page(
            context.topic_paths[topic],
            "topic.html",
            {
                "title": parts[-1],
                "parents": [
                    (context.topic_labels[level].rpartition("/")[2], context.topic_paths[level])
                    for level in levels
                ],
                "tree": topic_tree(context, topic),
                "cards": context.cards_of(notes),
            },
        )
