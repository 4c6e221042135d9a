"""The rows of one note: what it is, and its names. Its groups and what search finds it by are put
beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from paperkb.library.catalogue import catalogue_row
from paperkb.library.changes import Changes
from paperkb.library.fresh import FreshEntries
from paperkb.library.index import Index, decode, encode
from paperkb.library.postings import PostingRows
from paperkb.library.relate_found import FoundBy, FoundRows
from paperkb.library.relate_labels import LabelRows
from paperkb.library.relate_parts import ListParts
from paperkb.library.relate_related import RelatedRows
from paperkb.library.rows import (
    LabelRow,
    label_rows,
    name_rows,
    note_of,
    note_row,
    page_address,
)
from paperkb.library.shelves import ALL, position
from paperkb.library.withheld import Withheld
from paperkb.model import Note, ParsedNote

_WAS = "path, text, private, record, facts"
_ORDERED_BY = (
    "position", "title_folded", "year", "status", "rating", "added", "active", "started",
    "finished",
)  # fmt: skip
"""Columns of ``note`` by which all notes are put in order or counted, each a cell of its own."""
_OF_NOTES = "kind in ('path', 'stem', 'alias', 'id')"


class NoteFile(NamedTuple):
    """A note as the vault lists it; ``text`` is the key of its parse result."""

    key: str
    path: str
    text: bytes


class NoteRows:
    """Puts notes into the tables, and takes them out."""

    def __init__(
        self,
        changes: Changes,
        postings: PostingRows,
        related: RelatedRows,
        entries: FreshEntries,
        withheld: Withheld,
    ) -> None:
        """``entries``: those of texts that were parsed just now; they are used up."""
        self.withheld = withheld
        self.changes = changes
        self.parts = ListParts(changes)
        self.labels = LabelRows(changes, self.parts)
        self.found = FoundRows(changes, postings, related, entries)
        self.index: Index = changes.index

    def put(self, file: NoteFile, *, is_new: bool) -> None:
        """Make a note's rows those of its file."""
        query = "select note, words from parsed where key = ?"
        ((blob, words),) = self.index.rows(query, file.text)
        parsed = decode(blob, ParsedNote)
        note = note_of(file.key, file.path, file.text, parsed, self.withheld)
        record = encode((note.fields, note.tags))
        self.changes.touch("text", note.key)
        self.changes.touch("texts")
        self.changes.touch("anchors", note.key)
        if is_new:
            old_names: set[tuple[str, str]] = set()
            old_labels: set[LabelRow] = set()
            was: Any = None
            columns: list[Any] = []
            found_by = FoundBy()
            self._touch_keys()
        else:
            query = f"select {_WAS}, {', '.join(_ORDERED_BY)} from note where key = ?"
            ((was_path, was_text, was_private, was, was_facts, *columns),) = self.index.rows(
                query, note.key
            )
            found_by = self.found.was(note.key, was_path, was_text, was_facts)
            if was_private != int(note.fields.private):
                self.found.turn(note.key, found_by)
                found_by = FoundBy()
            old_names, old_labels = self._names(note.key), self.labels.of(note.key)
            if (was_path, was_private) != (note.path, int(note.fields.private)):
                self._touch_keys()
                self.changes.touch_names(old_names)
                self._drop(note.key)
                old_names, old_labels, was = set(), set(), None
            elif columns[0] != position(note):  # its place in every list
                self.parts.watch([ALL, *{(label.kind, label.folded) for label in old_labels}])
                for label in old_labels:
                    self.changes.touch("group", label.kind, label.folded)
        self._put_names(note, old_names)
        new_labels = label_rows(note, parsed)
        self.labels.replace(note.key, old_labels, new_labels, private=note.fields.private)
        row = {
            **note_row(note, record),
            "number": self.changes.numbers[note.key],
            "facts": self.found.put(note, parsed, words, found_by),
        }
        self._touch_columns(row, columns, old_labels)
        if record != was:
            self._touch_work(note.key)
            self.index.write(
                "insert or replace into catalogue values (?, ?, ?, ?, ?, ?, ?)",
                [catalogue_row(note)],
            )
        if was is None:
            self._touch_rivals(page_address(note.key))
        names, values = ", ".join(row), ", ".join("?" * len(row))
        self.index.write(
            f"insert or replace into note ({names}) values ({values})", [tuple(row.values())]
        )

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
        changed = [n for n, was in zip(_ORDERED_BY, before, strict=False) if row[n] != was]
        for name in changed:
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

    def _put_names(self, note: Note, old: set[tuple[str, str]]) -> None:
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
