"""A note's Markdown as it may be passed on: without remarks and metadata, its links marked.

What a link leads to is not known here, nor whether it may be told. So each link stands between two
marks, with its number in the note's list and as it was written; ``site/pages/markdown.py`` fills
them as ``site/fill.py`` fills the HTML's slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from paperkb.notes.sanitise import is_remote
from paperkb.notes.syntax.comments import blank_fences, find_comments
from paperkb.notes.text import SLOT_CLOSE, SLOT_OPEN

_REMARK = re.compile("%%|<!--")
_SPACE = re.compile(r"\s+")
LINK_MARK = re.compile(f"{SLOT_OPEN}([\\d,]+) ([^{SLOT_CLOSE}]*){SLOT_CLOSE}")
"""Numbers of links, and how they are written."""


class Written(NamedTuple):
    """Where a link stands in the file, and its source text."""

    line: int
    column: int
    text: str


def shared_source(
    body: str,
    first_line: int,
    links: Sequence[Written],
    definitions: Mapping[str, Mapping[str, str]],
    plain: str,
) -> str:
    """The Markdown of a body that begins at ``first_line``. ``definitions`` are its link reference
    definitions, ``plain`` is its text as the page shows it. Empty if it cannot be told what in it
    is a remark, or if a definition names a file: then only the page's text may be passed on."""
    if any(not is_remote(found["url"]) for found in definitions.values()):
        return ""
    cuts = sorted([*_marked(body, first_line, links), *_remarks(body)])
    made: list[str] = []
    position = 0
    for start, end, text in cuts:
        if start >= position:
            made += (body[position:start], text)
            position = end
    source = "".join((*made, body[position:])).strip("\n")
    return source if _shows_no_remark(source, plain) else ""


def _marked(body: str, first_line: int, links: Sequence[Written]) -> Iterator[tuple[int, int, str]]:
    """(start, end, marked) of every link that stands where it is said to."""
    starts = list(accumulate((len(line) + 1 for line in body.split("\n")), initial=0))
    for where, group in groupby(range(len(links)), key=lambda number: links[number]):
        line = where.line - first_line
        start = starts[line] + where.column - 1 if 0 <= line < len(starts) else -1
        if where.text and start >= 0 and body.startswith(where.text, start):
            numbers = ",".join(map(str, group))
            marked = f"{SLOT_OPEN}{numbers} {where.text}{SLOT_CLOSE}"
            yield start, start + len(where.text), marked


def _remarks(body: str) -> Iterator[tuple[int, int, str]]:
    if _REMARK.search(body):
        yield from ((start, end, "") for start, end in find_comments(blank_fences(body)))


def _shows_no_remark(source: str, plain: str) -> bool:
    """Whether each sign of a remark that is left stands in code, which the page shows too."""
    if not _REMARK.search(source):
        return True
    shown = _SPACE.sub(" ", plain)
    return all(
        _SPACE.sub(" ", line).strip() in shown
        for line in source.split("\n")
        if _REMARK.search(line)
    )
