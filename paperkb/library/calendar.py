"""When papers came into the vault and were read: what statistics are made of."""

from __future__ import annotations

from typing import NamedTuple

from paperkb.library.library import Library


class Days(NamedTuple):
    """The days of a note, ISO 8601 or empty. ``added`` is what it says, else the day of its first
    commit (``history.py``)."""

    key: str
    status: str
    added: str
    started: str
    finished: str

    @property
    def last(self) -> str:
        """When a reader last touched it."""
        return max(self.added, self.started, self.finished)


def calendar(library: Library) -> list[Days]:
    """The days of all public notes, by key."""
    query = (
        "select key, ifnull(status, ''), iif(added <> '', added, ifnull(day, '')), started,"
        " finished from note left join committed on committed.path = note.path"
        " where private = 0 order by key"
    )
    return [Days(*row) for row in library.index.rows(query)]
