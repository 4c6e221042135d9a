"""What keeps a note from others, in the words of this program and of others, wherever in the top of
a note it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from paperkb.notes import values
from paperkb.notes.text import CODE_SPAN
from paperkb.notes.yaml_text import Value

HELD_BACK_BY = frozenset(("draft", "publish", "published"))
"""Fields of other programs."""
IN_A_BODY = ("private", "draft", "publish")
"""What counts there too; ``published`` is read as the date that it may be."""

_WRITTEN = re.compile(
    r"""(?:^|[{,])[ \t]*["']?(?P<name>private|draft|published?)["']?[ \t]*[:=\uff1a][ \t]*"""
    r"""["']?(?P<value>[^\s,"'}\]#]*)""",
    re.I | re.M,
)
_NAME = f"(?P<name>{'|'.join(IN_A_BODY)})"
_LINE = re.compile(
    rf"^[ \t>]*(?P<bullet>[-*+][ \t]+)?(?P<mark>[*_]*){_NAME}[*_ \t]*(?P<colons>::?)[*_]*[ \t]*"
    r"(?P<value>.*)$",
    re.I,
)
_ASIDE = re.compile(rf"[\[(][ \t*_]*{_NAME}[*_ \t]*(?P<colons>::)(?P<value>[^\[\]()]*)[\])]", re.I)
_ROW = re.compile(rf"^[ \t]*\|?[ \t*_]*{_NAME}[ \t*_:]*\|(?P<value>[^|]*)\|?[ \t]*$", re.I)
_CODE = re.compile(CODE_SPAN)
_INDENTED = re.compile(r" {4}| {0,3}\t")


class Statement(NamedTuple):
    """A line, from 0, that says whether a note is private; ``is_all`` if it says nothing else."""

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


def written_private(block: str) -> int:
    """The line, from 1, on which a block that is not read as it is meant says, in whatever form,
    that its note is private; 0 if it does not."""
    for match in _WRITTEN.finditer(block):
        try:
            is_private = keeps_private(match["name"], match["value"])
        except values.Invalid:
            is_private = match["name"].casefold() != "published"  # which may be a day
        if is_private:
            return block.count("\n", 0, match.start("name")) + 1
    return 0


def privacy_statements(lines: list[str], head: int) -> Iterator[Statement]:
    """The lines that say whether a note is private. Before ``head``, where a note has its metadata,
    they need no mark; elsewhere ``private: yes`` may be about what a paper says."""
    is_code = False
    for number, line in enumerate(lines):
        is_code = bool(_INDENTED.match(line)) and (
            is_code or number == 0 or not lines[number - 1].strip()
        )
        if is_code:
            continue
        for match in _matches(line):
            if _counts(match, is_head=number < head):
                is_all = match.re is not _ROW and match[0].strip() == line.strip()
                yield Statement(number, match["name"], match["value"].strip(), is_all)


def _matches(line: str) -> Iterator[re.Match[str]]:
    if ":" in line and (match := _LINE.match(line)):
        yield match
    if "|" in line and (row := _ROW.match(line)):
        yield row
    if "::" in line:
        yield from _ASIDE.finditer(_CODE.sub(lambda code: " " * len(code[0]), line))


def _counts(match: re.Match[str], *, is_head: bool) -> bool:
    value = match["value"].strip(values.MARKS)
    is_field = match.re is not _ROW and match["colons"] == "::"
    try:
        is_private = keeps_private(match["name"], value)
    except values.Invalid:  # in doubt, nothing leaves this machine; else it is a sentence
        return is_field and match["name"].casefold() == "private"
    if is_field:
        return bool(value)
    if match.re is _LINE and match["mark"]:
        return is_private or (is_head and bool(value))
    # Where nothing marks it, a number is a count, and a list may be about the paper's data.
    return is_head and len(value) > 1 and (match.re is _ROW or not match["bullet"])
