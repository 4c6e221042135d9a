"""Fields that stand in the body: what dialects find there, unless a word of it would be lost."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paperkb.model import Hashtag
from paperkb.notes.dialects import DIALECTS, metadata_table, visible_lines
from paperkb.notes.fields import canonical_name, read_fields
from paperkb.notes.privacy import IN_A_BODY
from paperkb.notes.readings import Reading
from paperkb.notes.yaml_text import RawField

_BREAK = re.compile(r"[ \t]*</?br ?/?>[ \t]*", re.I)
_WORD = re.compile(r"\w+")


def body_fields(
    raw: list[RawField], body: str, body_line: int
) -> tuple[list[RawField], list[str], tuple[Hashtag, ...]]:
    """Fields from the front matter and from the body; the body's lines without its metadata.

    Metadata lines are blanked, not removed: every other line keeps its number.
    """
    lines = body.split("\n")
    visible = visible_lines(lines)
    hashtags: list[Hashtag] = []
    for dialect in DIALECTS:
        reading = dialect(visible)
        if not reading.fields and not reading.lines:
            continue
        known = {canonical_name(field.name): field for field in raw if field.value is not None}
        prose = _prose_lines(reading, known)
        shown = reading.lines if dialect is metadata_table and prose else prose  # a table is whole
        offset = body_line - 1
        raw.extend(
            RawField(field.name, field.value, field.line + offset)
            for field in reading.fields
            if _is_of_privacy(field)
            or (canonical_name(field.name) not in known and field.line - 1 not in prose)
        )
        for name, number, column in reading.hashtags:
            if number not in shown:  # else it is found there
                hashtags.append(Hashtag(name, body_line + number, column))
        for number in reading.lines - shown:
            lines[number] = visible[number] = ""
            below = number + 1
            if below < len(lines) and _BREAK.fullmatch(lines[below]):  # it would begin raw HTML
                lines[below] = visible[below] = ""
    return raw, lines, tuple(hashtags)


def _prose_lines(reading: Reading, known: Mapping[str | None, RawField]) -> frozenset[int]:
    """The lines of what looks like fields of the body and says something that would be lost: what
    the field cannot be, or is not, since the front matter says something else."""
    titles = {f.line: f for f in reading.fields if canonical_name(f.name) == "title"}
    if "title" in known:
        said = _folded(known["title"].value)
        other = {line for line, field in titles.items() if _folded(field.value) != said}
    else:
        other = set()
    # What else stands on the line of a title is shown with the paper.
    rest = (field for field in reading.fields if field.line not in titles)
    return frozenset(line - 1 for line in (*other, *(f.line for f in rest if _is_prose(f, known))))


def _is_prose(field: RawField, known: Mapping[str | None, RawField]) -> bool:
    name = canonical_name(field.name)
    if _is_of_privacy(field):  # in doubt, nothing leaves this machine
        return False
    if name not in known:
        return bool(read_fields([field]).problems)
    words, said = _words(field.value), _words(known[name].value)
    return not words <= said if words else _folded(field.value) != _folded(known[name].value)


def _is_of_privacy(field: RawField) -> bool:
    return field.name.casefold() in IN_A_BODY


def _words(value: object) -> set[str]:
    return set(_WORD.findall(str(value).casefold()))


def _folded(value: object) -> str:
    return " ".join(str(value).casefold().split())
