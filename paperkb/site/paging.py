"""Long lists in parts: a page of a hundred papers opens at once and is cheap to make again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from paperkb.library.groups import Member

PER_PAGE = 100
"""Papers on one page of a list."""


class Part(NamedTuple):
    """One page of a list; ``span`` are the years of its papers."""

    number: int
    path: str
    span: str


def count_parts(papers: int) -> range:
    """The numbers of a list's parts; an empty list has one."""
    return range(1, max(-(-papers // PER_PAGE), 1) + 1)


def part_path(path: str, number: int) -> str:
    """The path of a part. ``=`` is in the path of no other page (``paths.py``)."""
    return path if number == 1 else f"{path.removesuffix('.html')}={number}.html"


def part_of(members: Sequence[Member], number: int) -> Sequence[Member]:
    """The papers of a part."""
    return members[(number - 1) * PER_PAGE : number * PER_PAGE]


def all_parts(members: Sequence[Member], path: str) -> list[Part]:
    """What a reader chooses from; nothing if one page holds all."""
    numbers = count_parts(len(members))
    return [Part(n, part_path(path, n), _span(part_of(members, n))) for n in numbers] * (
        len(numbers) > 1
    )


def _span(members: Sequence[Member]) -> str:
    years = sorted(_years(members))
    if not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _years(members: Sequence[Member]) -> Iterator[int]:
    return (member.year for member in members if member.year)
