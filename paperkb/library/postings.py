"""The postings of search follow the notes: only entries of what changed are written anew.

A posting is stored as two blobs: **hits**, 64 bits for each note (its number, its weight, the size
of its packed places), sorted by number; and the **places**, one note after the other.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from paperkb.library.changes import Changes
from paperkb.search.document import Entries
from paperkb.search.terms import terms_of, words

TERMS, LABELS = ("title:", "author:"), ("tag:", "topic:")
"""What the entries begin with that hold words which a mistyped one may be: a term each, and names
of one word or several."""
ALL_LENGTHS = "*"
"""Instead of a length of these names: all of them may be others."""
NUMBERS = 1 << 24
"""Numbers of notes: three bytes, of which a large library takes a hundredth."""
NUMBER, WEIGHT, SIZE = (1, 1, 0) if sys.byteorder == "little" else (0, 2, 3)
"""Where these stand in a note of stored hits: the first in 32 bits, the others in 16."""


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


class Hit(NamedTuple):
    """A note in a posting."""

    number: int
    weight: int
    places: bytes


class StoredPosting(NamedTuple):
    """A posting as it is stored."""

    hits: array[int]
    places: bytes

    def numbers(self) -> list[int]:
        """The numbers of its notes, from low to high."""
        return [hit >> 32 for hit in self.hits]

    def weights(self) -> list[int]:
        """The weights beside them."""
        return [hit >> 16 & 0xFFFF for hit in self.hits]

    def all(self) -> Iterator[Hit]:
        """Everything, note by note."""
        start = 0
        for hit in self.hits:
            end = start + (hit & 0xFFFF)
            yield Hit(hit >> 32, hit >> 16 & 0xFFFF, self.places[start:end])
            start = end

    def places_of(self, number: int) -> bytes:
        """The packed places of one note; empty if it is not there."""
        at = bisect_left(self.hits, number << 32)
        if at == len(self.hits) or self.hits[at] >> 32 != number:
            return b""
        start = sum(hit & 0xFFFF for hit in self.hits[:at])
        return self.places[start : start + (self.hits[at] & 0xFFFF)]


def terms_of_label(label: str) -> set[str]:
    """The terms in a name of one word or several."""
    return {term for word in words(label) for term, _, _ in terms_of(word)[0]}


Came = dict[str, tuple["array[int]", bytearray]]
"""Entry → hits and places of the notes that have it now."""


def add_entries(came: Came, number: int, entries: Entries) -> None:
    """A note can be found by these entries."""
    above = number << 32
    # Half a thousand entries a note: nothing dearer than this within the loop.
    for name, hit, places in zip(
        entries.names, array("I", entries.hits), entries.places, strict=True
    ):
        pair = came.get(name)
        if pair is None:
            pair = came[name] = (array("Q"), bytearray())
        pair[0].append(above | hit)
        pair[1].extend(places)


class PostingRows:
    """Gathers changes of postings, and writes them."""

    def __init__(self, changes: Changes, came: Came | None = None) -> None:
        """``came`` is what others have gathered already."""
        self._changes = changes
        self._index = changes.index
        self._came: Came = {} if came is None else came
        self._gone: dict[str, set[int]] = {}
        self._all_changed = False

    def add(self, number: int, entries: Entries) -> None:
        """A note can be found by these entries."""
        add_entries(self._came, number, entries)

    def add_facts(self, number: int, names: Iterable[str]) -> None:
        """Filters find a note by these entries."""
        for name in names:
            self._came.setdefault(name, (array("Q"), bytearray()))[0].append(number << 32)

    def remove(self, number: int, names: Iterable[str]) -> None:
        """A note cannot be found by these entries any more, unless they are added again."""
        for name in names:
            self._gone.setdefault(name, set()).add(number)

    def mark_all(self) -> None:
        """What is written now counts as changed, whatever was there: somebody else may see it."""
        self._all_changed = True

    def write(self, generation: int) -> None:
        """Write what was gathered. ``generation`` is that of the present update."""
        names = sorted(self._came.keys() | self._gone.keys())
        if not names:
            return
        self._changes.touch("postings")
        if self._all_changed:
            self._changes.touch("names")
            self._changes.touch("names", ALL_LENGTHS)
        empty: list[tuple[str]] = []
        self._index.write(
            "insert or replace into posting values (?, ?, ?, ?, ?, ?)",
            self._rows(names, generation, empty),
        )
        self._index.write("delete from posting where entry = ?", empty)

    def _rows(
        self, names: Iterable[str], generation: int, empty: list[tuple[str]]
    ) -> Iterator[tuple[str, int, int, int, bytes, bytes]]:
        """The rows to write, made and forgotten one by one; what has no notes goes to ``empty``."""
        nothing = (array("Q"), bytearray())
        rows = self._index.rows("select number from note where private = 1")
        hidden = {number for (number,) in rows}
        for name in names:
            hits, places = self._came.pop(name, nothing)
            before, was_public, changed = self._stored(name)
            after = _merged(before, self._gone.pop(name, set()), hits, places)
            hits_now = after.hits.tobytes()
            public = len(after.hits) - len(hidden.intersection(array("I", hits_now)[NUMBER::2]))
            if name.startswith((*TERMS, *LABELS)) and bool(public) != bool(was_public):
                self._touch_names(name)  # of what may be published, one is new, or gone
            if not after.hits:
                empty.append((name,))
                continue
            if self._all_changed or before is None or _shown(before) != _shown(after):
                changed = generation
            yield name, public, changed, generation, hits_now, after.places

    def _touch_names(self, entry: str) -> None:
        """What a mistyped word may be: in all, and among those of one length."""
        self._changes.touch("names")
        prefix, _, name = entry.partition(":")
        terms = {name} if f"{prefix}:" in TERMS else terms_of_label(name)
        for length in set(map(len, terms)):
            self._changes.touch("names", str(length))

    def _stored(self, name: str) -> tuple[StoredPosting | None, int, int]:
        if self._changes.is_first:
            return None, 0, 0
        query = "select hits, places, public, changed from posting where entry = ?"
        for hits, places, public, changed in self._index.rows(query, name):
            return StoredPosting(array("Q", hits), places), public, changed
        return None, 0, 0


def _shown(posting: StoredPosting) -> list[int]:
    """Notes and weights, without the sizes of places."""
    return [hit >> 16 for hit in posting.hits]


def _merged(
    before: StoredPosting | None, gone: set[int], hits: array[int], places: bytearray
) -> StoredPosting:
    """A posting without what is gone and with what came, by number."""
    came = StoredPosting(hits, bytes(places))
    if before is None and all(map(int.__lt__, hits, hits[1:])):
        return came
    kept = [hit for hit in before.all() if hit.number not in gone] if before else []
    rows = sorted({*kept, *came.all()})  # two keys that differ in case give a fact twice
    packed = [number << 32 | weight << 16 | len(found) for number, weight, found in rows]
    return StoredPosting(array("Q", packed), b"".join(found for _, _, found in rows))
