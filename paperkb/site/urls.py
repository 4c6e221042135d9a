"""Which page has which address. Stable, readable, and safe on every file system.

Pages are files with ``.html``, so that the same site works on a server and from ``file://``.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import quote

MAX_SEGMENT = 150
"""Bytes of one part of a path; file systems allow 255, with the extension."""

MAX_PATH = 700
"""Bytes of all parts together; beyond that, nesting is given up."""

_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\xa0\"#%&'*/:;<=>?\[\\\]^`{|}\ufffd\ufdd0-\ufdef\u2028\u2029]+"
)
_SUFFIX = re.compile(r"(?<=[^/])\.[A-Za-z0-9]{1,10}$")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d|index)$")


def segment(text: str) -> str:
    """A part of a path: letters and signs that are safe everywhere, spaces as hyphens."""
    safe = _UNSAFE.sub("-", unicodedata.normalize("NFC", text)).strip("-. ") or "-"
    while len(safe.encode()) > MAX_SEGMENT:
        safe = safe[: len(safe) * MAX_SEGMENT // len(safe.encode())]
    return f"{safe}-{_digest(text)}" if _RESERVED.match(safe) else safe


def unique_paths(names: Iterable[str], *, nested: bool = False) -> dict[str, str]:
    """A path for each name. Names whose paths would be one, ignoring case, get a hash each, so
    that no name's path depends on the order of the others."""
    return _apart((name, _nested(name) if nested else segment(name), "") for name in names)


def unique_file_paths(names: Iterable[str]) -> dict[str, str]:
    """A path for each vault path of a file, likewise. All have an extension, so that none is in
    the place of a folder."""
    parts = ((name, _SUFFIX.search(name)) for name in names)
    return _apart(
        (name, _nested(name[: suffix.start()]), suffix[0].lower())
        if suffix
        else (name, _nested(name), ".txt")
        for name, suffix in parts
    )


def _apart(rows: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """(name, path, suffix) → name → path with suffix, no two of them equal."""
    groups: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in dict.fromkeys(rows):
        groups[f"{row[1]}{row[2]}".casefold()].append(row)
    return {
        name: f"{path}{suffix}" if len(group) == 1 else f"{path}-{_digest(name)}{suffix}"
        for group in groups.values()
        for name, path, suffix in group
    }


def _nested(name: str) -> str:
    """Folders without dots, so that none is in the place of a page or a file."""
    *folders, last = [part for part in name.split("/") if part] or [name]
    parts = [*(segment(folder).replace(".", "-") for folder in folders), segment(last)]
    path = "/".join(parts)
    return path if len(path.encode()) <= MAX_PATH else f"{segment(name)}-{_digest(name)}"


def relative(target: str, page: str) -> str:
    """The relative address of a file of the site, from a page of it."""
    path, mark, anchor = target.partition("#")
    if path == page and anchor:
        return f"#{quote(anchor)}"
    start = posixpath.dirname(page) or "."
    address = quote(posixpath.relpath(path or page, start), safe="/@~,!()+$")
    if ":" in address.split("/", 1)[0]:
        address = f"./{address}"
    return f"{address}#{quote(anchor)}" if mark else address


def absolute(target: str, base: str) -> str:
    """The whole address of a file of the site; relative to the home page if ``base`` is empty."""
    address = relative(target, "index.html")
    return f"{base.rstrip('/')}/{address}" if base else address


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
