"""Where the works around a note stand in a drawing: years from left to right, works that it cites
above it and those that cite it below, and no two labels on one another. Pure arithmetic."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log2
from typing import NamedTuple

WIDTH = 600
"""Of the drawing, in its own units."""
ROW = 24
RADIUS = 5
_MARGIN = 10
_BESIDE = 9
"""From the middle of a dot to its label."""
_GAP = 10
"""Between two labels of a row, at least."""
_CHARACTER, _BOLD, _WIDE = 7.4, 8.6, 13.0
"""Widths of letters at the size of a label, on the safe side; the last of Chinese signs."""
_TICK = 44
"""Between two years that are written below, at least."""


class Work(NamedTuple):
    """What is drawn of a work."""

    label: str
    year: int | None


class Dot(NamedTuple):
    """A work in its place. Labels begin at ``label_x``, or end there if ``is_left``."""

    x: float
    y: float
    label_x: float
    is_left: bool


class Tick(NamedTuple):
    """A year on the axis; none: the place of works without one."""

    x: float
    year: int | None


class Layout(NamedTuple):
    """A drawing. Dots are in the order in which works were given."""

    height: int
    note: Dot
    cited: tuple[Dot, ...]
    citing: tuple[Dot, ...]
    ticks: tuple[Tick, ...]


def lay_out(note: Work, cited: Sequence[Work], citing: Sequence[Work]) -> Layout:
    """The places of a note and of the works around it."""
    columns = _columns(work.year for work in (note, *cited, *citing))
    centre = _dot(columns[note.year], _width(note.label, _BOLD))
    above = _rows(cited, columns)
    below = _rows(citing, columns)
    middle = ROW * (max((row for row, _ in above), default=0) + 1)
    ticks = _ticks(columns)
    if ticks and None in {work.year for work in (note, *cited, *citing)}:
        ticks.insert(0, Tick(columns[None], None))
    end = middle + ROW * (max((row for row, _ in below), default=0) + 1)
    return Layout(
        height=end + ROW,
        note=centre._replace(y=middle),
        cited=tuple(dot._replace(y=middle - ROW * row) for row, dot in above),
        citing=tuple(dot._replace(y=middle + ROW * row) for row, dot in below),
        ticks=tuple(ticks),
    )


def label_box(dot: Dot, label: str, *, is_bold: bool = False) -> tuple[float, float]:
    """From where to where a label may reach."""
    width = _width(label, _BOLD if is_bold else _CHARACTER)
    return (dot.label_x - width, dot.label_x) if dot.is_left else (dot.label_x, dot.label_x + width)


def shortened(label: str, most: int = 26) -> str:
    """A label that leaves room for others."""
    if _width(label) <= most * _CHARACTER:
        return label
    while label and _width(label) > (most - 1) * _CHARACTER:
        label = label[:-1]
    return f"{label.rstrip()}…"


def _width(label: str, character: float = _CHARACTER) -> float:
    if label.isascii():
        return len(label) * character
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in label)
    return wide * _WIDE + (len(label) - wide) * character


def _columns(years: Iterable[int | None]) -> dict[int | None, float]:
    """The x of each year. A year's step is its own, and longer gaps count by their logarithm:
    one old paper does not push all the others into a corner."""
    found = set(years)
    known = {year for year in found if year is not None}
    if not known:
        return {None: WIDTH / 2}
    dated = sorted(known)
    steps = [1 + log2(late - early) for early, late in pairwise(dated)]
    places: list[float] = [0.0]
    for step in steps:
        places.append(places[-1] + step)
    # At the left there is room for those without a year, and at the right for a label.
    left, right = (4.0 if None in found else 1.5) * ROW, WIDTH - 4.0 * ROW
    unit = min((right - left) / places[-1], 3.0 * ROW) if places[-1] else 0.0
    start = (left + right - unit * places[-1]) / 2
    columns: dict[int | None, float] = {
        year: round(start + unit * place, 1) for year, place in zip(dated, places, strict=True)
    }
    columns[None] = min(float(_MARGIN + ROW), start / 2)
    return columns


def _dot(x: float, width: float) -> Dot:
    """A dot with its label at the right, or at the left if there is no room."""
    is_left = x + _BESIDE + width > WIDTH - _MARGIN and x - _BESIDE - width >= _MARGIN
    return Dot(x, 0.0, x - _BESIDE if is_left else x + _BESIDE, is_left)


def _rows(works: Sequence[Work], columns: dict[int | None, float]) -> list[tuple[int, Dot]]:
    """(row, dot) of each work: the first row, counted from the note, that has room for it."""
    taken: list[list[tuple[float, float]]] = []
    placed: list[tuple[int, Dot]] = []
    for work in works:
        width = _width(work.label)
        dot = _dot(columns[work.year], width)
        start, end = dot.x - RADIUS, dot.x + _BESIDE + width
        if dot.is_left:
            start, end = dot.x - _BESIDE - width, dot.x + RADIUS
        for row, spans in enumerate(taken):  # noqa: B007 - the first that has room
            if not any(start < e + _GAP and end + _GAP > s for s, e in spans):
                break
        else:
            row = len(taken)
            taken.append([])
        taken[row].append((start, end))
        placed.append((row + 1, dot))
    return placed


def _ticks(columns: dict[int | None, float]) -> list[Tick]:
    """The years that are written below: the first and the last, and what has room between."""
    dated = sorted((x, year) for year, x in columns.items() if year is not None)
    if not dated:
        return []
    last = dated[-1]
    ticks: list[Tick] = []
    for x, year in dated:
        has_room = not ticks or x - ticks[-1].x >= _TICK
        if (x, year) == last or (has_room and last[0] - x >= _TICK):
            ticks.append(Tick(x, year))
    return ticks
