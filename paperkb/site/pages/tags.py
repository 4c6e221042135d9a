"""Tags: an index, and a page for each with its notes and the tags that go with it."""

from __future__ import annotations

from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.pages.groups import part_data, plan_groups
from paperkb.site.words import InterfaceText

RELATED = 12


def compose_index(context: SiteContext, _page: PageId) -> Page:
    """``tags/index.html``."""
    rows = [(tag.label, tag.path, tag.size) for tag in context.groups("tag")]
    return Page("tags/index.html", "tags.html", {"title": InterfaceText("Tags"), "tags": rows})


def compose(context: SiteContext, page: PageId) -> Page:
    """The page of a tag."""
    path, data = part_data(context, page)
    label = context.label("tag", page.name)
    nested, together = context.nested("tag", page.name), []
    if page.part == 1:
        together = context.together("tag", page.name)[:RELATED]
    data |= {
        "title": f"#{label}",
        "children": [_row(context, name, count) for name, count in nested],
        "related": [_row(context, name, count) for name, count in together],
    }
    return Page(path, "tag.html", data)


INDEX = PageKind(only(PageId("tags")), compose_index)
KIND = PageKind(plan_groups("tag"), compose)


def _row(context: SiteContext, tag: str, count: int) -> tuple[str, str, int]:
    return context.label("tag", tag), context.group_path("tag", tag), count
