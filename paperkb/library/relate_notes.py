"""The rows of one note: what it is, and its names. Its groups and what search finds it by are put
beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from paperkb.library.catalogue import catalogue_row
from paperkb.library.changes import Changes
from paperkb.library.index import Index, decode, encode
from paperkb.library.lookup import OF_NOTES, Lookup, anchors_of
from paperkb.library.relate_found import FoundBy, FoundRows
from paperkb.library.relate_labels import LabelRows
from paperkb.library.relate_parts import ListParts
from paperkb.library.rows import (
    LabelRow,
    label_rows,
    name_rows,
    note_of,
    note_row,
    page_address,
)
from paperkb.library.shelves import ALL, CITING, position
from paperkb.library.withheld import Withheld
from paperkb.model import Note, ParsedNote

_WAS = "path, text, private, record, facts"
_ORDERED_BY = (
    "position", "title_folded", "year", "status", "rating", "added", "active", "started",
    "finished",
)  # fmt: skip
"""Columns of ``note`` by which all notes are put in order or counted, each a cell of its own."""
_OF_NOTES = f"kind in {tuple(sorted(OF_NOTES))}"


class NoteFile(NamedTuple):
    """A note as the vault lists it; ``text`` is the key of its parse result."""

    key: str
    path: str
    text: bytes


class _Before(NamedTuple):
    """What the tables had of a note: nothing of one that is new. ``record`` is none where whoever
    asked for the note must ask again; ``columns`` are those it is ordered and counted by."""

    names: Set[tuple[str, str]] = frozenset()
    labels: Set[LabelRow] = frozenset()
    record: bytes | None = None
    columns: Sequence[object] = ()
    found_by: FoundBy = FoundBy()


class NoteRows:
    """Puts notes into the tables, and takes them out."""

    def __init__(
        self, changes: Changes, parts: ListParts, found: FoundRows, withheld: Withheld
    ) -> None:
        self.changes = changes
        self.parts = parts
        self.found = found
        self.withheld = withheld
        self.labels = LabelRows(changes, self.parts)
        self.index: Index = changes.index

    def put(self, file: NoteFile, *, is_new: bool) -> None:
        """Make a note's rows those of its file."""
        query = "select note, words from parsed where key = ?"
        ((blob, words),) = self.index.rows(query, file.text)
        parsed = decode(blob, ParsedNote)
        note = note_of(file.key, file.path, file.text, parsed, self.withheld)
        record, work = encode((note.fields, note.tags)), note.fields.work
        self.changes.touch("text", note.key)
        self.changes.touch("texts")
        if is_new:
            self._touch_keys()
        if is_new or Lookup(self.index).anchors(note.key) != anchors_of(work.title, parsed):
            self.changes.touch("anchors", note.key)
        before = _Before() if is_new else self._before(note)
        self._put_names(note, before.names)
        labels = label_rows(note, parsed)
        self.labels.replace(note.key, before.labels, labels, private=note.fields.private)
        row = {
            **note_row(note, record),
            "number": self.changes.numbers[note.key],
            "facts": self.found.put(note, parsed, words, before.found_by),
        }
        self._touch_columns(row, before.columns, before.labels)
        if record != before.record:
            self._touch_work(note.key)
            self.index.write(
                "insert or replace into catalogue values (?, ?, ?, ?, ?, ?, ?)",
                [catalogue_row(note)],
            )
        if before.record is None:
            self._touch_rivals(page_address(note.key))
        names, values = ", ".join(row), ", ".join("?" * len(row))
        self.index.write(
            f"insert or replace into note ({names}) values ({values})", [tuple(row.values())]
        )

    def _before(self, note: Note) -> _Before:
        """What there is of a note that was put already. One that moved, or that others may see now,
        or may not any more, leaves its names and groups, and comes to them anew."""
        query = f"select {_WAS}, {', '.join(_ORDERED_BY)} from note where key = ?"
        ((path, text, private, record, facts, *columns),) = self.index.rows(query, note.key)
        found_by = self.found.was(note.key, path, text, facts)
        if private != int(note.fields.private):
            self.found.turn(note.key, found_by)
            found_by = FoundBy()
        names, labels = self._names(note.key), self.labels.of(note.key)
        is_of_another_year = columns[_ORDERED_BY.index("year")] != note.fields.work.year
        if is_of_another_year:
            self._move_among_citing(note.key)
        if (path, private) != (note.path, int(note.fields.private)):
            self._touch_keys()
            self.changes.touch_names(names)
            self._drop(note.key)
            return _Before(columns=columns, found_by=found_by)
        was = columns[_ORDERED_BY.index("position")]
        if is_of_another_year or self._passes_another(note.key, "position", was, position(note)):
            self.parts.watch([ALL, *{(label.kind, label.folded) for label in labels}])
            for label in labels:
                self.changes.touch("group", label.kind, label.folded)
        return _Before(names, labels, record, columns, found_by)

    def _passes_another(self, key: object, column: str, before: object, now: object) -> bool:
        """Whether a note whose value of a column changes may come to stand elsewhere in the order
        of all notes by it. With most new titles it passes no other note, and no list is another."""
        query = (
            "select 1 from note where private = 0 and key <> ?"
            f" and {column} between min(?, ?) and max(?, ?) limit 1"
        )
        return before != now and bool(self.index.rows(query, key, before, now, before, now))

    def _move_among_citing(self, key: str) -> None:
        """The year of a paper changes, by which it stands among those that cite a work."""
        cited = "source = ? and outcome in ('found', 'known')"
        for (work,) in self.index.rows(f"select distinct target from link where {cited}", key):
            self.parts.watch([(CITING, work)])
            self.changes.touch("citing", work)

    def remove(self, key: str) -> None:
        """Take out a note that is gone; its links are another's business."""
        self._touch_keys()
        self.changes.touch_names(self._names(key))
        self.changes.touch("text", key)
        self.changes.touch("texts")
        self.changes.touch("anchors", key)
        self._touch_rivals(self.index.value("select address from note where key = ?", key))
        ((path, text, stored),) = self.index.rows(
            "select path, text, facts from note where key = ?", key
        )
        self.found.remove(key, self.found.was(key, path, text, stored))
        self._drop(key)
        for table in ("note", "catalogue"):
            self.index.write(f"delete from {table} where key = ?", [(key,)])
        self.index.write("delete from reads where reader = ?", [(key,)])

    def _drop(self, key: str) -> None:
        """Take a note out of all names and groups."""
        self.index.write(f"delete from name where key = ? and {_OF_NOTES}", [(key,)])
        self.labels.replace(key, self.labels.of(key), set(), private=False)

    def _touch_keys(self) -> None:
        """A note comes, goes, or is seen by others."""
        self.changes.touch("keys")
        self.parts.watch([ALL])

    def _touch_columns(
        self, row: Mapping[str, object], before: Sequence[object], labels: Iterable[LabelRow]
    ) -> None:
        """Lists of all notes are in another order, or count others."""
        changed = {n: was for n, was in zip(_ORDERED_BY, before, strict=False) if row[n] != was}
        for name, was in changed.items():
            if name != "title_folded" or self._passes_another(row["key"], name, was, row[name]):
                self.changes.touch("column", name)
        if "active" in changed:  # the feeds of topics are in order of these dates
            for label in labels:
                if label.kind == "topic":
                    self.changes.touch("group", "topic", label.folded)

    def _touch_rivals(self, address: str) -> None:
        """Somebody comes to an address of pages, or leaves it: whoever would have it too gets
        another."""
        if not self.changes.is_first:
            for (key,) in self.index.rows("select key from note where address = ?", address):
                self._touch_work(key)

    def _touch_work(self, key: str) -> None:
        self.changes.touch("work", key)
        self.changes.touch("notes")

    def _names(self, key: str) -> set[tuple[str, str]]:
        query = f"select kind, name from name where key = ? and {_OF_NOTES}"
        return {(kind, name) for kind, name in self.index.rows(query, key)}

    def _put_names(self, note: Note, old: Set[tuple[str, str]]) -> None:
        new = name_rows(note)
        self.changes.touch_names(new ^ old)
        self.index.write(
            "delete from name where kind = ? and name = ? and rank = ?",
            ((*row, note.path) for row in old - new),
        )
        self.index.write(
            "insert or replace into name values (?, ?, ?, ?)",
            ((*row, note.path, note.key) for row in new - old),
        )
