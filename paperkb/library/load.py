"""Folder → ``Library``: list the files, read and parse what changed, relate it to the rest."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from paperkb.config import Settings
from paperkb.library.discover import Discovered, discover
from paperkb.library.index import Index, IndexBusy
from paperkb.library.library import Library
from paperkb.library.names import keyed
from paperkb.library.withheld import Withheld
from paperkb.model import Problem
from paperkb.notes.parse_settings import PARSER_VERSION, ParseSettings
from paperkb.watch import SILENT, Watch
from paperkb.workers import Workers

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from paperkb.library.parse_files import Contents, Row


def load_library(
    root: Path,
    settings: Settings,
    index: Index | None = None,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    watch: Watch = SILENT,
    meanwhile: Callable[[], None] = lambda: None,
) -> Library:
    """Read a vault. What cannot be read is a problem of the library; the rest is there.

    With an ``index``, only what changed since is read. ``jobs`` is the number of processes that
    parse (0: as many as there are cores); with ``executor``, its workers parse instead. The result
    is the same with and without any of them. ``meanwhile`` is what to do here while another process
    parses a few notes: to import what comes next, for one.
    """
    index = index or Index()
    with Workers(jobs, executor) as workers:
        try:
            problems = refresh(index, root, settings, workers, watch, meanwhile)
        except (sqlite3.Error, IndexBusy) as error:
            index.abandon(error)
            problems = refresh(index, root, settings, workers, watch)
    return Library(root, settings, index, tuple(problems))


def refresh(
    index: Index,
    root: Path,
    settings: Settings,
    workers: Workers,
    watch: Watch = SILENT,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Problem]:
    """Bring an index up to date with the files, and return the problems of listing them.

    Raises:
        sqlite3.Error: the index cannot be written.
        IndexDamaged: the index holds what nobody wrote.
    """
    found = discover(root, settings)
    problems = list(found.problems)
    parse_settings = ParseSettings(settings.macros, settings.extra_fields)
    withheld = Withheld(settings.withheld)
    listing = _digest(found, parse_settings, withheld)
    if index.state("listing") == listing:
        return problems
    from paperkb.library.parse_files import (  # noqa: PLC0415 - only after a change
        parser_beside,
        read_contents,
    )

    def prepare() -> None:
        import paperkb.library.relate  # noqa: F401, PLC0415 - what comes next

        meanwhile()

    with parser_beside(found, index, workers, prepare) as beside:
        contents = read_contents(found, parse_settings, index, problems, workers, watch, beside)
    with index.transaction():
        if index.state("listing") != listing:  # nobody else was faster
            _store(index, found, contents, withheld, watch)
            is_lasting = contents.settled and len(problems) == len(found.problems)
            index.set_state("listing", listing if is_lasting else "")
    return problems


def _store(
    index: Index, found: Discovered, contents: Contents, withheld: Withheld, watch: Watch
) -> None:
    from paperkb.library.introductions import (  # noqa: PLC0415 - only after a change
        find_introductions,
    )
    from paperkb.library.relate import VaultFiles, relate  # noqa: PLC0415 - likewise
    from paperkb.library.relate_notes import NoteFile  # noqa: PLC0415 - likewise

    index.write("delete from file where path = ?", ((path,) for path in contents.gone))
    index.write(
        "insert or replace into file values (?, ?, ?, ?, ?, ?, ?)",
        ((path, *row) for path, row in contents.new.items()),
    )
    texts = {
        entry.path: contents.rows[entry.path].key
        for entry in found.notes
        if entry.path in contents.rows
    }
    introductions = find_introductions(index, texts, withheld)
    apart = frozenset(introductions.values())
    paths = [path for path in texts if path not in apart]
    notes = [
        NoteFile(key, path, texts[path]) for key, path in zip(keyed(paths), paths, strict=True)
    ]
    bibliographies = _keys(found, contents.rows)
    as_before = json.dumps([key.hex() for key in bibliographies])
    others = (*found.others, *found.bibliographies)
    files = VaultFiles(
        notes,
        {address: (path, texts[path]) for address, path in introductions.items()},
        others,
        None if index.state("bibliographies") == as_before else bibliographies,
    )
    relate(index, watch, files, contents.entries, withheld)
    index.set_state("bibliographies", as_before)
    odd = {entry.path: entry.full for entry in (*found.notes, *others)
           if not entry.full.endswith(entry.path)}  # fmt: skip
    index.set_state("odd names", json.dumps(odd))
    _drop_unused(index, len(contents.new) + len(contents.gone))


def _keys(found: Discovered, rows: dict[str, Row]) -> list[bytes]:
    return [rows[entry.path].key for entry in found.bibliographies if entry.path in rows]


def _drop_unused(index: Index, changes: int) -> None:
    """Forget parse results of bytes that no file has any more: some are kept for who goes back."""
    used = "select hash from file"
    (files,), (parsed,) = index.rows(
        "select count(*) from file union all select count(*) from parsed"
    )
    if parsed > files + max(files // 4, 50) or changes > max(files // 4, 50):
        index.write(f"delete from parsed where key not in ({used})", [()])


def _digest(found: Discovered, settings: ParseSettings, withheld: Withheld) -> str:
    """A hash of all that a listing shows: the same digest, the same library."""
    entries = (*found.notes, *found.bibliographies, *found.others)
    text = repr((PARSER_VERSION, settings, withheld)) + "".join(
        f"\0{entry.full}\0{entry.size} {entry.mtime_ns} {entry.inode} {entry.ctime_ns}"
        for entry in entries
    )
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
