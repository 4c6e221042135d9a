"""Files → parse results in the index: what is known by its bytes is not parsed again.

Parsing is a pure function of bytes, so it can run anywhere: in this process, in as many others as
there are cores, or in any executor with the interface of ``concurrent.futures``.
"""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from typing import NamedTuple

from paperkb.beside import Beside
from paperkb.library.discover import Discovered, FileEntry, read_file
from paperkb.library.fresh import FreshEntries
from paperkb.library.index import Index, decode, encode
from paperkb.library.introductions import is_candidate
from paperkb.model import Fields, NoteBody, ParsedNote, Problem, replace
from paperkb.notes.parse_settings import PARSER_VERSION, ParseSettings
from paperkb.search.document import Texts, text_entries
from paperkb.search.telling import telling_words
from paperkb.watch import Watch
from paperkb.workers import Workers, chunks

CHUNK = 32
"""Notes that one task parses: enough to outweigh the way to another process and back."""
PARALLEL_FROM = 300
"""Notes to parse below which starting processes costs more than it brings."""
_BATCH = 50
"""Chunks that are stored at once: what a killed build need not parse again."""
_RACY_NS = 50_000_000
"""A file changed less than this before it was read may have changed once more in the same tick of
the clock, with the same size; so may one from the future."""


class Row(NamedTuple):
    """What the index knows of a file."""

    size: int
    mtime_ns: int
    inode: int
    ctime_ns: int
    read_ns: int
    key: bytes

    def is_current(self, entry: FileEntry) -> bool:
        """Whether a file is surely as it was when it was read."""
        return (
            self.mtime_ns == entry.mtime_ns
            and self.size == entry.size
            and self.inode == entry.inode
            and self.ctime_ns == entry.ctime_ns
            and self.is_settled
        )

    @property
    def is_settled(self) -> bool:
        """Whether the file's time can be trusted to change with the file."""
        return self.mtime_ns < self.read_ns - _RACY_NS


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a vault, read. ``rows`` are all of them by path, ``new`` those to be stored;
    ``settled``: the files are as they are here as long as their times are. ``entries`` are those of
    what was parsed just now."""

    rows: dict[str, Row]
    new: dict[str, Row]
    gone: tuple[str, ...]
    settled: bool
    entries: FreshEntries


def read_contents(
    found: Discovered,
    settings: ParseSettings,
    index: Index,
    problems: list[Problem],
    workers: Workers,
    watch: Watch,
    beside: ParserBeside | None = None,
) -> Contents:
    """Read what changed, parse what the index does not know, and store the results there: a few
    notes by the parser ``beside`` this process, many by ``workers``.

    A file that cannot be read is added to ``problems`` and left out.
    """
    entries = (*found.notes, *found.bibliographies)
    stored = _stored_rows(index)
    known = {key for (key,) in index.rows("select key from parsed")}
    # The keys of parse results begin with what stands for this parser and these settings.
    salt = _hash(repr((PARSER_VERSION, settings)).encode())[:4]
    bibliographies = frozenset(entry.path for entry in found.bibliographies)
    rows: dict[str, Row] = {}
    unread: list[FileEntry] = []
    for entry in entries:
        row = stored.get(entry.path)
        if row and row.is_current(entry) and row.key in known and row.key.startswith(salt):
            rows[entry.path] = row
        else:
            unread.append(entry)
    new: dict[str, Row] = {}
    is_first = not index.value("select exists (select 1 from note)")
    paths = (entry.path for entry in found.notes if not is_candidate(entry.path))
    fresh = FreshEntries([*paths] if is_first else ())
    read_from: dict[bytes, str] = {}

    def to_parse() -> Iterator[tuple[bytes, bytes]]:
        for entry in fresh.in_order(unread):
            watch.advance()
            read = _read(entry, salt, entry.path in bibliographies, problems)
            if read is None:
                continue
            data, new[entry.path] = read
            key = new[entry.path].key
            if key in known:
                continue
            known.add(key)
            if entry.path in bibliographies:
                _store(index, [(key, _parse_bibliography(data, entry.path), b"", b"")])
            else:
                read_from[key] = entry.path
                yield key, data

    with watch.step("read and parse", len(unread)):
        tasks = ((chunk, settings) for chunk in chunks(to_parse(), CHUNK))
        if beside and len(unread) <= CHUNK:
            results = beside.parse(next(tasks, None))
        else:
            if beside:
                beside.close()
            several = len(unread) >= PARALLEL_FROM or _is_given(workers)
            results = (workers if several else Workers(1)).map(parse_chunk, tasks)
        for batch in chunks(results, _BATCH):
            parsed = list(itertools.chain.from_iterable(batch))
            for key, _, _, _, packed in parsed:
                fresh.take(read_from.pop(key), key, packed)
            _store(index, (row[:4] for row in parsed))
    rows |= new
    gone = tuple(stored.keys() - {entry.path for entry in entries})
    settled = all(row.is_settled for row in new.values())  # the others were current
    return Contents(rows, new, gone, settled, fresh)


class ParserBeside:
    """A process that imports what parses, which takes longer than to parse a few notes, and which
    nothing else here needs. ``meanwhile`` is what to do here while it parses."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self._process = Beside(
            _import_parser, lambda task: encode(parse_chunk(decode(task, ParseTask)))
        )
        self._meanwhile = meanwhile

    def parse(self, task: ParseTask | None) -> Iterator[list[Parsed]]:
        """What comes out of a few notes, if there are any; only once."""
        if task:
            self._process.begin(encode(task))
        self._meanwhile()
        if task:
            yield decode(self._process.result(), list[Parsed])

    def close(self) -> None:
        """There is nothing to parse, or too much."""
        self._process.close()


def parser_beside(
    found: Discovered, index: Index, workers: Workers, meanwhile: Callable[[], None]
) -> AbstractContextManager[ParserBeside | None]:
    """A parser that gets ready before it is known what changed, where that is likely to be little,
    and ``workers`` are processes of this machine."""
    is_little = len(found.notes) <= CHUNK or index.value("select exists (select 1 from note)")
    if workers.jobs > 1 and not _is_given(workers) and is_little:
        return closing(ParserBeside(meanwhile))
    return nullcontext()


def _import_parser() -> None:
    import paperkb.notes.parse  # noqa: F401, PLC0415 - brings mistune


Parsed = tuple[bytes, bytes, bytes, bytes, bytes]
"""Key, note, body, telling words, and the entries by which search finds the note, each packed. No
words and entries: they are those of the file's name too, since the note has no title."""


ParseTask = tuple[Sequence[tuple[bytes, bytes]], ParseSettings]
"""(key, bytes) of some notes, and how they are read."""


def parse_chunk(task: ParseTask) -> list[Parsed]:
    """Some notes → what the index stores of each: the task of another process."""
    from paperkb.notes.parse import parse_note  # noqa: PLC0415 - brings mistune

    results = []
    for key, data in task[0]:
        note = parse_note(data, task[1])
        words = entries = b""
        if note.fields.work.title:
            texts = texts_of(note.fields, note, note.body)
            words, entries = encode(telling_words(texts)), encode(text_entries(texts))
        plain = encode(replace(note, body=NoteBody()))
        results.append((key, plain, encode(note.body), words, entries))
    return results


def texts_of(fields: Fields, note: ParsedNote, body: NoteBody) -> Texts:
    """The texts by which a note is found."""
    return Texts(
        title=fields.work.title,
        aliases=fields.aliases,
        authors=[str(person) for person in fields.work.authors],
        tags=[*fields.tags, *(hashtag.name for hashtag in note.hashtags), *fields.topics],
        tldr=fields.tldr,
        abstract=f"{fields.work.abstract}\n{body.abstract}",
        headings=[heading.text for heading in note.headings],
        body=body.text,
        venue=fields.work.venue or "",
        via=fields.via,
    )


def _parse_bibliography(data: bytes, path: str) -> bytes:
    from paperkb.formats.bibtex import read_bibliography  # noqa: PLC0415 - heavy
    from paperkb.notes.text import decode  # noqa: PLC0415 - brings what notes need

    decoded = decode(data)
    works, found = read_bibliography(decoded.text, path)
    problems = (*(problem.at(path) for problem in decoded.problems), *found)
    return encode((works, problems))


def _stored_rows(index: Index) -> dict[str, Row]:
    query = "select path, size, mtime_ns, inode, ctime_ns, read_ns, hash from file"
    return {path: Row(*rest) for path, *rest in index.rows(query)}


def _read(
    entry: FileEntry, salt: bytes, is_bibliography: bool, problems: list[Problem]
) -> tuple[bytes, Row] | None:
    read_ns = time.time_ns()
    data = read_file(entry, problems)
    if data is None:
        return None
    # A file that changed since it was listed is not known by its listing.
    size = entry.size if len(data) == entry.size else -1
    # Entries of a bibliography know which file they are in.
    where = entry.path.encode("utf-8", "surrogatepass") if is_bibliography else b""
    key = salt + _hash(data + where)
    return data, Row(size, entry.mtime_ns, entry.inode, entry.ctime_ns, read_ns, key)


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _is_given(workers: Workers) -> bool:
    return workers.here() is not workers


def _store(index: Index, results: Iterable[tuple[bytes, bytes, bytes, bytes]]) -> None:
    with index.transaction():
        index.write("insert or replace into parsed values (?, ?, ?, ?)", results)
