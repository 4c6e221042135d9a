"""Which page has which address. Stable, readable, and safe on every file system.

Pages are files with ``.html``, so that the same site works on a server and from ``file://``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from paperkb.paths import digest, file_parts, segment
from paperkb.paths import nested as nested_path

_PLAIN = re.compile(r"[A-Za-z0-9/._=-]+")
FOLDERS = {"tag": "tags", "topic": "topics", "author": "authors", "year": "years",
           "venue": "venues", "result": "results"}  # fmt: skip
"""Where the pages of each kind of group are."""


def unique_paths(names: Iterable[str], *, nested: bool = False) -> dict[str, str]:
    """A path for each name. Names whose paths would be one, ignoring case, get a hash each, so
    that no name's path depends on the order of the others."""
    return _apart((name, nested_path(name) if nested else segment(name), "") for name in names)


def unique_file_paths(names: Iterable[str]) -> dict[str, str]:
    """A path for each vault path of a file, likewise."""
    return _apart((name, *file_parts(name)) for name in names)


def _apart(rows: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """(name, path, suffix) → name → path with suffix, no two of them equal."""
    groups: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in dict.fromkeys(rows):
        groups[f"{row[1]}{row[2]}".casefold()].append(row)
    return {
        name: f"{path}{suffix}" if len(group) == 1 else f"{path}-{digest(name)}{suffix}"
        for group in groups.values()
        for name, path, suffix in group
    }


def relative(target: str, page: str) -> str:
    """The relative address of a file of the site, from a page of it: up to the top, and down."""
    path, mark, anchor = target.partition("#")
    if path == page and anchor:
        return f"#{quote(anchor)}"
    address = "../" * page.count("/") + _quoted(path or page)
    return f"{address}#{quote(anchor)}" if mark else address


@lru_cache(maxsize=1 << 15)
def _quoted(path: str) -> str:
    return path if _PLAIN.fullmatch(path) else quote(path, safe="/@~,!()+$=")


def absolute(target: str, base: str) -> str:
    """The whole address of a file of the site; relative to the home page if ``base`` is empty."""
    address = relative(target, "index.html")
    return f"{base.rstrip('/')}/{address}" if base else address
