"""What a note puts into the tables of the library: pure functions, ``note → rows``."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from paperkb.identifiers import find_identifier
from paperkb.library.names import (
    fold,
    result_name,
    stem_of,
    undated,
    venue_name,
    without_extension,
)
from paperkb.library.shelves import position
from paperkb.library.tables import ALWAYS, PRIVATE_ONLY, PUBLIC_ONLY
from paperkb.library.withheld import Withheld
from paperkb.model import (
    Ambiguous,
    Found,
    FoundFile,
    Hidden,
    Known,
    Link,
    Missing,
    Note,
    ParsedNote,
    Person,
    Resolution,
    SamePage,
    replace,
)
from paperkb.notes.file_name import read_file_name
from paperkb.notes.readings import is_generic
from paperkb.paths import file_parts, nested, segment
from paperkb.search.terms import folded


class LabelRow(NamedTuple):
    """A note's place in a group. ``written`` is the last part of a nested label, the name of an
    author as family and given name; ``times``: how often the note writes the label this way, and
    ``own``, how often for its own sake rather than for what is nested in it."""

    kind: str
    folded: str
    written: str
    times: int
    own: int
    address: str


class LinkRow(NamedTuple):
    """A link and where it leads, without its source."""

    ordinal: int
    audience: int
    outcome: str
    target: str
    anchor: str
    kind: str
    line: int
    column: int
    sentence: str
    words: str

    @property
    def shown(self) -> tuple[object, ...]:
        """What others see of the link: all but its place."""
        return (self.audience, self.outcome, self.target, self.anchor, self.kind,
                self.sentence, self.words)  # fmt: skip


def note_of(
    key: str, path: str, text: bytes, parsed: ParsedNote, withheld: Withheld = Withheld()
) -> Note:
    """A note: what its bytes say, and what only its file's name tells where nothing else told.
    One that is ``withheld`` is as private as one that says so itself."""
    fields = parsed.fields
    if not fields.work.title or fields.added is None:
        title, added = read_file_name(stem_of(path))
        if not fields.work.title:
            fields = replace(fields, work=replace(fields.work, title=title))
        if fields.added is None and added:
            fields = replace(fields, added=added)
    tags: dict[str, str] = {}
    for tag in (*fields.tags, *(hashtag.name for hashtag in parsed.hashtags)):
        tags.setdefault(tag.casefold(), tag)
    if withheld.note(path, tags.values()):
        fields = replace(fields, private=True)
    return Note(key, path, fields, tuple(tags.values()), text)


def note_row(note: Note, record: bytes) -> dict[str, object]:
    """The columns of ``note`` that follow from the note itself."""
    fields, work = note.fields, note.work
    return {
        "key": note.key, "path": note.path, "text": note.text, "title": work.title,
        "year": work.year, "status": fields.status, "added": _iso(fields.added),
        "active": _iso(activity(note)), "private": int(fields.private),
        "position": position(note), "address": page_address(note.key), "record": record,
        "rating": fields.rating, "title_folded": folded(work.title),
        "started": _iso(fields.started), "finished": _iso(fields.finished),
    }  # fmt: skip


def activity(note: Note) -> datetime.date | None:
    """When a reader last touched the paper, as far as the note says."""
    dates = (note.fields.finished, note.fields.started, note.fields.added)
    return max((date for date in dates if date), default=None)


def name_rows(note: Note) -> set[tuple[str, str]]:
    """(kind, name) of everything that a link may call the note."""
    stem = stem_of(note.path)
    aliases = (*note.fields.aliases, undated(stem))
    return {
        ("path", fold(without_extension(note.path))),
        ("stem", fold(stem)),
        *(("alias", fold(alias)) for alias in aliases if alias),
        *(("id", name) for name in note.work.ids),
    }


def label_rows(note: Note, parsed: ParsedNote) -> set[LabelRow]:
    """The groups that the note belongs to."""
    tags = Counter((*note.fields.tags, *(hashtag.name for hashtag in parsed.hashtags)))
    rows = {
        *_nested_rows("tag", tags.items()),
        *_nested_rows("topic", ((topic, 1) for topic in note.fields.topics)),
        *(_author_row(person) for person in note.work.authors),
    }
    if note.work.venue:
        venue = venue_name(note.work.venue)
        folded = venue.casefold()
        rows.add(LabelRow("venue", folded, venue, 1, 1, segment(folded).casefold()))
    results = dict.fromkeys(result_name(row.task, row.dataset) for row in note.fields.results)
    rows |= _nested_rows("result", ((name, 1) for name in results))
    if note.work.year:
        rows.add(
            LabelRow("year", str(note.work.year), str(note.work.year), 1, 1, str(note.work.year))
        )
    return rows


def link_rows(
    note: Note, links: Iterable[Link], found: Iterable[Resolution], public: Iterable[Resolution]
) -> list[LinkRow]:
    """Where the links of a note lead: ``found`` for those who may know of private notes, ``public``
    for the others."""
    rows: list[LinkRow] = []
    hidden_source = note.fields.private
    for ordinal, (link, resolution, shown) in enumerate(zip(links, found, public, strict=True)):
        if hidden_source or shown != resolution:
            rows.append(_link_row(note, ordinal, PRIVATE_ONLY, link, resolution))
            if not hidden_source:
                rows.append(_link_row(note, ordinal, PUBLIC_ONLY, link, shown))
        else:
            rows.append(_link_row(note, ordinal, ALWAYS, link, resolution))
    return rows


@lru_cache(maxsize=1 << 15)
def page_address(name: str) -> str:
    """Names with the same one would have the same page."""
    return nested(name).casefold()


def file_address(path: str) -> str:
    """Likewise for attachments."""
    return "".join(file_parts(path)).casefold()


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _link_row(
    note: Note, ordinal: int, audience: int, link: Link, resolution: Resolution
) -> LinkRow:
    outcome, target, anchor = _outcome(note, link, resolution)
    return LinkRow(
        ordinal, audience, outcome, target, anchor, link.kind, link.line, link.column,
        link.sentence, link.label or link.target,
    )  # fmt: skip


def _outcome(note: Note, link: Link, resolution: Resolution) -> tuple[str, str, str]:
    match resolution:
        case Found(key, anchor):
            # The address of the note's own paper is no citation.
            return "own" if key == note.key and link.identifier else "found", key, anchor
        case Known(key):
            return "known", key, ""
        case FoundFile(path):
            return "file", path, ""
        case SamePage(anchor):
            return "same", "", anchor
        case Missing(what):
            # Who cites a paper that nobody described is asked by its id (library/wanted.py).
            identifier = find_identifier(link.identifier) if what == "work" else None
            label = "" if link.label.startswith("http") else link.label.strip()
            label = "" if is_generic(label) else label
            return "missing", what, f"{identifier.base}\x1f{label}" if identifier else ""
        case Ambiguous(candidates):
            return "ambiguous", json.dumps(candidates), ""
        case Hidden():
            return "hidden", fold(link.target), ""


def _nested_rows(kind: str, written: Iterable[tuple[str, int]]) -> set[LabelRow]:
    """A label and its parents: the notes of ``nlp/parsing`` are notes of ``nlp`` too."""
    all_uses = Counter[tuple[str, str]]()
    own = Counter[tuple[str, str]]()
    for label, times in written:
        parts = label.split("/")
        for depth in range(1, len(parts) + 1):
            folded = "/".join(parts[:depth]).casefold()
            key = (folded, parts[depth - 1])
            all_uses[key] += times
            own[key] += times if depth == len(parts) else 0
    return {
        LabelRow(kind, folded, part, times, own[folded, part], page_address(folded))
        for (folded, part), times in all_uses.items()
    }


def _author_row(person: Person) -> LabelRow:
    """Two people whose names read the same share a page."""
    name = str(person)
    written = f"{person.family}\x1f{person.given}"
    return LabelRow("author", name, written, 1, 1, segment(name).casefold())
