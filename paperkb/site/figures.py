"""Days of reading → the figures of the home page, as numbers that a template draws.

Nothing here knows what day it is: a figure ends with the last event that a note or git tells of, so
that a site whose notes did not change does not change either.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperkb.library.calendar import Days

MONTHS = 24
FEWEST_MONTHS = 12
WEEKS = 26
HEIGHT = 40
"""Units of the tallest bar."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month, ``2026-03``, with the papers added and finished, and the heights of their bars."""

    name: str
    added: int
    finished: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its Monday; ``level``: how much was read, from 0 (nothing) to 3."""

    monday: str
    events: int
    level: int


@dataclass(frozen=True, slots=True)
class Streak:
    """The weeks up to the last one with reading, and how many in a row: at most, and last."""

    weeks: tuple[Week, ...]
    longest: int
    last: int


def months(days: Sequence[Days]) -> tuple[Month, ...]:
    """The last months, up to that of the last event; nothing if there is none."""
    added = Counter(number for day in days if (number := _month(day.added)))
    finished = Counter(number for day in days if (number := _month(day.finished)))
    if not added and not finished:
        return ()
    last = max((*added, *finished))
    first = max(min((*added, *finished)), last - MONTHS + 1)
    shown = range(max(min(first, last - FEWEST_MONTHS + 1), 12), last + 1)
    most = max(max(added[number], finished[number]) for number in shown)
    return tuple(
        Month(
            f"{number // 12:04}-{number % 12 + 1:02}", added[number], finished[number],
            _height(added[number], most), _height(finished[number], most),
        )
        for number in shown
    )  # fmt: skip


def streak(days: Sequence[Days]) -> Streak | None:
    """The weeks in which a paper was begun or finished; nothing if no note says."""
    events = Counter(_weeks(day for one in days for day in (one.started, one.finished)))
    if not events:
        return None
    last = max(events)
    weeks = tuple(
        Week(
            datetime.date.fromordinal(week * 7 + 1).isoformat(), events[week], min(events[week], 3)
        )
        for week in range(max(last - WEEKS + 1, 0), last + 1)
    )
    runs: dict[int, int] = {}
    for week in sorted(events):
        runs[week] = runs.get(week - 1, 0) + 1
    return Streak(weeks, max(runs.values()), runs[last])


def _height(papers: int, most: int) -> int:
    return max(round(HEIGHT * papers / most), 1) if papers else 0


def _month(day: str) -> int:
    """Months since the year 0; 0 for no day."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1 if day else 0


def _weeks(days: Iterable[str]) -> Iterable[int]:
    """The numbers of weeks; the first day of the calendar was a Monday."""
    return ((datetime.date.fromisoformat(day).toordinal() - 1) // 7 for day in days if day)
