"""The library's tables follow the files: only rows of what changed are made anew.

Everything that changes touches its cells, and the links of a note are resolved again if it changed
itself, or if a cell that they read was touched. What depends on them (pages) finds in ``cell`` when
each was last touched.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from paperkb.library.cells import cell, is_stale, packed
from paperkb.library.discover import FileEntry
from paperkb.library.index import Index, decode, encode
from paperkb.library.lookup import Lookup
from paperkb.library.names import fold
from paperkb.library.parse_files import Bibliography
from paperkb.library.resolve import Resolver
from paperkb.library.rows import (
    LabelRow,
    LinkRow,
    Record,
    file_address,
    label_rows,
    link_rows,
    name_rows,
    note_of,
    note_row,
    page_address,
)
from paperkb.library.shelves import position
from paperkb.model import Ambiguous, Found, KnownWork, Note, ParsedNote, Resolution
from paperkb.watch import Watch

PRELOAD_FROM = 50
"""Notes to resolve from which all names are read at once rather than asked for one by one."""
_MOST_CELLS = 500_000
"""Cells that are remembered; beyond it, all is taken for touched once."""


class NoteFile(NamedTuple):
    """A note as the vault lists it; ``text`` is the key of its parse result."""

    key: str
    path: str
    text: bytes


@dataclass(slots=True)
class Relation:
    """One update of the tables. Everything happens within the caller's transaction."""

    index: Index
    watch: Watch
    touched: set[int] = field(default_factory=set)
    is_first: bool = False

    def update(
        self,
        notes: Sequence[NoteFile],
        bibliographies: Sequence[bytes] | None,
        attachments: Sequence[FileEntry],
    ) -> None:
        """Make the tables those of these files. ``bibliographies`` are keys of parse results, in
        the order of their paths; none: they are as they were."""
        before = dict(self._notes_before())
        self.is_first = not before
        now = {note.key: (note.path, note.text) for note in notes}
        changed = [note for note in notes if before.get(note.key) != now[note.key]]
        gone = before.keys() - now.keys()
        with self.watch.step("relate", len(changed)):
            for key in gone:
                self._remove(key)
            for note in changed:
                self._put(note, is_new=note.key not in before)
                self.watch.advance()
            if bibliographies is not None:
                self._put_known(bibliographies)
            self._put_attachments(attachments)
        stale = {note.key for note in changed} | self._readers()
        with self.watch.step("resolve links", len(stale)):
            self._resolve(sorted(stale))
        self._record()

    def touch(self, *name: str) -> None:
        """The fact of this name changed."""
        if not self.is_first:
            self.touched.add(cell(*name))

    # Notes

    def _notes_before(self) -> Iterable[tuple[str, tuple[str, bytes]]]:
        for key, path, text in self.index.rows("select key, path, text from note"):
            yield key, (path, text)

    def _put(self, file: NoteFile, *, is_new: bool) -> None:
        blob = self.index.value("select note from parsed where key = ?", file.text)
        parsed = decode(blob, ParsedNote)
        note = note_of(file.key, file.path, file.text, parsed)
        record = encode((note.fields, note.tags))
        self.touch("text", note.key)
        self.touch("anchors", note.key)
        if is_new:
            old_names: set[tuple[str, str]] = set()
            old_labels: set[LabelRow] = set()
            was: Any = None
        else:
            ((was_path, was_private, was_position, was),) = self.index.rows(
                "select path, private, position, record from note where key = ?", note.key
            )
            old_names, old_labels = self._names(note.key), self._labels(note.key)
            if (was_path, was_private, was_position) != (
                note.path, int(note.fields.private), position(note)
            ):  # its place in every list
                self._touch_names(old_names)
                self._drop(note.key)
                old_names, old_labels, was = set(), set(), None
        self._put_names(note, old_names)
        self._put_labels(note, label_rows(note, parsed), old_labels)
        if record != was:
            self._touch_work(note.key)
        if was is None:
            self.touch("address", "note", page_address(note.key))
        self.index.write(
            "insert or replace into note values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [note_row(note, record)],
        )

    def _remove(self, key: str) -> None:
        self._touch_names(self._names(key))
        self.touch("text", key)
        self.touch("anchors", key)
        self._touch_work(key)
        self.touch("address", "note", self.index.value("select address from note where key = ?", key))
        self._drop(key)
        self._replace_links(key, [])
        self.index.write("delete from note where key = ?", [(key,)])
        self.index.write("delete from reads where reader = ?", [(key,)])

    def _drop(self, key: str) -> None:
        """Take a note out of all names and groups."""
        labels = self._labels(key)
        self.index.write("delete from name where key = ? and kind in ('path', 'stem', 'alias', 'id')",
                         [(key,)])  # fmt: skip
        self._put_labels_rows(key, labels, set(), private=False)

    def _touch_work(self, key: str) -> None:
        self.touch("work", key)
        self.touch("notes")

    # Names

    def _names(self, key: str) -> set[tuple[str, str]]:
        query = "select kind, name from name where key = ? and kind in ('path', 'stem', 'alias', 'id')"
        return set(self.index.rows(query, key))  # type: ignore[arg-type]

    def _put_names(self, note: Note, old: set[tuple[str, str]]) -> None:
        new = name_rows(note)
        self._touch_names(new ^ old)
        self.index.write(
            "delete from name where kind = ? and name = ? and rank = ?",
            ((*row, note.path) for row in old - new),
        )
        self.index.write(
            "insert or replace into name values (?, ?, ?, ?)",
            ((*row, note.path, note.key) for row in new - old),
        )

    def _touch_names(self, names: Iterable[tuple[str, str]]) -> None:
        for kind, name in names:
            self.touch("name", kind, name)

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
        spelled = {} if self.is_first else {group: self._spelling(*group) for group in differ}
        self.index.write(
            "delete from label where kind = ? and folded = ? and key = ? and written = ?",
            ((row.kind, row.folded, key, row.written) for row in old - new),
        )
        self.index.write(
            "insert or replace into label values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (row.kind, row.folded, key, row.written, row.times, row.own, int(private), row.address)
                for row in new - old
            ),
        )
        for kind in {kind for kind, _, _ in differ}:
            self.touch("groups", kind)
            # What stands together on one page: every group that the note was or is in.
            for row in old | new:
                if row.kind == kind:
                    self.touch("group", kind, row.folded)
        for group, spelling in spelled.items():
            if self._spelling(*group) != spelling:
                self.touch("spelling", group[0], group[1])
                self.touch("address", group[0], group[2])

    def _spelling(self, kind: str, folded: str, _address: str) -> object:
        """How a group is written, by all and by public notes; nothing if it is empty."""
        return [
            self.index.rows(f"{SPELLING} {where}", kind, folded)  # noqa: S608
            for where in (SPELLING_END, f"and private = 0 {SPELLING_END}")
        ]

    # Papers without a note, and files

    def _put_known(self, bibliographies: Sequence[bytes]) -> None:
        now: dict[str, tuple[str, KnownWork]] = {}
        for number, key in enumerate(bibliographies):
            blob = self.index.value("select note from parsed where key = ?", key)
            works, _ = decode(blob, Bibliography)
            for line, work in enumerate(works):
                now.setdefault(work.key, (f"{number:06}-{line:08}", work))
        before = {key: (rank, blob) for key, rank, blob in
                  self.index.rows("select key, rank, work from known")}  # fmt: skip
        for key in before.keys() - now.keys():
            self._remove_known(key)
        for key, (rank, work) in now.items():
            blob = encode(work)
            if before.get(key) == (rank, blob):
                continue
            if key in before:
                self._remove_known(key)
            self.touch("work", key)
            rows = [("known", fold(key)), *(("known-id", name) for name in work.work.ids)]
            self._touch_names(rows)
            self.index.write("insert into known values (?, ?, ?)", [(key, rank, blob)])
            self.index.write(
                "insert or replace into name values (?, ?, ?, ?)",
                ((*row, rank, key) for row in rows),
            )

    def _remove_known(self, key: str) -> None:
        rows = self.index.rows(
            "select kind, name from name where key = ? and kind in ('known', 'known-id')", key
        )
        self._touch_names(rows)  # type: ignore[arg-type]
        self.touch("work", key)
        self.index.write("delete from known where key = ?", [(key,)])
        self.index.write(
            "delete from name where key = ? and kind in ('known', 'known-id')", [(key,)]
        )

    def _put_attachments(self, files: Sequence[FileEntry]) -> None:
        before = dict(self.index.rows("select path, stamp from attachment"))
        now = {entry.path: f"{entry.size}-{entry.mtime_ns}" for entry in files}
        came, gone = now.keys() - before.keys(), before.keys() - now.keys()
        for path in now.keys() & before.keys():
            if now[path] != before[path]:
                self.touch("file", path)
                self.index.write("update attachment set stamp = ? where path = ?", [(now[path], path)])
        for path in (*came, *gone):
            self.touch("file", path)
            self.touch("address", "file", file_address(path))
            self.touch("name", "file", fold(path.rpartition("/")[2]))
        self.index.write("delete from attachment where path = ?", ((path,) for path in gone))
        self.index.write("delete from name where kind = 'file' and key = ?", ((p,) for p in gone))
        self.index.write(
            "insert into attachment values (?, ?, ?)",
            ((path, file_address(path), now[path]) for path in came),
        )
        self.index.write(
            "insert into name values ('file', ?, ?, ?)",
            ((fold(path.rpartition("/")[2]), path, path) for path in came),
        )

    # Links

    def _readers(self) -> set[str]:
        if not self.touched:
            return set()
        return {
            reader
            for reader, cells in self.index.rows("select reader, cells from reads")
            if is_stale(cells, self.touched)
        }

    def _resolve(self, keys: Sequence[str]) -> None:
        lookup = Lookup(self.index, preload=len(keys) >= PRELOAD_FROM)
        resolver = Resolver(lookup)
        private = frozenset(
            key for (key,) in self.index.rows("select key from note where private = 1")
        )
        for key in keys:
            note, parsed = self._note(key)
            lookup.reads.clear()
            found = [resolver.resolve(link, note) for link in parsed.links]
            rows = link_rows(note, parsed.links, found, private & _targets(found))
            self._replace_links(key, rows)
            self.index.write(
                "insert or replace into reads values (?, ?)", [(key, packed(lookup.reads))]
            )
            self.watch.advance()

    def _note(self, key: str) -> tuple[Note, ParsedNote]:
        query = (
            "select path, text, record, parsed.note from note"
            " join parsed on parsed.key = text where note.key = ?"
        )
        ((path, text, record, blob),) = self.index.rows(query, key)
        fields, tags = decode(record, Record)
        return Note(key, path, fields, tags, text), decode(blob, ParsedNote)

    def _replace_links(self, source: str, rows: Sequence[LinkRow]) -> None:
        columns = "ordinal, audience, outcome, target, anchor, kind, line, column, sentence"
        old: list[LinkRow] = []
        if not self.is_first:
            query = f"select {columns} from link where source = ? order by ordinal, audience"  # noqa: S608
            old = [LinkRow(*row) for row in self.index.rows(query, source)]
            if old == list(rows):
                return
            self.index.write("delete from link where source = ?", [(source,)])
        self.index.write(
            "insert into link values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((source, *row) for row in rows),
        )
        self._touch_links(source, old, rows)

    def _touch_links(self, source: str, old: Sequence[LinkRow], new: Sequence[LinkRow]) -> None:
        self.touch("links", source)
        before, after = ([row.shown for row in rows] for rows in (old, new))
        if before == after:
            return
        self.touch("references")
        differ = {*before} ^ {*after}
        hidden = any(shown[1] == "hidden" for shown in differ)
        for row in (*old, *new):
            # A link to a private note hides the sentences that name it, wherever they are shown.
            if row.outcome in ("found", "known") and (hidden or row.shown in differ):
                self.touch("citing", row.target)
            elif row.outcome == "file":
                self.touch("file", row.target)

    # The record of it

    def _record(self) -> None:
        generation = int(self.index.state("generation") or 0) + 1
        known = self.index.value("select count(*) from cell")
        if self.is_first or known + len(self.touched) > _MOST_CELLS:
            self.index.write("delete from cell", [()])
            self.index.set_state("identity", secrets.token_hex(8))
        self.index.write(
            "insert or replace into cell values (?, ?)", ((id_, generation) for id_ in self.touched)
        )
        self.index.set_state("generation", str(generation))


SPELLING = "select written from label where kind = ? and folded = ?"
SPELLING_END = "group by written order by sum(times) desc, written limit 1"
"""A label is shown as it is most often written; of several such ways, the first."""


def _targets(found: Iterable[Resolution]) -> frozenset[str]:
    keys: set[str] = set()
    for resolution in found:
        match resolution:
            case Found(key):
                keys.add(key)
            case Ambiguous(candidates):
                keys.update(candidates)
    return frozenset(keys)
