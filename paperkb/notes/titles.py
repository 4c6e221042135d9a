"""Titles in a body: which heading or link is one, and what else it says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paperkb.identifiers import find_identifier
from paperkb.notes.readings import LINK, LINK_FIELDS, Reading, folded_label, unlinked
from paperkb.notes.sentences import plain
from paperkb.notes.yaml_text import RawField

MAX_TITLE = 1000
"""Characters; a longer heading is no title."""

_HEADING = re.compile(r"^ {0,3}(?P<level>#{1,6})[ \t]+(?P<text>.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*")
_ENDING_YEAR = re.compile(r",\s*\(?(?P<year>(?:19|20)\d\d)\)?\.?$")
_ET_AL = re.compile(r"(?:^|\s+)et\s+al\b\.?$")
_QUESTION_BEFORE_AUTHOR = re.compile(r"(?P<title>.*[?!])\s+(?P<authors>\S+\s+et\s+al\.?)")
_NAME = re.compile(
    r"[^\W\d_a-z][\w.\u2019'-]*|[dO]'\w+|van|von|der|den|de|di|da|del|della|la|le|al-\w+"
)
_MAX_NAME_WORDS = 5
_SHORT = 3
# «[[arXiv](…)]», «([Paper](…))» or «[PDF](…)» behind a title.
_ONE_LINK = LINK.pattern.replace("?P<text>", "?:").replace("?P<url>", "?:")
_LABELS_BEHIND = re.compile(rf"\s*[\[(]?(?P<links>(?:{_ONE_LINK}[\s,|/]*)+)[\])]?\s*$")
# Sections of notes: a note that opens with one of these is not called so.
_SECTIONS = frozenset(
    """abstract annotation annotations background comment comments conclusion conclusions content
    contents description details discussion general highlights idea ideas intro introduction
    metadata method methods motivation note notes open overview paper problem
    question questions references related result results review summary
    tags takeaways tl;dr tldr todo todos thoughts""".split()
) | {"open questions", "reading notes", "related work", "to do", "key points", "my notes"}


@dataclass(frozen=True, slots=True)
class _HeadingLine:
    level: int
    text: str
    number: int
    span: frozenset[int]


def first_heading(lines: list[str]) -> Reading:
    """The heading that is the title, and its link the paper's address; or nothing.

    It links the paper or reads ``# Title, Author et al., 2018``; or it is the note's only one of
    the first level, and the first; or it opens the body and is the only one of its level. A
    section's name is no title.
    """
    headings = _headings(lines)
    if not headings:
        return Reading()
    top = [heading for heading in headings if heading.level == 1]
    opens = not any(line.strip() for line in lines[: headings[0].number])
    first = headings[0]
    alike = [heading for heading in headings if heading.level == first.level]
    is_title = (
        (_names_paper(first) and (opens or not any(map(_names_paper, alike[1:]))))
        or (top == [first] and not _is_section(first))
        or (opens and alike == [first] and _heads_note(first, headings))
    )
    return _title(first) if is_title and len(first.text) <= MAX_TITLE else Reading()


def linked_title(lines: list[str]) -> Reading:
    """A body's first line that is a link to a paper and nothing else: its title."""
    number = next((number for number, line in enumerate(lines) if line.strip()), None)
    if number is None or len(lines[number]) > MAX_TITLE:
        return Reading()
    link = LINK.fullmatch(lines[number].strip().strip("*_"))
    if link is None or not link["text"].strip() or not find_identifier(link["url"]):
        return Reading()
    if find_identifier(link["text"]) or folded_label(link["text"]) in LINK_FIELDS:
        return Reading()
    return _title(_HeadingLine(1, lines[number].strip(), number, frozenset({number})))


def _headings(lines: list[str]) -> list[_HeadingLine]:
    """The body's headings, underlined ones (``===``) included."""
    found: list[_HeadingLine] = []
    for number, line in enumerate(lines):
        if match := _HEADING.match(line):
            span = frozenset({number})
            found.append(_HeadingLine(len(match["level"]), match["text"], number, span))
        elif _UNDERLINE.fullmatch(line) and number and lines[number - 1].strip():
            span = frozenset({number - 1, number})
            found.append(_HeadingLine(1, lines[number - 1].strip(), number - 1, span))
    return found


def _names_paper(heading: _HeadingLine) -> bool:
    if len(heading.text) > MAX_TITLE:
        return False
    link = LINK.search(heading.text)
    if link and (find_identifier(link["url"]) or LINK.fullmatch(heading.text.strip())):
        return True
    return _cited_title(plain(unlinked(heading.text))) is not None


def _heads_note(first: _HeadingLine, headings: list[_HeadingLine]) -> bool:
    """A few words with no section below them are a section of the file's own subject."""
    is_long = len(first.text.split()) > _SHORT
    return not _is_section(first) and (is_long or len(headings) > 1)


def _is_section(heading: _HeadingLine) -> bool:
    words = re.findall(r"[\w;-]+", plain(heading.text[:MAX_TITLE]).casefold())
    return not words or " ".join(words) in _SECTIONS


def _title(heading: _HeadingLine) -> Reading:
    text, line = heading.text, heading.number + 1
    link = LINK.search(text)
    title = plain(unlinked(_without_labels(text)))
    fields: list[RawField] = []
    if link and link["url"].startswith(("http://", "https://")):
        fields.append(RawField("url", link["url"], line))
    if cited := _cited_title(title):
        title, authors, year = cited
        fields.append(RawField("authors", authors, line))
        fields.append(RawField("year", year, line))
    return Reading((RawField("title", title, line), *fields), heading.span)


def _without_labels(text: str) -> str:
    """A heading without the links behind its title: ``Title [[arXiv](https://…)]``."""
    behind = _LABELS_BEHIND.search(text)
    if behind is None or not text[: behind.start()].strip():
        return text
    labels = [folded_label(link["text"]) for link in LINK.finditer(behind["links"])]
    return text[: behind.start()] if all(label in LINK_FIELDS for label in labels) else text


def _cited_title(text: str) -> tuple[str, str, str] | None:
    """Title, authors and year of ``Title, Author et al., 2018``.

    A title may hold commas too. The authors are the parts right before the year that look like
    names; before ``Author et al.`` and ``A and B`` all is title.
    """
    ending = _ENDING_YEAR.search(text)
    if ending is None:
        return None
    before = text[: ending.start()]
    if asked := _QUESTION_BEFORE_AUTHOR.fullmatch(before):
        before = f"{asked['title']}, {asked['authors']}"
    parts = [part.strip() for part in before.split(",")]
    at = _first_author(parts)
    authors = _ET_AL.sub("", ", ".join(parts[at:])).strip(" ,")
    title = ", ".join(parts[:at])
    return (title, authors, ending["year"]) if title and authors else None


def _first_author(parts: list[str]) -> int:
    """At which part the authors begin; behind the last if none is one."""
    at = len(parts) - 1
    last = _ET_AL.sub("", parts[at])
    if last != parts[at]:
        return at if last else at - 1  # «Author, et al.»
    is_oxford = last.startswith("and ")
    if not _are_names(last.removeprefix("and ")):
        return len(parts)
    if not is_oxford and re.search(r"\s(?:and|&)\s", last):
        return at
    # A list of names is of one kind: «Devlin, Chang» or «Jacob Devlin, Ming-Wei Chang».
    is_full = " " in last.removeprefix("and ")
    while at > 1 and _are_names(parts[at - 1]) and " and " not in parts[at - 1]:
        if (" " in parts[at - 1]) != is_full:
            break
        at -= 1
    return at


def _are_names(text: str) -> bool:
    names = [name.split() for name in re.split(r"\s+(?:and|&)\s+", text)]
    return all(
        0 < len(words) <= _MAX_NAME_WORDS and all(map(_NAME.fullmatch, words)) for words in names
    )
