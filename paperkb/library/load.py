"""Folder → ``Library``: list the files, parse the notes, read the bibliographies."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from paperkb import messages
from paperkb.config import Settings
from paperkb.library.discover import FileEntry, discover
from paperkb.library.library import Library, keyed
from paperkb.library.names import stem_of
from paperkb.model import KnownWork, Note, ParsedNote, Problem
from paperkb.notes.dialects import file_name
from paperkb.notes.parse import ParseSettings, parse_note
from paperkb.notes.text import decode


def load_library(root: Path, settings: Settings) -> Library:
    """Read a vault. What cannot be read is a problem of the library; the rest is there."""
    found = discover(root, settings)
    problems = list(found.problems)
    known: dict[str, KnownWork] = {}
    for entry in found.bibliographies:
        for work in _bibliography(entry, problems):
            known.setdefault(work.key, work)
    parse_settings = ParseSettings(settings.macros, settings.extra_fields)
    parsed = [(entry, _parse(entry, parse_settings, problems)) for entry in found.notes]
    readable = [(entry, note) for entry, note in parsed if note is not None]
    keys = keyed([entry.path for entry, _ in readable])
    notes = tuple(
        Note(key, entry.path, _named(note, stem_of(entry.path)))
        for key, (entry, note) in zip(keys, readable, strict=True)
    )
    files = tuple(entry.path for entry in (*found.others, *found.bibliographies))
    odd = tuple((e.path, e.full) for e in found.others if not e.full.endswith(e.path))
    return Library(root, settings, notes, tuple(known.values()), files, tuple(problems), odd)


def _parse(entry: FileEntry, settings: ParseSettings, problems: list[Problem]) -> ParsedNote | None:
    data = _read(entry, problems)
    return None if data is None else parse_note(data, settings)


def _bibliography(entry: FileEntry, problems: list[Problem]) -> tuple[KnownWork, ...]:
    from paperkb.formats.bibtex import read_bibliography  # noqa: PLC0415 - heavy

    data = _read(entry, problems)
    if data is None:
        return ()
    decoded = decode(data)
    works, found = read_bibliography(decoded.text, entry.path)
    problems.extend(problem.at(entry.path) for problem in decoded.problems)
    problems.extend(found)
    return works


def _read(entry: FileEntry, problems: list[Problem]) -> bytes | None:
    try:
        return Path(entry.full).read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        problems.append(messages.UNREADABLE.at(entry.path, why=why))
        return None


def _named(note: ParsedNote, stem: str) -> ParsedNote:
    """The note with what only its file's name tells, where nothing else told it."""
    fields = note.fields
    for field in file_name(stem):
        if field.name == "title" and not fields.work.title:
            fields = replace(fields, work=replace(fields.work, title=str(field.value)))
        elif field.name == "added" and fields.added is None:
            fields = replace(fields, added=_date(str(field.value)))
    return note if fields is note.fields else replace(note, fields=fields)


def _date(written: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None
