"""The index: what was read before, so that a command's cost follows the change.

``.paperkb/index.sqlite`` in the vault (the folder ignores itself), or, where the vault cannot be
written, a file in the user's cache folder. It holds, for each file, when it was last read and the
hash of its bytes, and for each hash what parsing made of it. Time and size of a file are a hint,
the hash is the truth. Deleting the index changes nothing but time; an index that is damaged, of
another version or out of reach is one notice and no index.

Values are msgpack, decoded into the types of ``model.py`` and nothing else: an index that came with
somebody's repository can be wrong, but it can run nothing.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from paperkb.library.discover import FileEntry
from paperkb.model import NoteBody, ParsedNote

FOLDER = ".paperkb"
FILE_NAME = "index.sqlite"
SCHEMA = 1

_TABLES = """
create table if not exists file (
    path text primary key, size integer, mtime_ns integer, inode integer,
    read_ns integer, hash blob
) without rowid;
create table if not exists parsed (
    key blob primary key, note blob, body blob
) without rowid;
"""
_RACY_NS = 50_000_000
"""A file changed less than this before it was read may have changed once more in the same tick of
the clock, with the same size; so may one from the future."""

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """What the index knows of a file."""

    size: int
    mtime_ns: int
    inode: int
    read_ns: int
    hash: bytes

    def is_current(self, entry: FileEntry) -> bool:
        """Whether a file is surely as it was when it was read."""
        same = (self.size, self.mtime_ns, self.inode) == (entry.size, entry.mtime_ns, entry.inode)
        return same and self.mtime_ns < self.read_ns - _RACY_NS


def content_hash(data: bytes) -> bytes:
    """The hash of a file's bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


def index_path(root: Path) -> Path:
    """Where the index of a vault is: in it, or in the user's cache folder if it is read-only."""
    folder = root / FOLDER
    if _is_writable(folder if folder.is_dir() else root):
        return folder / FILE_NAME
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    name = hashlib.blake2b(str(root).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return Path(base) / "paperkb" / name / FILE_NAME


def _is_writable(folder: Path) -> bool:
    """Whether a folder may be written. Its own bits count for the superuser too, who could."""
    return os.access(folder, os.W_OK) and bool(folder.stat().st_mode & 0o222)


class Index:
    """An open index. Use ``open_index``; every method may be called after a failure and then does
    nothing, since ``failed`` was told to the reader already."""

    def __init__(self, connection: sqlite3.Connection | None, notice: Notice) -> None:
        self._connection = connection
        self._notice = notice

    # Reading

    def rows(self) -> dict[str, Row]:
        """All files that the index knows, by path."""
        query = "select path, size, mtime_ns, inode, read_ns, hash from file"
        return {path: Row(*rest) for path, *rest in self._select(query)}

    def notes(self, keys: Iterable[bytes]) -> dict[bytes, ParsedNote]:
        """The parsed notes that are stored under these keys."""
        wanted = set(keys)
        if not wanted:
            return {}
        found: dict[bytes, ParsedNote] = {}
        for key, blob in self._select("select key, note from parsed"):
            if key in wanted and (note := self._decoded(blob)) is not None:
                found[key] = note
        return found

    def body(self, key: bytes) -> NoteBody | None:
        """The body that is stored under a key."""
        for (blob,) in self._select("select body from parsed where key = ?", (key,)):
            try:
                return self._body_decoder.decode(blob)  # type: ignore[no-any-return]
            except ValueError:
                self._fail("its contents are damaged")
        return None

    # Writing

    def save(
        self,
        files: Mapping[str, Row],
        parsed: Iterable[tuple[bytes, ParsedNote, NoteBody]],
        *,
        gone: Iterable[str] = (),
        used: Iterable[bytes] | None = None,
    ) -> None:
        """Store files and what was made of them, forget ``gone`` paths, and, if ``used`` is given,
        every parse result that is not among these keys."""
        encode = self._encoder.encode
        with self._transaction() as connection:
            connection.executemany("delete from file where path = ?", ((p,) for p in gone))
            connection.executemany(
                "insert or replace into file values (?, ?, ?, ?, ?, ?)",
                (
                    (path, row.size, row.mtime_ns, row.inode, row.read_ns, row.hash)
                    for path, row in files.items()
                ),
            )
            connection.executemany(
                "insert or replace into parsed values (?, ?, ?)",
                ((key, encode(note), encode(body)) for key, note, body in parsed),
            )
            if used is not None:
                connection.execute("create temporary table used (key blob primary key)")
                connection.executemany(
                    "insert or ignore into used values (?)", ((key,) for key in used)
                )
                connection.execute("delete from parsed where key not in (select key from used)")
                connection.execute("drop table used")

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # Within

    @cached_property
    def _encoder(self) -> Any:
        import msgspec  # noqa: PLC0415 - only where there is something to store

        return msgspec.msgpack.Encoder()

    @cached_property
    def _note_decoder(self) -> Any:
        import msgspec  # noqa: PLC0415 - likewise

        return msgspec.msgpack.Decoder(ParsedNote)

    @cached_property
    def _body_decoder(self) -> Any:
        import msgspec  # noqa: PLC0415 - likewise

        return msgspec.msgpack.Decoder(NoteBody)

    def _decoded(self, blob: bytes) -> ParsedNote | None:
        try:
            return self._note_decoder.decode(blob)  # type: ignore[no-any-return]
        except ValueError:
            self._fail("its contents are damaged")
            return None

    def _select(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        if self._connection is None:
            return
        try:
            yield from self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._fail(str(error))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection or sqlite3.connect(":memory:")
        try:
            if self._connection is None:
                connection.executescript(_TABLES)
            connection.execute("begin immediate")
            yield connection
            connection.execute("commit")
        except sqlite3.Error as error:
            self._fail(str(error))

    def _fail(self, why: str) -> None:
        if self._connection is not None:
            self._notice(f"the index is not used: {why}")
            self.close()


def open_index(root: Path, notice: Notice) -> Index:
    """The index of a vault; a new one where there is none, or none that can be used."""
    path = index_path(root)
    for attempt in range(2):
        try:
            _prepare(path.parent)
            return Index(_connect(path), notice)
        except (sqlite3.Error, OSError) as error:
            damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(
                error, sqlite3.OperationalError
            )
            if not damaged or attempt:
                notice(f"the index is not used: {error}")
                break
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
    return Index(None, notice)


def now_ns() -> int:
    """The time of reading, on the clock of the files."""
    return time.time_ns()


def _prepare(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        (version,) = connection.execute("pragma user_version").fetchone()
        if version not in (0, SCHEMA):
            raise sqlite3.DatabaseError(f"it is of version {version}")
        connection.executescript(_TABLES)
        connection.execute(f"pragma user_version = {SCHEMA}")
    except BaseException:
        connection.close()
        raise
    return connection
