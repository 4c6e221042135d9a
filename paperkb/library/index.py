"""The index: one SQLite file that holds what was read before, so that cost follows the change.

``.paperkb/index.sqlite`` in the vault (the folder ignores itself), or, where the vault cannot be
written, a file in the user's cache folder. Deleting it changes nothing but time. What cannot be
opened, or fills the disk, is one notice, and the same tables in memory.

This file knows how to open, write and abandon the index; what is in it is said by ``tables.py``.
Values are msgpack, decoded into the types of ``model.py`` and nothing else: an index that came with
somebody's repository can be wrong, but it can run nothing.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from paperkb.library.tables import INDEXES, SCHEMA, TABLES
from paperkb.user_cache import cache_folder

FOLDER = ".paperkb"
FILE_NAME = "index.sqlite"
_LOCK_TIMEOUT = 60.0
"""Seconds to wait for another process that writes: longer than it ever holds the index."""

_CACHE = "pragma cache_size = -{}"
_CACHE_KIB = 1 << 15
"""Pages of the file that a process has at hand, however large the vault: no more helps to read, nor
does mapping the file."""
_FILLING_KIB = 2.5
"""Likewise, for each note, while tables are filled: rows come in an order that is not theirs."""
_CREATE = "create index if not exists {} on {}"

Notice = Callable[[str], None]


class IndexDamaged(Exception):  # noqa: N818 - says what it is
    """The index holds what nobody wrote. ``forget_index`` and a second try are the cure."""


class IndexBusy(Exception):  # noqa: N818 - likewise
    """The index cannot be read just now: another process has held it for too long, or the disk
    does not answer."""


def index_path(root: Path) -> Path:
    """Where the index of a vault is: in it, or in the user's cache folder if it is read-only."""
    folder = root / FOLDER
    if _is_writable(folder if folder.is_dir() else root):
        return folder / FILE_NAME
    name = hashlib.blake2b(str(root).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return (cache_folder() or folder) / name / FILE_NAME


def _is_writable(folder: Path) -> bool:
    """Whether a folder may be written. Its own bits count for the superuser too, who could."""
    return os.access(folder, os.W_OK) and bool(folder.stat().st_mode & 0o222)


class Index:
    """An open index. ``path`` is its file, which other processes may open to read; none if its
    tables are in memory."""

    def __init__(self, path: Path | None = None, notice: Notice = lambda _: None) -> None:
        self.path = path
        self._notice = notice
        self._connection = _connect(path)
        self._process = os.getpid()
        self._inherited: sqlite3.Connection | None = None

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query.

        Raises:
            IndexDamaged: the file is not what SQLite wrote.
            IndexBusy: it cannot be read now.
        """
        try:
            return self._connection.execute(query, values).fetchall()
        except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # a fault of this program, which no other file would mend
        except sqlite3.OperationalError as error:
            raise IndexBusy(str(error)) from error
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(str(error)) from error

    def value(self, query: str, *values: object) -> Any:
        """The only value of a query; nothing if there is no row."""
        rows = self.rows(query, *values)
        return rows[0][0] if rows else None

    def write(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run a statement for each row. Only within ``transaction``."""
        self._connection.executemany(query, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes within, or none. Other processes that write wait.

        Raises:
            sqlite3.Error: the disk is full, or the file is damaged.
        """
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    @contextmanager
    def filling(self, notes: int) -> Iterator[None]:
        """Within, empty tables are filled faster with the rows of so many notes: they have no
        ``INDEXES``, and more of their pages are at hand. Only within ``transaction``."""
        for name in INDEXES:
            self._connection.execute(f"drop index {name}")
        self._connection.execute(_CACHE.format(max(_CACHE_KIB, int(notes * _FILLING_KIB))))
        yield
        self._connection.execute(_CACHE.format(_CACHE_KIB))
        for name, what in INDEXES.items():
            self._connection.execute(_CREATE.format(name, what))

    def state(self, name: str) -> str:
        """A small value that is kept by name; empty if there is none."""
        return self.value("select value from state where name = ?", name) or ""

    def set_state(self, name: str, value: str) -> None:
        """Keep a small value. Only within ``transaction``."""
        self.write("insert or replace into state values (?, ?)", [(name, value)])

    def tell(self, why: object) -> None:
        """Tell the reader that something could not be kept, and why."""
        self._notice(f"the index is not used: {why}")

    def abandon(self, why: object) -> None:
        """Tell the reader why the file is not used, and go on with empty tables in memory."""
        self.tell(why)
        self.close()
        self.path = None
        self._connection = _connect(None)

    def reopen(self) -> None:
        """In a process that was forked: go on with a connection of its own. The other one stays
        open, and is not touched: SQLite does not share it."""
        if os.getpid() != self._process:
            self._inherited = self._connection
            self._connection = _connect(self.path)
            self._process = os.getpid()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def open_index(root: Path, notice: Notice) -> Index:
    """The index of a vault: the one that is there, else a new one, else one in memory."""
    path = index_path(root)
    for attempt in range(2):
        try:
            _prepare(path.parent)
            return Index(path, notice)
        except (sqlite3.Error, OSError) as error:
            damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(
                error, sqlite3.OperationalError
            )
            if not damaged or attempt:
                notice(f"the index is not used: {error}")
                break
            forget_index(root)
    return Index()


def forget_index(root: Path) -> None:
    """Remove the index of a vault: the next command makes it anew."""
    path = index_path(root)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def encode(value: object) -> bytes:
    """A value as msgpack."""
    return _encoder().encode(value)  # type: ignore[no-any-return]


def decode(blob: bytes, kind: Any) -> Any:
    """A value of a type, which may be a tuple of types.

    Raises:
        IndexDamaged: the bytes hold something else.
    """
    decoder = _decoder(kind)
    try:
        return decoder.decode(blob)
    except (ValueError, TypeError) as error:
        raise IndexDamaged(str(error)) from error


@lru_cache
def _encoder() -> Any:
    import msgspec  # noqa: PLC0415 - only where there is something to store

    return msgspec.msgpack.Encoder(order="deterministic")


@lru_cache
def _decoder(kind: Any) -> Any:
    import msgspec  # noqa: PLC0415 - likewise

    return msgspec.msgpack.Decoder(kind)


def _prepare(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)  # another process may be as fast
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")


def _connect(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path or ":memory:", timeout=_LOCK_TIMEOUT, isolation_level=None, cached_statements=256
    )
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma temp_store = memory")
        connection.execute(_CACHE.format(_CACHE_KIB))
        (version,) = connection.execute("pragma user_version").fetchone()
        if version == 0:
            made = "".join(f"{_CREATE.format(name, what)};" for name, what in INDEXES.items())
            connection.executescript(f"begin immediate;{TABLES}{made}commit;")
            connection.execute(f"pragma user_version = {SCHEMA}")
        elif version != SCHEMA:
            raise sqlite3.DatabaseError(f"it is of version {version}")
    except BaseException:
        connection.close()
        raise
    return connection
