"""Authors: an index by family name, which has a page for each letter where there are many, and a
page for each author."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from paperkb.site.context import Shown, SiteContext
from paperkb.site.page import Page, PageId, PageKind
from paperkb.site.pages.groups import plain_kind
from paperkb.site.urls import unique_paths
from paperkb.site.words import InterfaceText

PATH = "authors/index.html"
ON_ONE_PAGE = 400
"""Authors that one page shows; of more, it shows those with most papers, and the letters."""
MOST = 60

Row = tuple[str, str, str, int]
"""Family name, given name, path, number of papers."""


def plan(context: SiteContext) -> Iterator[PageId]:
    """The index, and, where there are many authors, a page for each letter."""
    yield PageId("authors")
    if len(context.groups("author")) > ON_ONE_PAGE:
        yield from (PageId("authors", letter) for letter in _by_letter(context))


def compose(context: SiteContext, page: PageId) -> Page:
    """``authors/index.html``, or the page of a letter."""
    letters = _by_letter(context)
    data: dict[str, object] = {
        "title": InterfaceText("Authors"),
        "letter": page.name,
        "most": [],
        "index": [],
    }
    if len(context.groups("author")) <= ON_ONE_PAGE:
        return Page(PATH, "authors.html", {**data, "letters": list(letters.items())})
    paths = _letter_paths(letters)
    data["index"] = [(letter, paths[letter], len(rows)) for letter, rows in letters.items()]
    if page.name:
        data |= {"title": page.name, "letters": [(page.name, letters[page.name])]}
        return Page(paths[page.name], "authors.html", data)
    everybody = [row for rows in letters.values() for row in rows]
    data["most"] = sorted(everybody, key=lambda row: (-row[3], row))[:MOST]
    return Page(PATH, "authors.html", {**data, "letters": []})


INDEX = PageKind(plan, compose)
KIND = plain_kind("author")


def _by_letter(context: SiteContext) -> dict[str, list[Row]]:
    letters: dict[str, list[Row]] = defaultdict(list)
    rows = [(*_names(author), author.path, author.size) for author in context.groups("author")]
    for row in sorted(rows, key=lambda row: (row[0].casefold(), row[1].casefold(), row)):
        letter = row[0][:1].upper()[:1]
        letters[letter if letter.isalpha() else "#"].append(row)
    return dict(letters)


def _letter_paths(letters: dict[str, list[Row]]) -> dict[str, str]:
    """``authors/index=A.html``; ``=`` is in the path of no author."""
    names = {letter: "other" if letter == "#" else letter for letter in letters}
    paths = unique_paths(names.values())
    return {letter: f"authors/index={paths[name]}.html" for letter, name in names.items()}


def _names(author: Shown) -> tuple[str, str]:
    family, _, given = author.label.partition("\x1f")
    return family, given
