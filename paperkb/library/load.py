"""Folder → ``Library``: list the files, parse the notes, read the bibliographies."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from paperkb.config import Settings
from paperkb.library.discover import FileEntry, discover, read_file
from paperkb.library.index import Index
from paperkb.library.library import Library, keyed
from paperkb.library.names import stem_of
from paperkb.library.parse_files import read_notes
from paperkb.model import KnownWork, Note, ParsedNote, Problem
from paperkb.notes.file_name import read_file_name
from paperkb.notes.parse_settings import ParseSettings
from paperkb.notes.text import decode


def load_library(
    root: Path,
    settings: Settings,
    index: Index | None = None,
    *,
    jobs: int = 0,
    executor: Executor | None = None,
) -> Library:
    """Read a vault. What cannot be read is a problem of the library; the rest is there.

    With an ``index``, only what changed since is read; ``jobs`` and ``executor`` say who parses
    (see ``parse_files.read_notes``). The result is the same with and without any of them.
    """
    index = index or Index(None, lambda _: None)
    found = discover(root, settings)
    problems = list(found.problems)
    known: dict[str, KnownWork] = {}
    for entry in found.bibliographies:
        for work in _bibliography(entry, problems):
            known.setdefault(work.key, work)
    parse_settings = ParseSettings(settings.macros, settings.extra_fields)
    read = read_notes(found.notes, parse_settings, index, problems, jobs=jobs, executor=executor)
    keys = keyed([one.entry.path for one in read])
    notes = tuple(
        Note(key, one.entry.path, _named(one.note, stem_of(one.entry.path)), one.key, one.unread)
        for key, one in zip(keys, read, strict=True)
    )
    files = tuple(entry.path for entry in (*found.others, *found.bibliographies))
    odd = tuple(
        (e.path, e.full) for e in (*found.notes, *found.others) if not e.full.endswith(e.path)
    )
    return Library(root, settings, notes, tuple(known.values()), files, tuple(problems), odd, index)


def _bibliography(entry: FileEntry, problems: list[Problem]) -> tuple[KnownWork, ...]:
    from paperkb.formats.bibtex import read_bibliography  # noqa: PLC0415 - heavy

    data = read_file(entry, problems)
    if data is None:
        return ()
    decoded = decode(data)
    works, found = read_bibliography(decoded.text, entry.path)
    problems.extend(problem.at(entry.path) for problem in decoded.problems)
    problems.extend(found)
    return works


def _named(note: ParsedNote, stem: str) -> ParsedNote:
    """The note with what only its file's name tells, where nothing else told it."""
    fields = note.fields
    if fields.work.title and fields.added:
        return note
    title, added = read_file_name(stem)
    if not fields.work.title:
        fields = replace(fields, work=replace(fields.work, title=title))
    if fields.added is None and added:
        fields = replace(fields, added=added)
    return note if fields is note.fields else replace(note, fields=fields)
