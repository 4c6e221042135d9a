"""The rows of one note: what it is, its names, and the groups that it belongs to."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from paperkb.library.catalogue import catalogue_row
from paperkb.library.changes import Changes
from paperkb.library.fresh import FreshEntries
from paperkb.library.index import Index, decode, encode
from paperkb.library.parse_files import texts_of
from paperkb.library.postings import PostingRows
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
from paperkb.model import Note, NoteBody, ParsedNote
from paperkb.search.document import Entries, facts, text_entries
from paperkb.search.telling import telling_words

Found = dict[str, tuple[int, bytes]]
"""Entry → hit and packed places, as in ``Entries``."""
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
        withheld: Withheld = Withheld(),
    ) -> None:
        """``entries``: those of texts that were parsed just now; they are used up."""
        self.entries = entries
        self.withheld = withheld
        self.changes = changes
        self.postings = postings
        self.parts = ListParts(changes)
        self.related = related
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
            found_by: Found = {}
            old_facts: set[str] = set()
            self._touch_keys()
        else:
            query = f"select {_WAS}, {', '.join(_ORDERED_BY)} from note where key = ?"
            ((was_path, was_text, was_private, was, was_facts, *columns),) = self.index.rows(
                query, note.key
            )
            found_by, old_facts = self._found_by(note.key, was_path, was_text), _facts(was_facts)
            if was_private != int(note.fields.private):
                self.postings.mark_all()
                self._remove_postings(note.key, found_by, old_facts)
                found_by, old_facts = {}, set()
            old_names, old_labels = self._names(note.key), self._labels(note.key)
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
        self._put_labels(note, label_rows(note, parsed), old_labels)
        new_facts = facts(note.fields, note.tags, note.fields.topics, not parsed.is_empty)
        self._put_postings(note, found_by, old_facts, new_facts)
        self._put_telling(note, parsed, words)
        row = {
            **note_row(note, record),
            "number": self.changes.numbers[note.key],
            "facts": encode(sorted(new_facts)),
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
        self._remove_postings(key, self._found_by(key, path, text), _facts(stored))
        self.related.put_words(key, None)
        self._drop(key)
        for table in ("note", "catalogue"):
            self.index.write(f"delete from {table} where key = ?", [(key,)])
        self.index.write("delete from reads where reader = ?", [(key,)])

    def _drop(self, key: str) -> None:
        """Take a note out of all names and groups."""
        labels = self._labels(key)
        self.index.write(f"delete from name where key = ? and {_OF_NOTES}", [(key,)])
        self._put_labels_rows(key, labels, set(), private=False)

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

    # Search

    def _entries(self, key: str, path: str, text: bytes) -> Entries:
        """The entries of a note as it is, or was."""
        if found := self.entries.pop(text):
            return found
        # It was parsed earlier, or is called by its file's name.
        ((blob, body),) = self.index.rows("select note, body from parsed where key = ?", text)
        parsed: ParsedNote = decode(blob, ParsedNote)
        fields = note_of(key, path, text, parsed).fields
        return text_entries(texts_of(fields, parsed, decode(body, NoteBody)))

    def _found_by(self, key: str, path: str, text: bytes) -> Found:
        entries = self._entries(key, path, text)
        hits = array("I", entries.hits)
        return dict(zip(entries.names, zip(hits, entries.places, strict=True), strict=True))

    def _put_postings(
        self, note: Note, old: Found, old_facts: set[str], new_facts: set[str]
    ) -> None:
        number = self.changes.numbers[note.key]
        if not old:
            if number not in self.entries.added:
                self.postings.add(number, self._entries(note.key, note.path, note.text))
        else:
            new = self._found_by(note.key, note.path, note.text)
            self.postings.remove(number, (n for n, hit in old.items() if new.get(n) != hit))
            names = [name for name, hit in new.items() if old.get(name) != hit]
            hits = array("I", (new[name][0] for name in names))
            places = [new[name][1] for name in names]
            self.postings.add(number, Entries(names, hits.tobytes(), places))
        self.postings.remove(number, old_facts - new_facts)
        self.postings.add_facts(number, new_facts - old_facts)

    def _remove_postings(self, key: str, old: Found, old_facts: set[str]) -> None:
        self.postings.remove(self.changes.numbers[key], (*old, *old_facts))

    def _put_telling(self, note: Note, parsed: ParsedNote, words: bytes) -> None:
        if note.fields.private:
            self.related.put_words(note.key, None)
            return
        if not words:  # it is called by its file's name
            blob = self.index.value("select body from parsed where key = ?", note.text)
            words = encode(telling_words(texts_of(note.fields, parsed, decode(blob, NoteBody))))
        self.related.put_words(note.key, words)

    # Names

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

    # Groups

    def _labels(self, key: str) -> set[LabelRow]:
        query = "select kind, folded, written, times, own, address from label where key = ?"
        return {LabelRow(*row) for row in self.index.rows(query, key)}

    def _put_labels(self, note: Note, new: set[LabelRow], old: set[LabelRow]) -> None:
        self._put_labels_rows(note.key, old, new, private=note.fields.private)

    def _put_labels_rows(
        self, key: str, old: set[LabelRow], new: set[LabelRow], *, private: bool
    ) -> None:
        differ = sorted({(row.kind, row.folded, row.address) for row in old ^ new})
        self.parts.watch((kind, folded) for kind, folded, _ in differ)
        is_first = self.changes.is_first
        spelled = {} if is_first else {group: self._spelling(*group) for group in differ}
        self.index.write(
            "delete from label where kind = ? and folded = ? and key = ? and written = ?",
            ((row.kind, row.folded, key, row.written) for row in old - new),
        )
        self.index.write(
            "insert or replace into label values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    row.kind,
                    row.folded,
                    key,
                    row.written,
                    row.times,
                    row.own,
                    int(private),
                    row.address,
                )
                for row in new - old
            ),
        )
        if is_first:
            return  # nobody can have read a cell
        for kind in {kind for kind, _, _ in differ}:
            self.changes.touch("groups", kind)
            # What stands together on one page: every group that the note was or is in.
            for row in old | new:
                if row.kind == kind:
                    self.changes.touch("group", kind, row.folded)
                    self.changes.touch("company", kind, row.folded)
        for kind, topic, _ in differ:
            if kind == "topic":
                self.changes.touch("foundations", topic)
        for group, spelling in spelled.items():
            if self._spelling(*group) != spelling:
                self.changes.touch("spelling", group[0], group[1])
                self.changes.touch("address", group[0], group[2])

    def _spelling(self, kind: str, folded: str, _address: str) -> object:
        """How a group is written, by all and by public notes; nothing if it is empty."""
        return [
            self.index.rows(f"{_SPELLING} {where}", kind, folded)
            for where in (_SPELLING_END, f"and private = 0 {_SPELLING_END}")
        ]


def _facts(stored: bytes) -> set[str]:
    return set(decode(stored, list[str]))


_SPELLING = "select written from label where kind = ? and folded = ?"
_SPELLING_END = "group by written order by sum(times) desc, written limit 1"
"""A label is shown as it is most often written; of several such ways, the first."""
