"""Authors: an index by family name, and a page for each."""

from __future__ import annotations

from collections import defaultdict

from paperkb.site.context import Shown, SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.pages.groups import part_data, plan_groups
from paperkb.site.words import InterfaceText


def compose_index(context: SiteContext, _page: PageId) -> Page:
    """``authors/index.html``."""
    rows = [(*_names(author), author.path, author.size) for author in context.groups("author")]
    letters: dict[str, list[tuple[str, str, str, int]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row[0].casefold(), row[1].casefold(), row)):
        letter = row[0][:1].upper()
        letters[letter if letter.isalpha() else "#"].append(row)
    data = {"title": InterfaceText("Authors"), "letters": list(letters.items())}
    return Page("authors/index.html", "authors.html", data)


def compose(context: SiteContext, page: PageId) -> Page:
    """The page of an author."""
    path, data = part_data(context, page)
    return Page(path, "list.html", {**data, "title": page.name, "kind": "author"})


def _names(author: Shown) -> tuple[str, str]:
    family, _, given = author.label.partition("\x1f")
    return family, given


INDEX = PageKind(only(PageId("authors")), compose_index)
KIND = PageKind(plan_groups("author"), compose)
