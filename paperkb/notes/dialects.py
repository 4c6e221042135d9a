"""Metadata that other systems write into the body. One small function a dialect.

Each takes the body's lines and gives back the fields that it understood, with the lines that are
metadata and nothing else: those are not shown again in the body. Tried in order; a field that was
found earlier stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from paperkb.identifiers import find_identifier
from paperkb.notes.fields import canonical_name
from paperkb.notes.sentences import plain
from paperkb.notes.syntax.comments import blank_comments, blank_fences
from paperkb.notes.syntax.hashtags import HASHTAG, clean_tag
from paperkb.notes.yaml_text import RawField

TOP_LINES = 40
"""Metadata in a body stands at its top; ``key:: value`` further down is the reader's own prose."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a dialect found. ``lines`` (from 0) hold metadata and nothing else; ``hashtags`` are
    tags on those lines, with line (from 0) and column (from 1)."""

    fields: tuple[RawField, ...] = ()
    lines: frozenset[int] = frozenset()
    hashtags: tuple[tuple[str, int, int], ...] = ()


Dialect = Callable[[list[str]], Reading]

_LABEL = r"[A-Za-z][\w /-]{0,24}?"
_BULLET = r"(?:[-*+][ \t]+)?"
_STRONG = r"\*\*|__|\*|_"
_INLINE_FORMS = (
    re.compile(rf"^(?P<key>{_LABEL})::[ \t]*(?P<value>.*)$"),  # key:: value
    re.compile(rf"^\[(?P<key>{_LABEL})::[ \t]*(?P<value>.*)\]$"),  # [key:: value]
    # *key:* value, - **Key:** value, **Key**: value
    re.compile(rf"^{_BULLET}(?P<m>{_STRONG})(?P<key>{_LABEL}):{{1,2}}(?P=m)[ \t]*(?P<value>.*)$"),
    re.compile(rf"^{_BULLET}(?P<m>{_STRONG})(?P<key>{_LABEL})(?P=m):{{1,2}}[ \t]*(?P<value>.*)$"),
)
_HEADING = re.compile(r"^ {0,3}(?P<level>#{1,6})[ \t]+(?P<text>.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*")
_LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<url>[^()\s]*(?:\([^()]*\)[^()\s]*)*)\)"
)
_ENDING_YEAR = re.compile(r",\s*(?P<year>(?:19|20)\d\d)\.?$")
_ET_AL = re.compile(r"(?:^|\s+)et\s+al\.?$")
MAX_TITLE = 1000
"""Characters; a longer heading is no title."""
_LINK_FIELDS = {
    "paper": "url", "abs": "url", "arxiv": "url", "link": "url", "url": "url", "abstract": "url",
    "pdf": "pdf", "code": "code", "github": "code", "implementation": "code", "repo": "code",
}  # fmt: skip
_BODY_ONLY = frozenset(("cites", "related", "results", "code"))
"""Labels whose text is prose: its links are read in the body, with their sentences."""


def inline_fields(lines: list[str]) -> Reading:
    """Obsidian and Dataview: ``key:: value``, ``*key:* value``, ``- **Key**: value`` at the top."""
    fields: list[RawField] = []
    taken: set[int] = set()
    hashtags: list[tuple[str, int, int]] = []
    for number, line in enumerate(lines[:TOP_LINES]):
        match = next((m for form in _INLINE_FORMS if (m := form.match(line.rstrip()))), None)
        name = canonical_name(match["key"]) if match else None
        if match is None or name is None or name in _BODY_ONLY:
            continue
        value = match["value"].strip()
        tags = _tags_on(line, number)
        if tags and name in ("tags", "status", "topics"):
            hashtags.extend(tags)
            fields.extend(_plain_tags(value, name, number))
            taken.add(number)
        elif value and "[[" not in value:
            fields.append(RawField(match["key"].strip(), _unlinked(value), number + 1))
            taken.add(number)
        elif not value and name in ("title", "authors", "year", "tags"):
            taken.add(number)  # an empty label of a template
    return Reading(tuple(fields), frozenset(taken), tuple(hashtags))


def first_heading(lines: list[str]) -> Reading:
    """The first heading is the title, and its link the paper's address.

    Also ``# Title, Author et al., 2018``. It is a title if it opens the body, or if it is the
    body's only heading of the first level: in a note that begins with text, one ``# Section`` of
    several is just a section.
    """
    headings = _headings(lines)
    if not headings:
        return Reading()
    opens = not any(line.strip() for line in lines[: headings[0].number])
    top = [heading for heading in headings if heading.level == 1]
    if opens:
        title = headings[0]
    elif len(top) == 1:
        title = top[0]
    else:
        return Reading()
    return _title(title) if len(title.text) <= MAX_TITLE else Reading()


def links_line(lines: list[str]) -> Reading:
    """A line of labelled links and tags: ``## [Paper](…), [Code](…), Tags: \\#nlp``."""
    for number, line in enumerate(lines[:TOP_LINES]):
        text = re.sub(r"^[ \t>#*-]*", "", line)
        fields = _links_line_fields(text, number)
        if fields:
            return Reading(tuple(fields), frozenset({number}), tuple(_tags_on(line, number)))
    return Reading()


DIALECTS: tuple[Dialect, ...] = (inline_fields, links_line, first_heading)


@dataclass(frozen=True, slots=True)
class _HeadingLine:
    level: int
    text: str
    number: int
    span: frozenset[int]


def visible_lines(lines: list[str]) -> list[str]:
    """The lines as the dialects see them: without comments and fenced code, in the same places."""
    text = blank_fences("\n".join(lines))
    return blank_comments(text, whole_lines=True).split("\n")


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


def _title(heading: _HeadingLine) -> Reading:
    text, line = heading.text, heading.number + 1
    link = _LINK.search(text)
    title = plain(_unlinked(text))
    fields: list[RawField] = []
    if link and link["url"].startswith(("http://", "https://")):
        fields.append(RawField("url", link["url"], line))
    if cited := _cited_title(title):
        title, authors, year = cited
        fields.append(RawField("authors", authors, line))
        fields.append(RawField("year", year, line))
    return Reading((RawField("title", title, line), *fields), heading.span)


def _cited_title(text: str) -> tuple[str, str, str] | None:
    """Title, authors and year of ``Title, Author et al., 2018``.

    A title may hold commas too: before ``Author et al.`` all is title, else the first part is.
    """
    ending = _ENDING_YEAR.search(text)
    parts = text[: ending.start()].split(",") if ending else []
    if ending is None or len(parts) < 2:
        return None
    at = len(parts) - 1 if re.search(r"\S\s+et\s+al\.?$", parts[-1]) else 1
    authors = _ET_AL.sub("", ",".join(parts[at:]).strip()).strip(" ,")
    title = ",".join(parts[:at]).strip()
    return (title, authors, ending["year"]) if title and authors else None


def _links_line_fields(text: str, number: int) -> list[RawField]:
    links = list(_LINK.finditer(text))
    labels = [re.sub(r"[^\w]", "", link["text"]).casefold() for link in links]
    if not links or not all(label in _LINK_FIELDS for label in labels):
        return []
    rest = re.sub(r"(?i)\btags\s*:.*$", "", _LINK.sub("", text))
    if re.search(r"\w", rest):  # prose around the links
        return []
    fields: dict[str, RawField] = {}
    for link, label in zip(links, labels, strict=True):
        name = _LINK_FIELDS[label]
        fields.setdefault(name, RawField(name, link["url"], number + 1))
    return list(fields.values())


def _tags_on(line: str, number: int) -> list[tuple[str, int, int]]:
    found = ((clean_tag(match[1]), match.start() + 1) for match in HASHTAG.finditer(line))
    return [(name, number, column) for name, column in found if name]


def _plain_tags(value: str, name: str, number: int) -> list[RawField]:
    rest = HASHTAG.sub("", value).strip(" ,;")
    return [RawField(name, rest, number + 1)] if rest else []


def _unlinked(text: str) -> str:
    """Links replaced by their text, or, for an address that is its own text, by the address."""
    whole = _LINK.fullmatch(text.strip())
    if whole and find_identifier(whole["url"]) and whole["text"].strip() == whole["url"].strip():
        return whole["url"]
    return _LINK.sub(lambda match: match["text"], text)
