"""What keeps a note from others, in the words of this program and of others. In doubt, nothing
leaves this machine: such a statement counts wherever in the top of a note it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from paperkb.notes import values
from paperkb.notes.yaml_text import Value

HELD_BACK_BY = frozenset(("draft", "publish", "published"))
"""Names of fields of other programs."""

_NAME = "(?P<name>private|draft|publish(?:ed)?)"
_LINE = re.compile(
    rf"^[ \t>]*(?:[-*+][ \t]+)?(?P<mark>[*_]*){_NAME}[*_]*[ \t]*"
    r"(?P<colons>::?)[*_]*[ \t]*(?P<value>.*)$",
    re.I,
)
_ASIDE = re.compile(rf"[\[(]{_NAME}::(?P<value>[^\[\]()]*)[\])]", re.I)
_ROW = re.compile(rf"^[ \t]*\|[ \t*_]*{_NAME}[ \t*_:]*\|(?P<value>[^|]*)\|?[ \t]*$", re.I)


class Statement(NamedTuple):
    """A line, from 0, that keeps a note private; ``is_all`` if it says nothing else."""

    line: int
    name: str
    value: str
    is_all: bool


def keeps_private(name: str, value: Value) -> bool:
    """Whether a field keeps a note from others: ``private: true``, Hugo's ``draft: true``, Jekyll's
    ``published: false``, Obsidian's ``publish: false``.

    Raises:
        values.Invalid: it might, but says neither yes nor no.
    """
    folded = name.casefold()
    said = (values.text(value) or "").strip(values.MARKS)
    if not said or folded not in {"private", *HELD_BACK_BY}:
        return False
    return values.truth(said) == (folded in ("private", "draft"))


def private_statements(lines: list[str], head: int) -> Iterator[Statement]:
    """The lines that keep a note private. Before ``head``, where a note has its metadata, they need
    no mark; elsewhere ``private: yes`` may be about what a paper says."""
    for number, line in enumerate(lines):
        for match in _matches(line, is_head=number < head):
            if _says_so(match):
                is_all = match.re is not _ROW and match[0].strip() == line.strip()
                yield Statement(number, match["name"], match["value"].strip(), is_all)


def _matches(line: str, *, is_head: bool) -> Iterator[re.Match[str]]:
    match = _LINE.match(line) if ":" in line else None
    if match and (is_head or match["mark"] or match["colons"] == "::"):
        yield match
    if is_head and "|" in line and (row := _ROW.match(line)):
        yield row
    if "::" in line:
        yield from _ASIDE.finditer(line)


def _says_so(match: re.Match[str]) -> bool:
    try:
        return keeps_private(match["name"], match["value"])
    except values.Invalid:  # a sentence about something private
        return False
