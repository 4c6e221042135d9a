"""The postings of search follow the notes: only entries of what changed are written anew.

A posting is stored as arrays beside each other, sorted by a note's number: numbers (32 bits each),
weights (16), sizes of the packed places (16), and the places.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from paperkb.library.changes import Changes
from paperkb.search.document import Entries

NAMES = ("title:", "author:")
"""Entries of the terms among which a mistyped word is looked for."""
NUMBERS = 1 << 24
"""Numbers of notes: three bytes, of which a large library takes a hundredth."""


def numbered(keys: Iterable[str]) -> dict[str, int]:
    """A number for each key. It hangs on the key and not on what was there before; two keys that
    hash alike are told apart in the order of the alphabet."""
    taken: dict[int, str] = {}
    for key in sorted(keys):
        digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=3).digest()
        number = int.from_bytes(digest, "little")
        while number in taken:
            number = (number + 1) % NUMBERS
        taken[number] = key
    return {key: number for number, key in taken.items()}


class _Change:
    """What changes in the posting of one entry."""

    __slots__ = ("gone", "numbers", "places", "sizes", "weights")

    def __init__(self) -> None:
        self.gone: set[int] | None = None
        self.numbers = array("I")
        self.weights = array("H")
        self.sizes = array("H")
        self.places: list[bytes] = []


class PostingRows:
    """Gathers changes of postings, and writes them."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._index = changes.index
        self._pending: dict[str, _Change] = defaultdict(_Change)
        self._all_changed = False

    def add(self, number: int, entries: Entries) -> None:
        """A note can be found by these entries."""
        weights = array("H", entries.weights)
        pending = self._pending
        for name, weight, places in zip(entries.names, weights, entries.places, strict=True):
            change = pending[name]
            change.numbers.append(number)
            change.weights.append(weight)
            change.sizes.append(len(places))
            change.places.append(places)

    def add_facts(self, number: int, names: Iterable[str]) -> None:
        """Filters find a note by these entries."""
        for name in names:
            change = self._pending[name]
            change.numbers.append(number)
            change.weights.append(0)
            change.sizes.append(0)
            change.places.append(b"")

    def mark_all(self) -> None:
        """What is written now counts as changed, whatever was there: somebody else may see it."""
        self._all_changed = True

    def remove(self, number: int, names: Iterable[str]) -> None:
        """A note cannot be found by these entries any more, unless they are added again."""
        for name in names:
            change = self._pending[name]
            if change.gone is None:
                change.gone = set()
            change.gone.add(number)

    def write(self, generation: int) -> None:
        """Write what was gathered. ``generation`` is that of the present update."""
        if not self._pending:
            return
        self._changes.touch("postings")
        rows, empty = [], []
        if self._all_changed:
            self._changes.touch("names")
        is_first = self._changes.is_first
        for entry, change in sorted(self._pending.items()):
            stored = None if is_first else self._stored(entry)
            before = changed = None
            if stored:
                before, changed = (stored[0].tobytes(), stored[1].tobytes()), stored[4]
                _merge(change, stored[:4])
            elif any(a > b for a, b in zip(change.numbers, change.numbers[1:], strict=False)):
                _merge(change, (array("I"), array("H"), array("H"), b""))
            if entry.startswith(NAMES) and (not stored or not change.numbers):
                self._changes.touch("names")  # one that is new, or gone
            if change.numbers:
                numbers, weights = change.numbers.tobytes(), change.weights.tobytes()
                if self._all_changed or (numbers, weights) != before:
                    changed = generation
                sizes, places = change.sizes.tobytes(), b"".join(change.places)
                rows.append((entry, numbers, weights, sizes, places, changed, generation))
            else:
                empty.append((entry,))
        self._pending.clear()
        self._index.write("insert or replace into posting values (?, ?, ?, ?, ?, ?, ?)", rows)
        self._index.write("delete from posting where entry = ?", empty)

    def _stored(self, entry: str) -> tuple[array[int], array[int], array[int], bytes, int] | None:
        columns = "numbers, weights, sizes, places, changed"
        rows = self._index.rows(f"select {columns} from posting where entry = ?", entry)
        if not rows:
            return None
        numbers, weights, sizes, places, changed = rows[0]
        return array("I", numbers), array("H", weights), array("H", sizes), places, changed


def _merge(change: _Change, stored: tuple[array[int], array[int], array[int], bytes]) -> None:
    """Put a stored posting under a change: what is gone left out, the rest by number."""
    numbers, weights, sizes, places = stored
    gone = change.gone or set()
    kept = []
    start = 0
    for number, weight, size in zip(numbers, weights, sizes, strict=True):
        if number not in gone:
            kept.append((number, weight, places[start : start + size]))
        start += size
    kept += zip(change.numbers, change.weights, change.places, strict=True)
    kept.sort(key=lambda row: row[0])
    change.numbers = array("I", [number for number, _, _ in kept])
    change.weights = array("H", [weight for _, weight, _ in kept])
    change.sizes = array("H", [len(made) for _, _, made in kept])
    change.places = [made for _, _, made in kept]


def position(numbers: array[int], number: int) -> int:
    """Where a number stands in a posting, or -1."""
    found = bisect_left(numbers, number)
    return found if found < len(numbers) and numbers[found] == number else -1
