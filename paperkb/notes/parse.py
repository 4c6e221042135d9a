"""bytes → ``ParsedNote``: a pure function of one file's bytes and the settings.

It knows no other note and not even the file's own name, so its result can be stored under the
hash of the bytes and computed in any process. It never raises on content.
"""

from __future__ import annotations

import re

from paperkb import messages
from paperkb.identifiers import find_identifier
from paperkb.model import Link, LinkKind, NoteBody, ParsedNote
from paperkb.notes.body_fields import body_fields
from paperkb.notes.fields import canonical_name, read_fields
from paperkb.notes.flashcards import has_flashcards
from paperkb.notes.frontmatter import split_front_matter
from paperkb.notes.markdown import render_body
from paperkb.notes.parse_settings import ParseSettings
from paperkb.notes.plain_text import plain_body
from paperkb.notes.source_text import shared_source
from paperkb.notes.syntax.wikilinks import read_wikilink
from paperkb.notes.text import decode
from paperkb.notes.yaml_text import RawField

_FIELD_NAME = re.compile(r"[^:=]*[:=]")
_LOOK_AHEAD = 100
"""How many lines one entry of ``cites`` may stand below the one before."""

MAX_BYTES = 8_000_000
"""Larger files are not parsed: nobody's note has eight megabytes."""
MAX_HEAD = 64_000
"""Of these, the first bytes are still read for their fields: they may say that it is private."""


def parse_note(data: bytes, settings: ParseSettings = ParseSettings()) -> ParsedNote:
    """Everything that the bytes of a note say. Lines count from the first line of the file."""
    if len(data) > MAX_BYTES:
        size, limit = round(len(data) / 1e6, 1), MAX_BYTES // 1_000_000
        problem = messages.TOO_LARGE.here(1, 1, size=size, limit=limit)
        front = split_front_matter(decode(data[:MAX_HEAD]).text)
        raw, *_ = body_fields(list(front.fields), front.body, front.body_line)
        fields = read_fields(raw, settings.extra_fields).fields
        return ParsedNote(fields, is_empty=False, problems=(problem,))
    decoded = decode(data)
    front = split_front_matter(decoded.text)
    raw, lines, hashtags = body_fields(list(front.fields), front.body, front.body_line)
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
