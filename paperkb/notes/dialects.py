"""Metadata that other systems write into the body. One small function a dialect.

Each takes the body's lines and gives back the fields that it understood, with the lines that are
metadata and nothing else: those are not shown again in the body. Tried in order; a field that was
found earlier stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from paperkb.identifiers import find_identifier
from paperkb.notes.fields import canonical_name
from paperkb.notes.html_tags import strip_tags
from paperkb.notes.privacy import privacy_statements
from paperkb.notes.readings import (
    LINK,
    LINK_FIELDS,
    PAPER_LABEL,
    Dialect,
    Reading,
    folded_label,
    unlinked,
)
from paperkb.notes.syntax.comments import blank_comments, blank_fences
from paperkb.notes.syntax.hashtags import HASHTAG, clean_tag
from paperkb.notes.syntax.tables import alignments, split_cells
from paperkb.notes.titles import first_heading, linked_title
from paperkb.notes.yaml_text import RawField

TOP_LINES = 40
"""Metadata in a body stands at its top; ``key:: value`` further down is the reader's own prose."""


_LABEL = r"[A-Za-z][\w /-]{0,24}?"
_BULLET = r"(?:[-*+][ \t]+)?"
_STRONG = r"\*\*|__|\*|_"
_PAPER_ITEM = re.compile(
    r"(?i)[ \t]*[-*+][ \t]+(?:link to |read )?(?:the )?\W*(?:original |research )?"
    r"(?:paper|arxiv|preprint)\b"
)
_LABELLED = re.compile(
    r"^[ \t>*+_-]*(?P<label>[A-Za-z][A-Za-z ]{1,30})[*_]*:+[*_]*[ \t-]*(?P<rest>\S.*)$"
)
_ADDRESS = re.compile(r"<?(?P<url>https?://[^\s<>]+)>?")
_HEAD_TOP = 15
"""Lines; a paper's own address stands at the top."""
_ONE_OF_A_PAPER = frozenset(
    ("title", "authors", "year", "date", "arxiv", "doi", "venue", "url", "pdf")
)
"""A table with two of these is about the paper; one with a «Dataset» and a «Method» is not."""
_INLINE_FORMS = (
    re.compile(rf"^(?P<key>{_LABEL})::[ \t]*(?P<value>.*)$"),  # key:: value
    re.compile(rf"^\[(?P<key>{_LABEL})::[ \t]*(?P<value>.*)\]$"),  # [key:: value]
    # *key:* value, - **Key:** value, **Key**: value; marks that differ are a slip: *key:** value
    re.compile(
        rf"^{_BULLET}(?:{_STRONG})(?P<key>{_LABEL}):{{1,2}}(?:{_STRONG})[ \t]*(?P<value>.*)$"
    ),
    re.compile(rf"^{_BULLET}(?P<m>{_STRONG})(?P<key>{_LABEL})(?P=m):{{1,2}}[ \t]*(?P<value>.*)$"),
)
_DATAVIEW = _INLINE_FORMS[:2]
"""Forms that are nothing else, wherever they stand."""
_END = re.compile(r"[.!?。！？][\"'”’)\]]*$")
_FEW = 5
"""Words of a title or a list of authors, at most twice that; of a sentence, more."""
_PLAIN = re.compile(rf"^(?P<key>{_LABEL})[ \t]*:[ \t]*(?P<value>.*)$")
_BODY_ONLY = frozenset(("cites", "related", "results", "code"))
"""Labels whose text is prose: its links are read in the body, with their sentences."""
_NOT_HERE = _BODY_ONLY | {"private"}
"""Labels that are not read as fields are: ``privacy`` reads the last."""


def privacy(lines: list[str]) -> Reading:
    """Whether the note is private, in the spelling of any of these dialects."""
    found = [*privacy_statements(lines[:TOP_LINES], _head_length(lines))]
    return Reading(
        tuple(RawField(one.name, one.value, one.line + 1) for one in found),
        frozenset(one.line for one in found if one.is_all),
    )


def inline_fields(lines: list[str]) -> Reading:
    """Obsidian and Dataview: ``key:: value``, ``*key:* value``, ``- **Key**: value`` at the top."""
    found = []
    head = _head_length(lines)
    for number, line in enumerate(lines[:TOP_LINES]):
        if ":" in line:
            forms = (form.match(line.rstrip()) for form in _INLINE_FORMS)
            match = next(filter(None, forms), None)
            if number < head or (match and match.re in _DATAVIEW):
                found.append((number, line, match))
    return _labelled(found)


def _head_length(lines: list[str]) -> int:
    """How many lines stand above the reader's first sentence: below it, a bold word with a colon is
    prose."""
    for number, line in enumerate(lines[:TOP_LINES]):
        text = line.strip(" \t>*_+-")
        is_label = any(form.match(line.rstrip()) for form in (*_INLINE_FORMS, _PLAIN))
        if not is_label and not line.lstrip().startswith(("#", "|")) and _is_sentence(text):
            return number
    return TOP_LINES


def _is_sentence(text: str) -> bool:
    words = text.count(" ") + 1
    if _END.search(text):
        return words > _FEW or (words == 1 and len(text) > _FEW * 3)  # Chinese has no spaces
    return words > 2 * _FEW


def plain_head(lines: list[str]) -> Reading:
    """A note that begins with ``title: …``, ``authors: …``, ``year: …`` without any marks.

    Two of them are about the paper, or else it is a sentence with a colon.
    """
    found = []
    for number, line in enumerate(lines[:_HEAD_TOP]):
        match = _PLAIN.match(line.rstrip())
        if match is None or canonical_name(match["key"]) is None:
            if line.strip():
                break
            continue
        found.append((number, line, match))
    names = {canonical_name(match["key"]) for _, _, match in found if match["value"]}
    return _labelled(found) if len(names & _ONE_OF_A_PAPER) > 1 else Reading()


def _labelled(found: Iterable[tuple[int, str, re.Match[str] | None]]) -> Reading:
    """The fields on lines of a label and a value: (number, line, match of both)."""
    fields: list[RawField] = []
    taken: set[int] = set()
    hashtags: list[tuple[str, int, int]] = []
    for number, line, match in found:
        name = canonical_name(match["key"]) if match else None
        if match is None or name is None or name in _NOT_HERE:
            continue
        value = match["value"].strip()
        tags = _tags_on(line, number)
        if tags and name in ("tags", "status", "topics"):
            hashtags.extend(tags)
            fields.extend(_plain_tags(value, name, number))
            taken.add(number)
        elif value and "[[" not in value:
            fields.append(RawField(match["key"].strip(), _field_value(name, value), number + 1))
            taken.add(number)
        elif not value and name in ("title", "authors", "year", "tags"):
            taken.add(number)  # an empty label of a template
    return Reading(tuple(fields), frozenset(taken), tuple(hashtags))


def links_line(lines: list[str]) -> Reading:
    """A line of labelled links and tags: ``## [Paper](…), [Code](…), Tags: \\#nlp``."""
    for number, line in enumerate(lines[:TOP_LINES]):
        if "](" not in line:
            continue
        text = re.sub(r"^[ \t>#*-]*", "", line)
        fields = _links_line_fields(text, number)
        if fields:
            return Reading(tuple(fields), frozenset({number}), tuple(_tags_on(line, number)))
    return Reading()


def paper_line(lines: list[str]) -> Reading:
    """The paper's own address: ``* [Link to the paper](https://…)``, ``Paper: [arXiv](https://…)``.
    It stands at the top, or further down where no other paper is listed so.

    Only an address that identifies a paper: ``Source: https://blog.example`` is prose.
    """
    for number, line in enumerate(lines[:_HEAD_TOP]):
        url = _paper_address(line.strip())
        if url and find_identifier(url):
            return Reading((RawField("url", url, number + 1),), frozenset({number}))
    listed = list(_listed_papers(lines))
    if len({identifier for _, identifier in listed}) == 1:
        return Reading((listed[0][0],))
    return Reading()


def metadata_table(lines: list[str]) -> Reading:
    """A table of fields at the top: ``| Authors | A, B |``. Shown still, if it says more."""
    for number, (line, below) in enumerate(pairwise(lines[:_HEAD_TOP])):
        if "|" in line and len(alignments(below) or ()) == 2:
            return _table_fields(lines, number)
    return Reading()


DIALECTS: tuple[Dialect, ...] = (
    privacy,
    inline_fields,
    plain_head,
    links_line,
    paper_line,
    metadata_table,
    linked_title,
    first_heading,
)


def visible_lines(lines: list[str]) -> list[str]:
    """The lines as the dialects see them: without comments and fenced code, in the same places."""
    text = blank_fences("\n".join(lines))
    return blank_comments(text, whole_lines=True).split("\n")


def _links_line_fields(text: str, number: int) -> list[RawField]:
    links = list(LINK.finditer(text))
    labels = [folded_label(link["text"]) for link in links]
    if not links or not all(label in LINK_FIELDS for label in labels):
        return []
    rest = re.sub(r"(?i)\btags\s*:.*$", "", LINK.sub("", text))
    if re.search(r"\w", rest):  # prose around the links
        return []
    fields: dict[str, RawField] = {}
    for link, label in zip(links, labels, strict=True):
        name = LINK_FIELDS[label]
        fields.setdefault(name, RawField(name, link["url"], number + 1))
    return list(fields.values())


def _tags_on(line: str, number: int) -> list[tuple[str, int, int]]:
    found = ((clean_tag(match[1]), match.start() + 1) for match in HASHTAG.finditer(line))
    return [(name, number, column) for name, column in found if name]


def _plain_tags(value: str, name: str, number: int) -> list[RawField]:
    rest = HASHTAG.sub("", value).strip(" ,;")
    return [RawField(name, rest, number + 1)] if rest else []


def _paper_address(line: str) -> str | None:
    """The address on a line that holds it and its label, and nothing else."""
    link = LINK.fullmatch(line.lstrip(">*+- \t").rstrip(" .,;"))
    if link:
        return link["url"] if PAPER_LABEL.fullmatch(link["text"].strip("*_: ")) else None
    labelled = _LABELLED.match(line)
    if labelled is None or not PAPER_LABEL.fullmatch(labelled["label"].strip()):
        return None
    rest = labelled["rest"].rstrip(" .,;")
    found = LINK.fullmatch(rest) or _ADDRESS.fullmatch(rest)
    return found["url"] if found else None


def _listed_papers(lines: list[str]) -> Iterator[tuple[RawField, str]]:
    """Items of lists that are «the paper»: ``- [Original paper](https://…)``, with its id."""
    for number, line in enumerate(lines):
        if "://" not in line or not _PAPER_ITEM.match(line):
            continue
        first = LINK.search(line)
        url = _paper_address(line.strip())
        if first and not url and PAPER_LABEL.fullmatch(first["text"].strip()):
            url = first["url"]  # «Link to [Paper](…) and [Code](…)»
        identifier = find_identifier(url or "")
        if url and identifier:
            yield RawField("url", url, number + 1), str(identifier.base)


def _table_fields(lines: list[str], head: int) -> Reading:
    fields: list[RawField] = []
    rows = [head]
    is_all = True
    for number in (head, *range(head + 2, len(lines))):
        if "|" not in lines[number]:
            break
        cells = split_cells(lines[number], 2)
        name = canonical_name(cells[0].strip("*_: ")) if len(cells) == 2 else None
        rows.append(number)
        if name and name not in _NOT_HERE and cells[1]:
            fields.append(RawField(name, _field_value(name, cells[1]), number + 1))
        elif number != head:
            is_all = False
    if len({field.name for field in fields} & _ONE_OF_A_PAPER) < 2:
        return Reading()
    return Reading(tuple(fields), frozenset((*rows, head + 1)) if is_all else frozenset())


def _field_value(name: str, value: str) -> str:
    """A value without its markup; where an address is wanted, the one that it links to."""
    value = strip_tags(value).strip()
    link = LINK.search(value) or _ADDRESS.search(value)
    if link and (
        name in ("url", "pdf") or (name in ("arxiv", "doi") and find_identifier(link["url"]))
    ):
        return link["url"]
    return unlinked(value)
