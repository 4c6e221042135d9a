"""What depends on what, without a list of dependencies written by hand.

A **cell** is a fact with a name: a work's fields, the notes of a tag, what cites a paper. Whoever
makes something from facts (the links of a note, a page) asks for them through an object that takes
down which cells were **read**. Whoever changes a fact says that its cell was **touched**. Something
is stale if, and only if, a cell that it read was touched after it was made.

A cell's id is a hash of its name, so that a thousand of them are eight kilobytes; two names with
one hash would only make something again that did not need it.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def cell(*name: str) -> int:
    """The id of the fact with this name, as a signed 64-bit number."""
    digest = hashlib.blake2b("\x1f".join(name).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little", signed=True)


def packed(cells: Iterable[int]) -> bytes:
    """Cells as they are stored."""
    return array("q", sorted(cells)).tobytes()


def is_stale(cells: bytes, touched: set[int]) -> bool:
    """Whether something that was made from stored cells must be made again."""
    return not touched.isdisjoint(array("q", cells))
