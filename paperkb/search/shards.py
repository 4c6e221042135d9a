"""An index in small files: the entries, sorted, cut into ranges of some kilobytes each.

A range begins with a prefix. What is too large under a prefix is cut by the next letter, neighbours
that are small stay together: so an edit moves no cut but those beside it, and the same entries are
always cut alike, whatever was there before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

LIMIT = 8_000
"""Bytes of a shard; one entry of very many notes may take more."""
DEEPEST = 24
"""Letters of a prefix after which nothing is cut any more."""


class Shard(NamedTuple):
    """A range of entries: those from ``start`` on, before the next shard's; ``first`` and ``end``
    are their places in the sorted list."""

    start: str
    first: int
    end: int


def cut(entries: Sequence[str], sizes: Sequence[int]) -> list[Shard]:
    """Cut sorted entries of these sizes into shards. The first begins with the empty text."""
    sums = [0, *accumulate(sizes)]

    def parts(shard: Shard, depth: int) -> Iterator[Shard]:
        start, first, end = shard
        if sums[end] - sums[first] <= LIMIT or end - first <= 1 or depth > DEEPEST:
            yield shard
            return
        open_ = Shard(start, first, first)
        high = first
        while high < end:
            letter, low = entries[high][: depth + 1], high
            high = bisect_right(entries, letter, low, end, key=lambda entry: entry[: depth + 1])
            begins = start if low == first else letter
            if sums[high] - sums[open_.first] <= LIMIT:
                open_ = Shard(open_.start, open_.first, high)
                continue
            if open_.end > open_.first:
                yield open_
            if sums[high] - sums[low] > LIMIT:
                yield from parts(Shard(begins, low, high), depth + 1)
                open_ = Shard("", high, high)
            else:
                open_ = Shard(begins, low, high)
        if open_.end > open_.first:
            yield open_

    found = list(parts(Shard("", 0, len(entries)), 0))
    # After a prefix that was cut by itself, the next range begins with its own first letters.
    return [
        shard if shard.start or not number else shard._replace(start=_start(entries, shard))
        for number, shard in enumerate(found)
    ]


def _start(entries: Sequence[str], shard: Shard) -> str:
    """The shortest prefix that tells a range from what stands before it."""
    before, here = entries[shard.first - 1], entries[shard.first]
    same = next(
        (at for at, (a, b) in enumerate(zip(before, here, strict=False)) if a != b), len(before)
    )
    return here[: same + 1]


def file_name(start: str) -> str:
    """The name of a shard's file, without extension."""
    return start.encode("utf-8", "replace").hex() or "0"
