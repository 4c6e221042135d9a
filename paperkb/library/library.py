"""The library: the notes of a vault, the papers that they know of, and where their links lead.

Every question is a query of the index, so that it costs what its answer is large.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from paperkb.config import Settings
from paperkb.library.groups import Groups, Member, newest_first
from paperkb.library.index import Index, IndexDamaged, decode
from paperkb.library.names import fold, without_extension
from paperkb.library.references import References
from paperkb.library.stored import Bibliography, read_record, resolution_of
from paperkb.library.tables import LISTED
from paperkb.model import KnownWork, Note, NoteBody, ParsedNote, Problem, Resolution, Work

_NOTE = "select key, path, text, record from note"


class NoteLine(NamedTuple):
    """A note in a plain list."""

    key: str
    path: str
    title: str
    year: int | None
    status: str | None


class Dated(NamedTuple):
    """When a note was added, and last added, started or finished: ISO 8601, or empty."""

    key: str
    status: str | None
    added: str
    active: str


@dataclass(frozen=True, eq=False)
class Library(Groups, References):
    """A vault, read. ``listing_problems`` are those of listing its files; ``is_public``: without
    private notes, with links to them ``Hidden``."""

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

    def notes_of(self, keys: Collection[str]) -> tuple[Note, ...]:
        """The notes of those keys that have one."""
        return self._notes(f"where key in {LISTED} and +{self._seen}", json.dumps([*keys]))

    def count(self) -> int:
        """The number of notes."""
        return int(self.index.value(f"select count(*) from note where {self._seen}"))

    def lines(self) -> list[NoteLine]:
        """What a list of all notes shows of each, the oldest paper first."""
        query = f"select key, path, title, year, status from note where {self._seen}"
        return [NoteLine(*row) for row in self.index.rows(f"{query} order by position")]

    def newest_first(self) -> list[Member]:
        """All notes, the latest paper first; without a year still comes last."""
        return newest_first(self.index, self._seen)

    def dated(self) -> list[Dated]:
        """The notes that say when they were added or read, in the order of their keys."""
        query = f"select key, status, added, active from note where {self._seen} and active <> ''"
        return [Dated(*row) for row in self.index.rows(f"{query} order by key")]

    def dated_in(self, kind: str, name: str, most: int) -> list[Dated]:
        """Those of a group, the last ones first, and no more than ``most``."""
        group = "select key from label where kind = ? and folded = ?"
        query = f"select key, status, added, active from note where key in ({group})"
        query += f" and {self._seen} and active <> '' order by active desc, key desc limit ?"
        return [Dated(*row) for row in self.index.rows(query, kind, name, most)]

    def redirects(self, kind: str) -> list[tuple[str, str]]:
        """(name, key) of what each note alone is called, by ``alias`` or ``id``, in the order of
        the names. Aliases are folded."""
        query = (
            "select name, min(name.key) from name join note on note.key = name.key"
            f" where kind = ? and {self._seen} group by name having count(*) = 1 order by name"
        )
        return [(name, key) for name, key in self.index.rows(query, kind)]

    def catalogue(self, *columns: str) -> list[tuple[str, ...]]:
        """The key of each note and these columns of ``CatalogueRow``, in the order of the keys."""
        selected = ", ".join(f"catalogue.{column}" for column in ("key", *columns))
        query = f"select {selected} from catalogue join note using (key) where {self._seen}"
        return self.index.rows(f"{query} order by catalogue.key")

    def statuses(self) -> Counter[str]:
        """How many notes have each status."""
        query = f"select status, count(*) from note where {self._seen} and status <> ''"
        return Counter(dict(self.index.rows(f"{query} group by status")))

    def parsed(self, note: Note) -> ParsedNote:
        """What the bytes of a note say, but its body."""
        blob = self.index.value("select note from parsed where key = ?", note.text)
        parsed: ParsedNote = decode(_present(blob), ParsedNote)
        return parsed

    def body(self, note: Note) -> NoteBody:
        """A note's text."""
        blob = self.index.value("select body from parsed where key = ?", note.text)
        body: NoteBody = decode(_present(blob), NoteBody)
        return body

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
        rows = self.index.rows(f"select work from known where {self._cited} order by rank")
        return tuple(decode(blob, KnownWork) for (blob,) in rows)

    @cached_property
    def known_by_key(self) -> dict[str, KnownWork]:
        """Papers without a note, by citation key."""
        return {entry.key: entry for entry in self.known}

    def work(self, key: str) -> Work | None:
        """The paper of a key, with or without a note."""
        note = self.note(key)
        return note.work if note else self.known_work(key)

    def known_work(self, key: str) -> Work | None:
        """The paper of a citation key that has no note."""
        blob = self.index.value(f"select work from known where key = ? and {self._cited}", key)
        if blob is None:
            return None
        known: KnownWork = decode(blob, KnownWork)
        return known.work

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
        query = f"select source, outcome, target, anchor from link where {self._audience}"
        for source, *row in self.index.rows(f"{query} order by source, ordinal"):
            if source in found:
                found[source].append(resolution_of(*row))
        return {key: tuple(resolutions) for key, resolutions in found.items()}

    # Search

    def number(self, key: str) -> int:
        """The number that stands for a note in postings."""
        return int(self.index.value("select number from note where key = ?", key))

    def facet(self, kind: str) -> list[tuple[str, str, list[int]]]:
        """(name, label, numbers of the notes) of all groups of a kind, or of ``status``."""
        groups: dict[str, list[int]] = {}
        labels: dict[str, str] = {}
        values: tuple[str, ...] = ()
        if kind == "status":
            query = f"select status, number from note where {self._seen} and status <> ''"
        else:
            query = (
                "select distinct folded, number from label join note on note.key = label.key"
                f" where label.kind = ? {self._public_labels}"
            )
            labels, values = self._labels(kind), (kind,)
        for name, number in self.index.rows(f"{query} order by 1", *values):
            groups.setdefault(name, []).append(number)
        return [
            (name, labels.get(name, name).replace("\x1f", ", "), numbers)
            for name, numbers in groups.items()
        ]

    # Names that would share an address

    @cached_property
    def shared_addresses(self) -> frozenset[str]:
        """The addresses that pages of several notes would have, private ones included: few."""
        query = "select address from note group by address having count(*) > 1"
        return frozenset(address for (address,) in self.index.rows(query))

    def keys_at(self, addresses: Collection[str]) -> list[list[str]]:
        """Keys of notes whose pages would have one address, for each of these that any has."""
        query = f"select address, key from note where address in {LISTED} and +{self._seen}"
        found: dict[str, list[str]] = {}
        for address, key in self.index.rows(f"{query} order by key", json.dumps([*addresses])):
            found.setdefault(address, []).append(key)
        return list(found.values())

    def files_at(self, address: str) -> list[str]:
        """Files whose copies would have one address."""
        query = "select path from attachment where address = ? order by path"
        return [path for (path,) in self.index.rows(query, address)]

    # Within

    @property
    def _seen(self) -> str:
        return "private = 0" if self.is_public else "1"

    @property
    def _cited(self) -> str:
        """Of a bibliography, only what public notes cite is public."""
        link = f"target = known.key and outcome = 'known' and {self._audience}"
        return f"exists (select 1 from link where {link})" if self.is_public else "1"

    @cached_property
    def _odd_names(self) -> dict[str, str]:
        return dict(json.loads(self.index.state("odd names") or "{}"))

    def _notes(self, where: str, *values: object) -> tuple[Note, ...]:
        return tuple(
            Note(key, path, *read_record(record), text)
            for key, path, text, record in self.index.rows(f"{_NOTE} {where}", *values)
        )

    def _named(self, kind: str, name: str) -> tuple[Note, ...]:
        keys = "select key from name where kind = ? and name = ?"
        return self._notes(f"where key in ({keys}) and {self._seen} order by path", kind, name)


def _present(blob: bytes | None) -> bytes:
    if blob is None:
        raise IndexDamaged("a parse result is missing")
    return blob
