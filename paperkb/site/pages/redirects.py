"""Other names of a note's page: its aliases, its arXiv id and its DOI.

``aliases/transformer/``, ``arxiv/1706.03762/``, ``doi/10.1038/nature14539/``: each a small page
that sends on to the note. There may be as many as notes and more, so they have no template. A name
that two notes have leads nowhere, nor does an alias that is a note's own name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape

from paperkb.library.names import fold
from paperkb.paths import digest, segment
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind
from paperkb.site.urls import absolute, relative

FOLDERS = ("aliases", "arxiv", "doi")
_INDEX = "index.html"
_SEPARATOR = "\x1e"


def plan(context: SiteContext) -> Iterator[PageId]:
    """A page for each other name. Where it is and where it leads are part of its id."""
    names = [(f"aliases/{name}", key) for name, key in context.redirects("alias")]
    own = {fold(key) for key in context.all_keys()} if names else set()
    names = [(name, key) for name, key in names if name.removeprefix("aliases/") not in own]
    for name, key in context.redirects("id"):
        kind, _, value = name.partition(":")
        if kind in FOLDERS:
            names.append((f"{kind}/{value}", key))
    for path, key in _apart(names):
        yield PageId("redirect", f"{path}{_SEPARATOR}{key}")


def compose(context: SiteContext, page: PageId) -> Page:
    """The page at an address, which leads to a note."""
    folder, _, key = page.name.partition(_SEPARATOR)
    path, target = f"{folder}/{_INDEX}", context.note_path(key)
    base, name = context.settings.url, escape(key)
    address = escape(relative(target, path))
    whole = escape(absolute(target, base)) if base else address
    text = (
        f'<!doctype html>\n<html lang="{escape(context.settings.language)}">\n'
        f'<meta charset="utf-8">\n<title>{name}</title>\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n'
        f'<link rel="canonical" href="{whole}">\n<main><a href="{address}">{name}</a></main>\n'
        "</html>\n"
    )
    return Page(path, content=text.encode("utf-8", "replace"))


KIND = PageKind(plan, compose)


def is_redirect(path: str) -> bool:
    """Whether there is such a page at a path of the site."""
    return path.partition("/")[0] in FOLDERS


def _apart(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(folder, key) of each (name, key), no two folders equal on any file system."""
    rivals: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for name, key in names:
        folder = "/".join(map(_folder, name.split("/")))
        rivals[folder.casefold()].append((folder, name, key))
    for group in rivals.values():
        for folder, name, key in group:
            yield (folder if len(group) == 1 else f"{folder}-{digest(name)}"), key


def _folder(name: str) -> str:
    """A name of a folder, which is not in the place of a page."""
    safe = segment(name)
    return safe.replace(".", "-") if safe.casefold() == _INDEX else safe
