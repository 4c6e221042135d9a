"""Long lists in parts: where each is, and what a reader chooses from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from paperkb.library.groups import Member
from paperkb.library.shelves import Part, span

_ALL_UP_TO = 24
"""Parts of which every page offers all."""
_AROUND = 3
_LANDMARKS = 12


class Place(NamedTuple):
    """One page of a list as its other pages name it: the ``place``-th, at ``path``; ``span`` are
    the years of its papers."""

    place: int
    path: str
    span: str


def part_path(path: str, number: int) -> str:
    """The path of a part. ``=`` is in the path of no other page (``paths.py``)."""
    return path if number == 1 else f"{path.removesuffix('.html')}={number}.html"


def citing_path(path: str) -> str:
    """Where the list of those that cite a note begins, by the path of its page."""
    return f"{path.removesuffix('.html')}=citing.html"


def places(members: Sequence[Member], parts: Sequence[Part], path: str) -> list[Place]:
    """What a reader chooses from; nothing if one page holds all."""
    if len(parts) == 1:
        return []
    return [
        Place(place, part_path(path, part.number),
              span(member.year for member in members[part.start : part.end]))
        for place, part in enumerate(parts, 1)
    ]  # fmt: skip


def offered(parts: Sequence[Place], path: str) -> list[Place | None]:
    """What the part at ``path`` offers: all parts, or, of very many, the first and the last, those
    around it, and some between at equal distances. ``None`` stands for some that are left out."""
    number = len(parts)
    if number <= _ALL_UP_TO:
        return [*parts]
    here = next(place for place, part in enumerate(parts) if part.path == path)
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if number <= step * _LANDMARKS)
    around = range(max(0, here - _AROUND), min(number, here + _AROUND + 1))
    chosen = {0, number - 1, *around, *range(step - 1, number, step)}
    chosen |= {place + 1 for place in chosen if place + 2 in chosen}  # a gap would be as long
    found: list[Place | None] = []
    for place, part in enumerate(parts):
        if place in chosen:
            found.append(part)
        elif place - 1 in chosen:
            found.append(None)
    return found


def years(first: str, last: str) -> str:
    """From the year of the oldest paper to that of the newest."""
    return first if first == last else f"{first}–{last}"
