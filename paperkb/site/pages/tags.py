"""Tags: an index, and a page for each with its notes and the tags that go with it."""

from __future__ import annotations

from dataclasses import dataclass

from paperkb.library.groups import levels
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.pages.groups import group_data, plan_groups
from paperkb.site.words import InterfaceText

RELATED = 12


@dataclass(frozen=True, slots=True)
class Together:
    """A tag that goes with another; ``query`` finds the notes that have both."""

    label: str
    path: str
    count: int
    query: str


def compose_index(context: SiteContext, _page: PageId) -> Page:
    """``tags/index.html``."""
    rows = [(tag.label, tag.path, tag.size) for tag in context.groups("tag")]
    return Page("tags/index.html", "tags.html", {"title": InterfaceText("Tags"), "tags": rows})


def compose(context: SiteContext, page: PageId) -> Page:
    """The page of a tag."""
    path, data = group_data(context, page)
    label = context.label("tag", page.name)
    nested, together = [], []
    if page.part == 1:
        nested = context.nested("tag", page.name)
        together = context.together("tag", page.name)[:RELATED]
    data |= {
        "title": f"#{label}",
        "parents": _parents(context, page.name),
        "children": [
            (context.label("tag", name), context.group_path("tag", name), count)
            for name, count in nested
        ],
        "related": [_together(context, label, name, count) for name, count in together],
    }
    return Page(path, "tag.html", data)


INDEX = PageKind(only(PageId("tags")), compose_index)
KIND = PageKind(plan_groups("tag"), compose)


def _parents(context: SiteContext, tag: str) -> list[tuple[str, str]]:
    """(last part of the label, path) of what a tag is nested in."""
    return [
        (context.label("tag", name).rpartition("/")[2], context.group_path("tag", name))
        for name in levels(tag)[:-1]
    ]


def _together(context: SiteContext, tag: str, name: str, count: int) -> Together:
    label = context.label("tag", name)
    query = f"{_filter(tag)} {_filter(label)}"
    return Together(label, context.group_path("tag", name), count, query)


def _filter(tag: str) -> str:
    """The tag as a query writes it."""
    plain = all(sign.isalnum() or sign in "/_-" for sign in tag)
    return f"tag:{tag}" if plain else 'tag:"{}"'.format(tag.replace('"', ""))
