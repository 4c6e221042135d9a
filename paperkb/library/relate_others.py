"""The rows of what is no note: papers from bibliographies, introductions to topics, and files that
notes link to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paperkb.library.changes import Changes
from paperkb.library.discover import FileEntry
from paperkb.library.index import Index, decode, encode
from paperkb.library.names import fold
from paperkb.library.rows import file_address
from paperkb.library.stored import Bibliography, introduction_key
from paperkb.library.withheld import Withheld
from paperkb.model import KnownWork, ParsedNote


class OtherRows:
    """Puts known papers, introductions and attachments into the tables."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.index: Index = changes.index

    def put_known(self, bibliographies: Sequence[bytes]) -> None:
        """Make the known papers those of these bibliographies; of two entries with one key, the
        first counts."""
        now: dict[str, tuple[str, KnownWork]] = {}
        for text in bibliographies:
            blob = self.index.value("select note from parsed where key = ?", text)
            works: tuple[KnownWork, ...] = decode(blob, Bibliography)[0]
            for line, work in enumerate(works):
                now.setdefault(work.key, (f"{work.place.path}\x1f{line:08}", work))
        before = {key: (rank, blob) for key, rank, blob in
                  self.index.rows("select key, rank, work from known")}  # fmt: skip
        for key in before.keys() - now.keys():
            self._remove_known(key)
        for key, (rank, work) in now.items():
            stored = encode(work)
            if before.get(key) == (rank, stored):
                continue
            if key in before:
                self._remove_known(key)
            self.changes.touch("work", key)
            rows = [("known", fold(key)), *(("known-id", name) for name in work.work.ids)]
            self.changes.touch_names(set(rows))
            self.index.write("insert into known values (?, ?, ?)", [(key, rank, stored)])
            self.index.write(
                "insert or replace into name values (?, ?, ?, ?)",
                ((*row, rank, key) for row in rows),
            )

    def _remove_known(self, key: str) -> None:
        query = "select kind, name from name where key = ? and kind in ('known', 'known-id')"
        self.changes.touch_names({(kind, name) for kind, name in self.index.rows(query, key)})
        self.changes.touch("work", key)
        self.index.write("delete from known where key = ?", [(key,)])
        self.index.write(
            "delete from name where key = ? and kind in ('known', 'known-id')", [(key,)]
        )

    def put_introductions(
        self, now: Mapping[str, tuple[str, bytes]], withheld: Withheld
    ) -> tuple[list[str], set[str]]:
        """Make the introductions those of these topics: address → (path, text). Returns the keys of
        those that are gone, and of those whose links are to be resolved."""
        query = "select address, path, text, withheld from introduction"
        before = {address: tuple(row) for address, *row in self.index.rows(query)}
        states = {a: (*file, int(withheld.file(file[0]))) for a, file in now.items()}
        changed = {address for address in now if before.get(address) != states[address]}
        gone = before.keys() - now.keys()
        for address in (*changed, *gone):
            self.changes.touch("introduction", address)
            self.changes.touch("introductions")
        self.index.write("delete from introduction where address = ?", ((a,) for a in gone))
        self.index.write(
            "delete from reads where reader = ?", ((introduction_key(a),) for a in gone)
        )
        for address in sorted(changed):
            path, text, is_withheld = states[address]
            blob = self.index.value("select note from parsed where key = ?", text)
            fields = decode(blob, ParsedNote).fields
            self.index.write(
                "insert or replace into introduction values (?, ?, ?, ?, ?, ?)",
                [(address, path, text, is_withheld, is_withheld or fields.private, fields.tldr)],
            )
        return [introduction_key(address) for address in sorted(gone)], {
            introduction_key(address) for address in changed
        }

    def put_attachments(self, files: Sequence[FileEntry]) -> None:
        """Make the attachments those of the vault."""
        before = dict(self.index.rows("select path, stamp from attachment"))
        now = {entry.path: f"{entry.size}-{entry.mtime_ns}" for entry in files}
        came, gone = now.keys() - before.keys(), before.keys() - now.keys()
        for path in now.keys() & before.keys():
            if now[path] != before[path]:
                self.changes.touch("file", path)
                self.index.write(
                    "update attachment set stamp = ? where path = ?", [(now[path], path)]
                )
        for path in (*came, *gone):
            self.changes.touch("file", path)
            self.changes.touch("address", "file", file_address(path))
            self.changes.touch("name", "file", fold(path.rpartition("/")[2]))
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
