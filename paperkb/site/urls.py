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

_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\xa0\"#%&'*/:;<=>?\[\\\]^`{|}\ufffd\ufdd0-\ufdef\u2028\u2029]+"
)
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
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in dict.fromkeys(names):
        parts = [part for part in name.split("/") if part] if nested else [name]
        path = "/".join(segment(part) for part in parts) or segment(name)
        groups[path.casefold()].append((name, path))
    return {
        name: path if len(group) == 1 else f"{path}-{_digest(name)}"
        for group in groups.values()
        for name, path in group
    }


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


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
