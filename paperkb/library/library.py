"""The library: the notes of a vault, the papers that they know of, and where their links lead.

Every question is a query of the index, so that it costs what its answer is large.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from paperkb.config import Settings
from paperkb.library.index import Index, IndexDamaged, decode
from paperkb.library.names import fold, without_extension
from paperkb.library.parse_files import Bibliography
from paperkb.library.rows import Record, resolution_of
from paperkb.library.shelves import NO_YEAR
from paperkb.library.tables import PRIVATE_ONLY, PUBLIC_ONLY
from paperkb.model import KnownWork, Note, NoteBody, ParsedNote, Problem, Resolution, Work

_WITHIN = "and folded > ? and folded < ?"
_NOTE = "select key, path, text, record from note"


class LinkedRow(NamedTuple):
    """A link that leads to a work, as the index has it; ``path`` is that of its note."""

    source: str
    path: str
    target: str
    kind: str
    line: int
    column: int
    sentence: str


class NoteLine(NamedTuple):
    """A note in a plain list."""

    key: str
    path: str
    title: str
    year: int | None
    status: str | None


class Member(NamedTuple):
    """A note on a shelf."""

    key: str
    year: int | None


class Dated(NamedTuple):
    """When a note was added, and last added, started or finished: ISO 8601, or empty."""

    key: str
    status: str | None
    added: str
    active: str


class Group(NamedTuple):
    """A tag, topic, author or year: ``name`` is folded, ``label`` as it is most often written,
    ``first`` and ``last`` the years of its oldest and newest paper, or empty."""

    name: str
    label: str
    count: int
    first: str
    last: str


@dataclass(frozen=True, eq=False)
class Library:
    """A vault, read. ``problems`` are those of listing its files; ``is_public``: without private
    notes, with links to them ``Hidden``."""

    root: Path
    settings: Settings
    index: Index
    listing_problems: tuple[Problem, ...] = ()
    is_public: bool = False

    @property
    def public(self) -> Library:
        """What may be published."""
        return replace(self, listing_problems=(), is_public=True)

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()

    # Notes

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """All notes, sorted by path."""
        return self._notes(f"where {self._seen} order by path")

    @cached_property
    def by_key(self) -> dict[str, Note]:
        """Notes by key."""
        return {note.key: note for note in self.notes}

    def note(self, key: str) -> Note | None:
        """The note of a key."""
        found = self._notes(f"where key = ? and {self._seen}", key)
        return found[0] if found else None

    def count(self) -> int:
        """The number of notes."""
        return int(self.index.value(f"select count(*) from note where {self._seen}"))  # noqa: S608

    def lines(self) -> list[NoteLine]:
        """What a list of all notes shows of each, the oldest paper first."""
        query = f"select key, path, title, year, status from note where {self._seen}"  # noqa: S608
        return [NoteLine(*row) for row in self.index.rows(f"{query} order by position")]

    def newest_first(self) -> list[Member]:
        """All notes, the latest paper first; without a year still comes last."""
        query = f"select key, year from note where {self._seen} and year is"  # noqa: S608
        dated = self.index.rows(f"{query} not null order by position desc")
        return [Member(*row) for row in (*dated, *self.index.rows(f"{query} null order by position"))]

    def dated(self) -> list[Dated]:
        """The notes that say when they were added or read, in the order of their keys."""
        query = f"select key, status, added, active from note where {self._seen} and active <> ''"  # noqa: S608
        return [Dated(*row) for row in self.index.rows(f"{query} order by key")]

    def statuses(self) -> Counter[str]:
        """How many notes have each status."""
        query = f"select status, count(*) from note where {self._seen} and status <> ''"  # noqa: S608
        return Counter(dict(self.index.rows(f"{query} group by status")))

    def parsed(self, note: Note) -> ParsedNote:
        """What the bytes of a note say, but its body."""
        blob = self.index.value("select note from parsed where key = ?", note.text)
        return decode(_present(blob), ParsedNote)

    def body(self, note: Note) -> NoteBody:
        """A note's text."""
        blob = self.index.value("select body from parsed where key = ?", note.text)
        return decode(_present(blob), NoteBody)

    def find(self, name: str) -> tuple[Note, ...]:
        """The notes that a reader may mean by a key, a path, an alias, a citation key or an id."""
        if note := self.note(name):
            return (note,)
        path = fold(without_extension(name))
        at_path = self._named("path", path)
        exact = tuple(n for n in at_path if name in (n.path, n.path.rpartition(".")[0]))
        return (
            exact
            or tuple(note for note in at_path if fold(note.key) == fold(name))
            or self._named("stem", fold(name))
            or self._named("alias", fold(name))
            or self._named("id", name)
        )

    def on_disk(self, path: str) -> Path:
        """What opens the file at a path of the vault."""
        return Path(self._odd_names.get(path) or self.root / path)

    # Papers without a note, files, problems

    @cached_property
    def known(self) -> tuple[KnownWork, ...]:
        """Papers without a note, in the order of the bibliographies."""
        rows = self.index.rows("select work from known order by rank")
        return tuple(decode(blob, KnownWork) for (blob,) in rows)

    @cached_property
    def known_by_key(self) -> dict[str, KnownWork]:
        """Papers without a note, by citation key."""
        return {entry.key: entry for entry in self.known}

    def work(self, key: str) -> Work | None:
        """The paper of a key, with or without a note."""
        if note := self.note(key):
            return note.work
        blob = self.index.value("select work from known where key = ?", key)
        return decode(blob, KnownWork).work if blob else None

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The paths of everything that is no note."""
        return tuple(p for (p,) in self.index.rows("select path from attachment order by path"))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files themselves."""
        if self.is_public:
            return ()
        found = list(self.listing_problems)
        for key in json.loads(self.index.state("bibliographies") or "[]"):
            blob = self.index.value("select note from parsed where key = ?", bytes.fromhex(key))
            found.extend(decode(_present(blob), Bibliography)[1])
        return tuple(found)

    # Links

    @cached_property
    def resolutions(self) -> dict[str, tuple[Resolution, ...]]:
        """For each note's key, where its links lead, in the order of the links."""
        found: dict[str, list[Resolution]] = {note.key: [] for note in self.notes}
        query = f"select source, outcome, target, anchor from link where {self._audience}"  # noqa: S608
        for source, *row in self.index.rows(f"{query} order by source, ordinal"):
            if source in found:
                found[source].append(resolution_of(*row))
        return {key: tuple(resolutions) for key, resolutions in found.items()}

    def resolutions_of(self, key: str) -> tuple[Resolution, ...]:
        """Where the links of one note lead."""
        query = f"select outcome, target, anchor from link where source = ? and {self._audience}"  # noqa: S608
        return tuple(resolution_of(*row) for row in self.index.rows(f"{query} order by ordinal", key))

    def references(self, *, source: str = "", target: str = "") -> list[LinkedRow]:
        """Links that lead to a work, in the order of the files: all, or those of one end."""
        columns = "source, path, target, link.kind, line, column, sentence"
        where = " and source = ?" * bool(source) + " and target = ?" * bool(target)
        query = (
            f"select {columns} from link join note on note.key = source"  # noqa: S608
            f" where outcome in ('found', 'known') and {self._audience}{where}"
            " order by path, ordinal"
        )
        return [LinkedRow(*row) for row in self.index.rows(query, *filter(None, (source, target)))]

    def count_references(self) -> int:
        """The number of links that lead to works."""
        query = f"select count(*) from link where outcome in ('found', 'known') and {self._audience}"  # noqa: S608
        return int(self.index.value(query))

    def hidden_names(self, source: str) -> tuple[str, ...]:
        """The folded names of private notes to which a public note links."""
        if not self._has_private:
            return ()
        query = "select target from link where source = ? and audience = ? and outcome = 'hidden'"
        return tuple(name for (name,) in self.index.rows(query, source, PUBLIC_ONLY))

    def linked_files(self) -> list[str]:
        """The paths of files that some note links to."""
        query = f"select distinct target from link where outcome = 'file' and {self._audience}"  # noqa: S608
        return [path for (path,) in self.index.rows(f"{query} order by target")]

    # Groups

    def groups(self, kind: str, within: str = "") -> list[Group]:
        """All groups of a kind, by name, or those that are nested in one."""
        return [group for _, group in self._groups(kind, within)]

    def nested(self, kind: str, name: str) -> list[tuple[str, int]]:
        """(group, count) of the groups that are nested in one, by name."""
        query = (
            f"select folded, count(distinct key) from label where kind = ? {_WITHIN}"
            f" {self._public_labels} group by folded order by folded"
        )
        return [tuple(row) for row in self.index.rows(query, kind, f"{name}/", f"{name}0")]  # type: ignore[misc]

    def shelves(self, within: str = "") -> list[Group]:
        """The topics, or those that are nested in one, the one with the oldest paper first."""
        return [group for _, group in sorted(self._groups("topic", within))]

    def written_tags(self) -> list[tuple[str, int]]:
        """(tag, number of notes) of all tags that are written somewhere, the most used first:
        without parents that stand only in front of others."""
        query = (
            "select folded, count(distinct key) from label"
            f" where kind = 'tag' {self._public_labels} and own > 0 group by folded"
        )
        labels = self._labels("tag")
        rows = [(labels[folded], count) for folded, count in self.index.rows(query)]
        return sorted(rows, key=lambda row: (-row[1], row[0].casefold(), row[0]))

    def members(self, kind: str, name: str) -> list[Member]:
        """A group's notes in order of time."""
        query = (
            "select distinct label.key, year from label join note on note.key = label.key"
            f" where label.kind = ? and folded = ? {self._public_labels} order by position"
        )
        return [Member(*row) for row in self.index.rows(query, kind, name)]

    def together(self, kind: str, name: str) -> list[tuple[str, int]]:
        """(other group of the kind, number of notes in both), the largest first; none that is
        nested in the group, or only stands in front of others."""
        query = (
            "select other.folded, count(distinct other.key) from"
            f" (select distinct key from label where kind = ? and folded = ? {self._public_labels})"
            " as member cross join label as other on other.key = member.key"  # in this order
            " where other.kind = ? and other.own > 0 group by other.folded"
        )
        rows = self.index.rows(query, kind, name, kind)
        others = [row for row in rows if row[0] != name and not row[0].startswith(f"{name}/")]
        return sorted(others, key=lambda row: (-row[1], row[0]))  # type: ignore[return-value]

    def spelling(self, kind: str, name: str) -> str:
        """A group's name as it is most often written (ties: the first in the alphabet)."""
        query = (
            f"select written from label where kind = ? and folded = ? {self._public_labels}"  # noqa: S608
            " group by written order by sum(times) desc, written limit 1"
        )
        return "/".join(str(self.index.value(query, kind, level) or "") for level in levels(name))

    def tags_of(self, note: Note) -> tuple[str, ...]:
        """A note's tags as the vault writes them."""
        return tuple(dict.fromkeys(self._tag_spelling(tag.casefold()) for tag in note.tags))

    # Names that would share an address

    def keys_at(self, address: str) -> list[str]:
        """Keys of notes whose pages would have one address."""
        query = f"select key from note where address = ? and {self._seen} order by key"  # noqa: S608
        return [key for (key,) in self.index.rows(query, address)]

    def groups_at(self, kind: str, address: str) -> list[str]:
        """Groups whose pages would have one address."""
        where = f"from label where kind = ? and address = ? {self._public_labels}"
        ends = f"select min(folded) {where} union select max(folded) {where}"  # noqa: S608
        names = [name for (name,) in self.index.rows(ends, kind, address, kind, address)]
        if len(names) > 1:  # seldom: only then is it worth to look at every row
            query = f"select distinct folded {where} order by folded"  # noqa: S608
            names = [name for (name,) in self.index.rows(query, kind, address)]
        return names

    def files_at(self, address: str) -> list[str]:
        """Files whose copies would have one address."""
        query = "select path from attachment where address = ? order by path"
        return [path for (path,) in self.index.rows(query, address)]

    # Within

    @cached_property
    def _tag_spelling(self):  # type: ignore[no-untyped-def]
        return lru_cache(maxsize=None)(lambda folded: self.spelling("tag", folded))

    def _groups(self, kind: str, within: str) -> list[tuple[str, Group]]:
        """(position of the oldest paper, group), by name."""
        query = (
            "select folded, count(distinct label.key), min(position), max(position)"
            " from label join note on note.key = label.key"
            f" where label.kind = ? {self._public_labels} {_WITHIN if within else ''}"
            " group by folded order by folded"
        )
        labels = self._labels(kind)
        values = (kind, f"{within}/", f"{within}0") if within else (kind,)  # «0» follows «/»
        return [
            (first, Group(name, labels[name], count, _year(first), _year(last)))
            for name, count, first, last in self.index.rows(query, *values)
        ]

    @cached_property
    def _labels(self):  # type: ignore[no-untyped-def]
        return lru_cache(maxsize=None)(self._read_labels)

    def _read_labels(self, kind: str) -> dict[str, str]:
        query = (
            f"select folded, written from label where kind = ? {self._public_labels}"  # noqa: S608
            " group by folded, written order by folded, sum(times), written desc"
        )
        parts = dict(self.index.rows(query, kind))
        return {name: "/".join(parts[level] for level in levels(name)) for name in parts}

    @property
    def _seen(self) -> str:
        return "private = 0" if self.is_public else "1"

    @property
    def _public_labels(self) -> str:
        return "and label.private = 0" if self.is_public else ""

    @property
    def _audience(self) -> str:
        return f"audience <> {PRIVATE_ONLY if self.is_public else PUBLIC_ONLY}"

    @cached_property
    def _has_private(self) -> bool:
        return bool(self.index.value("select 1 from note where private = 1 limit 1"))

    @cached_property
    def _odd_names(self) -> dict[str, str]:
        return dict(json.loads(self.index.state("odd names") or "{}"))

    def _notes(self, where: str, *values: object) -> tuple[Note, ...]:
        return tuple(
            Note(key, path, *decode(record, Record), text)
            for key, path, text, record in self.index.rows(f"{_NOTE} {where}", *values)
        )

    def _named(self, kind: str, name: str) -> tuple[Note, ...]:
        keys = "select key from name where kind = ? and name = ?"
        return self._notes(f"where key in ({keys}) and {self._seen} order by path", kind, name)


def levels(name: str) -> list[str]:
    """A nested label and what it is nested in: ``a/b`` is in ``a``."""
    parts = name.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def _present(blob: bytes | None) -> bytes:
    if blob is None:
        raise IndexDamaged("a parse result is missing")
    return blob


def _year(position: str) -> str:
    """The year in a note's position on a shelf."""
    return year if (year := position[:4]) != NO_YEAR else ""
