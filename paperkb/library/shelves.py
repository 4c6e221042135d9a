"""The order of papers on a shelf: by time, so that it shows how a field grew."""

from __future__ import annotations

from paperkb.model import Note

NO_YEAR = "9999"


def position(note: Note) -> str:
    """A text that sorts works by first publication, exact dates before the year alone, without a
    year last; then by title and key."""
    work = note.work
    year = f"{work.year:04}" if work.year else NO_YEAR
    date = work.date.isoformat() if work.date else f"{year}-99"
    return "\x1f".join((year, date, work.title.casefold(), note.key))
