"""The numbers by which the site knows notes: smaller than those of the index, so that lists of them
are short; in the same order, and of public notes alone.

A number keeps so many of its first bits that three of four stay free. Where two notes would get the
same, the second gets the next one, and so on: so a new note moves few others, if any.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from paperkb.library.cells import cell
from paperkb.library.changes import Changes

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


def numbers_by_key(notes: Mapping[str, int]) -> dict[str, int]:
    """Key and number of all public notes → key and number on the site."""
    found = published(sorted(notes.values()))
    return {key: found[number] for key, number in notes.items()}


def touch_moved(changes: Changes, notes: Mapping[str, int]) -> None:
    """Mark what is published of notes that have another number on the site than before, when the
    public ones were ``notes``, by key."""
    if cell("keys") not in changes.touched:  # the same notes, seen by the same
        return
    rows = changes.index.rows("select key, number from note where private = 0")
    before, now = numbers_by_key(notes), numbers_by_key(dict(rows))
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
