"""The order of papers on a shelf: by time, so that it shows how a field grew; and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from paperkb.model import Note

NO_YEAR = "9999"
PER_PART = 100
"""Papers in one part of a long list: a page of them opens at once and is cheap to make again."""
ALL = ("notes", "")
"""The list of all notes, beside the groups (kind, name)."""
CITING = "citing"
"""The kind of lists of the notes that cite a work; the work's key is the name."""
_NEWEST_FIRST = frozenset((ALL[0], CITING))
"""The kinds of lists that begin with the latest paper. The others begin with the oldest."""


class Part(NamedTuple):
    """A part of a long list: its papers from ``start`` on and before ``end``. ``number`` names it,
    and stays with its papers where the list grows at the end that is new."""

    number: int
    start: int
    end: int


def position(note: Note) -> str:
    """A text that sorts works by first publication, exact dates before the year alone, without a
    year last; then by title and key."""
    work = note.work
    year = f"{work.year:04}" if work.year else NO_YEAR
    date = work.date.isoformat() if work.date else f"{year}-99"
    return "\x1f".join((year, date, work.title.casefold(), note.key))


def is_long(size: int) -> bool:
    """Whether so many papers are more than a page of something else should list."""
    return size > PER_PART


def cut(kind: str, size: int) -> list[Part]:
    """The parts of a list of so many papers, in its order; an empty list has one.

    New papers are mostly late ones. So a list that begins with the oldest is cut from its
    beginning, and one that begins with the latest from its end: its first part is the one that
    grows, to twice the size of the others.
    """
    if kind not in _NEWEST_FIRST:
        starts = range(0, max(size, 1), PER_PART)
        return [Part(n, start, min(start + PER_PART, size)) for n, start in enumerate(starts, 1)]
    first = size % PER_PART + PER_PART if size >= 2 * PER_PART else size
    rest = range(first, size, PER_PART)
    later = [Part(1 + n, start, start + PER_PART) for n, start in enumerate(reversed(rest), 1)]
    return [Part(1, 0, first), *reversed(later)]


def span(years: Iterable[int | None]) -> str:
    """The first and the last of some years, as a reader writes it; empty if there is none."""
    known = sorted({year for year in years if year})
    if not known:
        return ""
    return str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"
