"""Cases as readable text: ``cases/*.txt`` hold notes and what is read from them.

::

    === what the case shows
    See [[key#Method]]. #nlp
    >>>
    1:5 wikilink key#Method «See key#Method.»
    1:21 #nlp

Signs stand for what cannot be seen: ``⇥`` tab, ``␍`` carriage return, ``␀`` NUL, ``␠`` a space at
the end of a line. ``[crlf]`` in a title makes all line ends those of Windows. A link's sentence may
be left out, and then is not compared.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import fields

from paperkb.model import CodeLink, Fields, Link, ParsedNote, Person, Result, Work
from paperkb.notes.text import SLOT_CLOSE, SLOT_OPEN

FOLDER = Path(__file__).parent / "cases"
_MARK = re.compile(f"{SLOT_OPEN}(\\d+){SLOT_CLOSE}")
_SIGNS = (("⇥", "\t"), ("␍", "\r"), ("␀", "\0"), ("␠", " "))


@dataclass(frozen=True)
class Case:
    """A note and the lines that describe what is read from it."""

    title: str
    line: int
    note: str
    expected: tuple[str, ...]


def read_cases(name: str) -> list[Case]:
    """The cases of one file."""
    return list(_cases((FOLDER / name).read_text(encoding="utf-8")))


def parametrise(name: str) -> pytest.MarkDecorator:
    """``@parametrise("links.txt")``: one test a case, named by its title."""
    cases = read_cases(name)
    ids = [f"{name}:{case.line} {case.title}" for case in cases]
    return pytest.mark.parametrize("case", cases, ids=ids)


def _cases(text: str) -> Iterator[Case]:
    line = 1 + text[: text.index("=== ")].count("\n")
    for block in text.split("=== ")[1:]:
        title, _, rest = block.partition("\n")
        note, divider, expected = rest.partition(">>>\n")
        assert divider, f"the case «{title}» has no line >>>"
        for sign, character in _SIGNS:
            note = note.replace(sign, character)
        if "[crlf]" in title:
            note = note.replace("\n", "\r\n")
        lines = (part for part in expected.split("\n") if part.strip())
        yield Case(title, line, note, tuple(lines))
        line += block.count("\n")


def compare(case: Case, described: list[str]) -> None:
    """Assert that a note reads as the case says."""
    actual = [
        line if "«" in wanted or " " not in line else line.partition(" «")[0]
        for line, wanted in zip(described, case.expected, strict=False)
    ]
    actual += described[len(actual) :]
    assert actual == list(case.expected)


def describe_links(note: ParsedNote) -> list[str]:
    """``5:12 wikilink key#Heading | label «Sentence.»``, in the order of the document."""
    return [_describe_link(link) for link in note.links]


def _describe_link(link: Link) -> str:
    parts = [f"{link.line}:{link.column}", link.kind]
    if link.prefix:
        parts.append(f"({link.prefix})")
    parts.append(
        ("-" if link.suppress_author else "")
        + link.target
        + (f"#{link.anchor}" if link.anchor else "")
    )
    if link.locator:
        parts.append(f"({link.locator})")
    if link.bare:
        parts.append("bare")
    if link.width:
        parts.append(f"width={link.width}")
    if link.identifier and link.identifier != link.target:
        parts.append(f"= {link.identifier}")
    if link.label and not link.bare:
        parts.append(f"| {link.label}")
    if link.sentence:
        parts.append(f"«{link.sentence}»")
    return " ".join(parts)


def describe_hashtags(note: ParsedNote) -> list[str]:
    """``5:12 #tag``, in the order of the document."""
    return [f"{tag.line}:{tag.column} #{tag.name}" for tag in note.hashtags]


def describe_headings(note: ParsedNote) -> list[str]:
    """``5 ## Text (anchor)``."""
    return [f"{h.line} {'#' * h.level} {h.text} ({h.anchor})" for h in note.headings]


def describe_problems(note: ParsedNote) -> list[str]:
    """``! 3:1 PKB012``."""
    return [f"! {p.place.line}:{p.place.column} {p.code} {p.message}" for p in note.problems]


def describe_fields(note: ParsedNote) -> list[str]:
    """``year = 2017``, for every field that says something."""
    work = [_describe(f.name, getattr(note.fields.work, f.name)) for f in fields(Work)]
    own = [_describe(f.name, getattr(note.fields, f.name)) for f in fields(Fields)[1:]]
    return [line for line in work + own if line]


def _describe(name: str, value: object) -> str:
    return f"{name} = {_show(value)}" if value not in (None, "", (), False, frozenset()) else ""


def _show(value: object) -> str:
    match value:
        case tuple() | frozenset():
            shown = [_show(item) for item in value]
            return "; ".join(sorted(shown) if isinstance(value, frozenset) else shown)
        case Person():
            return f"{value.family}, {value.given}".rstrip(", ")
        case CodeLink():
            official = " official" if value.official else ""
            return f"{value.url}{official} {value.framework}".rstrip()
        case Result():
            arrow = "higher" if value.higher_is_better else "lower"
            return f"{value.task}/{value.dataset}/{value.metric} {value.value} {arrow} is better"
        case datetime.date():
            return value.isoformat()
        case _:
            return str(value)


def shown(note: ParsedNote) -> str:
    """The note's HTML; slots as ``{url}``, ``{kind target}`` or ``{#tag}``, final HTML as it is."""

    def fill(match: re.Match[str]) -> str:
        slot = note.slots[int(match[1])]
        if slot.tag:
            return f"{{#{slot.tag}}}"
        if not slot.links:
            return slot.html
        links = [note.links[index] for index in slot.links]
        written = "; ".join(f"{link.kind} {link.target}" for link in links)
        label = _MARK.sub(fill, slot.html)
        return f"{{{written}}}" if slot.as_url or not label else f"{{{written}: {label}}}"

    return _MARK.sub(fill, note.html)
