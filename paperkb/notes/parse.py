"""bytes → ``ParsedNote``: a pure function of one file's bytes and the settings.

It knows no other note and not even the file's own name, so its result can be stored under the
hash of the bytes and computed in any process. It never raises on content.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from paperkb import messages
from paperkb.identifiers import find_identifier
from paperkb.model import Hashtag, Link, LinkKind, NoteBody, ParsedNote
from paperkb.notes.dialects import DIALECTS, metadata_table, visible_lines
from paperkb.notes.fields import canonical_name, read_fields
from paperkb.notes.flashcards import has_flashcards
from paperkb.notes.frontmatter import split_front_matter
from paperkb.notes.markdown import render_body
from paperkb.notes.parse_settings import ParseSettings
from paperkb.notes.plain_text import plain_body
from paperkb.notes.readings import Reading
from paperkb.notes.source_text import shared_source
from paperkb.notes.syntax.wikilinks import read_wikilink
from paperkb.notes.text import decode
from paperkb.notes.yaml_text import RawField

_WORD = re.compile(r"\w+")
_FIELD_NAME = re.compile(r"[^:=]*[:=]")
_LOOK_AHEAD = 100
"""How many lines one entry of ``cites`` may stand below the one before."""

MAX_BYTES = 8_000_000
"""Larger files are not parsed: nobody's note has eight megabytes."""


def parse_note(data: bytes, settings: ParseSettings = ParseSettings()) -> ParsedNote:
    """Everything that the bytes of a note say. Lines count from the first line of the file."""
    if len(data) > MAX_BYTES:
        size, limit = round(len(data) / 1e6, 1), MAX_BYTES // 1_000_000
        problem = messages.TOO_LARGE.here(1, 1, size=size, limit=limit)
        return ParsedNote(read_fields(()).fields, is_empty=False, problems=(problem,))
    decoded = decode(data)
    front = split_front_matter(decoded.text)
    raw, lines, hashtags = _dialects(list(front.fields), front.body, front.body_line)
    read = read_fields(raw, settings.extra_fields)
    body = "\n".join(lines)
    body_html, rendered = render_body(body, front.body_line, settings.macros)
    field_links = (
        *_field_links("cites", read.cites, raw, decoded.text),
        *_field_links("related", read.related, raw, decoded.text),
    )
    problems = (*decoded.problems, *front.problems, *read.problems, *rendered.problems)
    if not decoded.text.strip():
        problems = (*problems, messages.EMPTY_NOTE.here(1, 1))
    links = (*rendered.links, *field_links)
    abstract, text = plain_body(body_html, rendered.slots, links)
    source = shared_source(
        body, front.body_line, rendered.written, rendered.definitions, f"{abstract} {text}"
    )
    return ParsedNote(
        fields=read.fields,
        body=NoteBody(body_html, tuple(rendered.slots), abstract, text, source),
        is_empty=not body_html.strip() and not read.lines,
        links=links,
        hashtags=(*hashtags, *rendered.hashtags),
        headings=tuple(rendered.headings),
        block_ids=tuple(rendered.block_ids),
        field_lines=read.lines,
        problems=problems,
        has_flashcards=has_flashcards(body_html),
    )


def _dialects(
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
            if canonical_name(field.name) == "private"
            or (canonical_name(field.name) not in known and field.line - 1 not in prose)
        )
        for name, number, column in reading.hashtags:
            if number not in shown:  # else it is found there
                hashtags.append(Hashtag(name, body_line + number, column))
        for number in reading.lines - shown:
            lines[number] = visible[number] = ""
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
    if name == "private":  # in doubt, nothing leaves this machine
        return False
    if name not in known:
        return bool(read_fields([field]).problems)
    words, said = _words(field.value), _words(known[name].value)
    return not words <= said if words else _folded(field.value) != _folded(known[name].value)


def _words(value: object) -> set[str]:
    return set(_WORD.findall(str(value).casefold()))


def _folded(value: object) -> str:
    return " ".join(str(value).casefold().split())


def _field_links(
    kind: LinkKind, targets: tuple[str, ...], raw: list[RawField], text: str
) -> list[Link]:
    """Links from ``cites`` and ``related``, each at its own line."""
    start = next((f.line for f in raw if canonical_name(f.name) == kind), 1)
    lines = text.split("\n")
    number, position = start, _after_name(lines[start - 1]) if start <= len(lines) else 0
    links = []
    for written in targets:
        found, column = _find_entry(lines, number, position, written)
        if found:
            number, position = found, column + len(written)
        links.append(_field_link(kind, written, found or start, column + 1))
    return links


def _after_name(line: str) -> int:
    """Where the value begins behind ``cites:`` or ``cites =``."""
    match = _FIELD_NAME.match(line)
    return match.end() if match else 0


def _find_entry(lines: list[str], number: int, position: int, written: str) -> tuple[int, int]:
    """Line (from 1) and column (from 0) of the next entry that is written so; line 0 if none is."""
    for line in range(number, min(number + _LOOK_AHEAD, len(lines) + 1)):
        column = lines[line - 1].find(written, position if line == number else 0)
        if column >= 0:
            return line, column
    return 0, 0


def _field_link(kind: LinkKind, written: str, line: int, column: int) -> Link:
    text = written.strip().strip("\"'")
    reference = read_wikilink(text.removeprefix("[[").removesuffix("]]"))
    target = reference.target
    identifier = find_identifier(target, bare=True)
    return Link(
        kind,
        target,
        anchor=reference.anchor,
        label=reference.label,
        identifier=str(identifier.base) if identifier else "",
        line=line,
        column=column,
    )
