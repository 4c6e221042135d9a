"""The numbers by which the site knows notes: smaller than those of the index, so that lists of them
are short; in the same order, and of public notes alone.

A number keeps so many of its first bits that three of four stay free. Where two notes would get the
same, the second gets the next one, and so on: so a new note moves few others, if any.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from paperkb.library.changes import Changes
from paperkb.library.index import Index

BITS = 24
"""Of a number in the index."""
FEWEST = 12
"""Bits that are kept in the smallest library."""
FREE = 2
"""Bits more than would tell the notes apart."""
MANY = 100
"""Notes that moved, from which all entries count as changed."""


def bits_for(size: int) -> int:
    """How many bits numbers keep among so many notes."""
    return min(max(size.bit_length() + FREE, FEWEST), BITS)


def published(numbers: Sequence[int]) -> dict[int, int]:
    """Numbers of the index, from low to high → those of the site, in the same order."""
    cut = BITS - bits_for(len(numbers))
    found: dict[int, int] = {}
    last = -1
    for number in numbers:
        last = found[number] = max(number >> cut, last + 1)
    return found


def numbers_by_key(index: Index) -> dict[str, int]:
    """Key of each public note → its number on the site."""
    rows = index.rows("select number, key from note where private = 0 order by number")
    found = published([number for number, _ in rows])
    return {key: found[number] for number, key in rows}


def touch_moved(changes: Changes, before: Mapping[str, int]) -> None:
    """Mark what is published of notes that have another number on the site than before."""
    if changes.is_first:
        return
    now = numbers_by_key(changes.index)
    moved = [key for key, number in now.items() if before.get(key, number) != number]
    for key in moved:
        changes.touch("number", key)
    if not moved:
        return
    changes.touch("postings")
    mark = "update posting set changed = ?"
    if len(moved) > MANY:
        changes.index.write(mark, [(changes.generation,)])
        return
    # Whatever has these bytes: sooner done than telling again what each of the notes says.
    seen = (changes.numbers[key].to_bytes(4, sys.byteorder) for key in moved)
    changes.index.write(
        f"{mark} where instr(hits, ?) > 0", ((changes.generation, number) for number in seen)
    )
