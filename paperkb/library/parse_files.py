"""Files → parsed notes: from the index where their bytes are known, else by parsing, in parallel.

Parsing is a pure function of bytes, so it can run anywhere: in this process, in as many others as
there are cores, or in any executor with the interface of ``concurrent.futures``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from paperkb.library.discover import FileEntry, read_file
from paperkb.library.index import Index, Row, content_hash, now_ns
from paperkb.model import NoteBody, ParsedNote, Problem
from paperkb.notes.parse_settings import PARSER_VERSION, ParseSettings

CHUNK = 64
"""Notes that one task parses: enough to outweigh the way to another process and back."""
PARALLEL_FROM = 400
"""Notes to parse below which starting processes costs more than it brings."""


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A file's parsed note, without its body if the index has that under ``key``."""

    entry: FileEntry
    note: ParsedNote
    key: bytes
    unread: bool


@dataclass(frozen=True, slots=True)
class _Unread:
    """A file whose bytes must be looked at, with what they turned out to be."""

    entry: FileEntry
    data: bytes
    row: Row
    key: bytes


def read_notes(
    entries: Sequence[FileEntry],
    settings: ParseSettings,
    index: Index,
    problems: list[Problem],
    *,
    jobs: int = 0,
    executor: Executor | None = None,
) -> list[ReadNote]:
    """The parsed notes of some files, in their order.

    A file that cannot be read is added to ``problems`` and left out. ``jobs`` is the number of
    processes (0: as many as there are cores); with ``executor``, its workers parse instead.
    """
    rows = index.rows()
    salt = content_hash(repr((PARSER_VERSION, settings)).encode())
    current = {e.path: row for e in entries if (row := rows.get(e.path)) and row.is_current(e)}
    unread = {
        found.entry.path: found
        for entry in entries
        if entry.path not in current and (found := _read(entry, salt, problems))
    }
    keys = {path: _key(row.hash, salt) for path, row in current.items()}
    keys |= {path: found.key for path, found in unread.items()}
    known = index.notes(keys.values())
    # What the index lost is read again; what it knows under other names is not parsed again.
    lost = [e for e in entries if e.path in current and keys[e.path] not in known]
    for entry in lost:
        if found := _read(entry, salt, problems):
            unread[entry.path] = found
    to_parse = {u.key: u.data for u in unread.values() if u.key not in known}
    parsed = dict(
        zip(to_parse, _parse(list(to_parse.values()), settings, jobs, executor), strict=True)
    )
    gone = rows.keys() - {entry.path for entry in entries}
    if unread or gone:
        index.save(
            {path: found.row for path, found in unread.items()},
            ((key, _without_body(note), note.body) for key, note in parsed.items()),
            gone=gone,
            used=keys.values() if _is_wasteful(rows, gone, unread) else None,
        )
    return [
        ReadNote(entry, parsed[key] if key in parsed else known[key], key, key not in parsed)
        for entry in entries
        if (key := keys.get(entry.path, b"")) in parsed or key in known
    ]


def _read(entry: FileEntry, salt: bytes, problems: list[Problem]) -> _Unread | None:
    read_ns = now_ns()
    data = read_file(entry, problems)
    if data is None:
        return None
    found = content_hash(data)
    # A file that changed since it was listed is not known by its listing.
    size = entry.size if len(data) == entry.size else -1
    row = Row(size, entry.mtime_ns, entry.inode, read_ns, found)
    return _Unread(entry, data, row, _key(found, salt))


def _key(content: bytes, salt: bytes) -> bytes:
    return content_hash(content + salt)


def _without_body(note: ParsedNote) -> ParsedNote:
    return replace(note, body=NoteBody())


def _is_wasteful(rows: dict[str, Row], gone: Iterable[str], unread: dict[str, _Unread]) -> bool:
    """Whether much of the index may be of no use any more: then what is not used is dropped."""
    return len(list(gone)) + len(unread) > max(len(rows) // 4, 50)


def _parse(
    data: Sequence[bytes], settings: ParseSettings, jobs: int, executor: Executor | None
) -> Iterator[ParsedNote]:
    """Parse in chunks; the results come in the order of ``data``, whoever made them."""
    jobs = jobs or os.cpu_count() or 1
    if not data:
        return
    if executor is None and (jobs == 1 or len(data) < PARALLEL_FROM):
        yield from parse_chunk(data, settings)
        return
    chunks = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)]
    if executor is not None:
        yield from _in_executor(executor, chunks, settings)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - large vaults only

    with ProcessPoolExecutor(max_workers=jobs) as pool:
        yield from _in_executor(pool, chunks, settings)


def _in_executor(
    executor: Executor, chunks: Sequence[Sequence[bytes]], settings: ParseSettings
) -> Iterator[ParsedNote]:
    futures = [executor.submit(parse_chunk, chunk, settings) for chunk in chunks]
    for future in futures:
        yield from future.result()


def parse_chunk(data: Sequence[bytes], settings: ParseSettings) -> list[ParsedNote]:
    """Parse some notes: the task that is sent to another process."""
    from paperkb.notes.parse import parse_note  # noqa: PLC0415 - brings mistune

    return [parse_note(one, settings) for one in data]
