"""Long lists in parts: where each is, and what a reader chooses from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from paperkb.library.groups import Member
from paperkb.library.shelves import Part, span


class Place(NamedTuple):
    """One page of a list as its other pages name it: the ``place``-th, at ``path``; ``span`` are
    the years of its papers."""

    place: int
    path: str
    span: str


def part_path(path: str, number: int) -> str:
    """The path of a part. ``=`` is in the path of no other page (``paths.py``)."""
    return path if number == 1 else f"{path.removesuffix('.html')}={number}.html"


def places(members: Sequence[Member], parts: Sequence[Part], path: str) -> list[Place]:
    """What a reader chooses from; nothing if one page holds all."""
    if len(parts) == 1:
        return []
    return [
        Place(place, part_path(path, part.number),
              span(member.year for member in members[part.start : part.end]))
        for place, part in enumerate(parts, 1)
    ]  # fmt: skip


def years(first: str, last: str) -> str:
    """From the year of the oldest paper to that of the newest."""
    return first if first == last else f"{first}–{last}"
