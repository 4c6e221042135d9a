"""The facts that the shards of the search index are made from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from paperkb.library.find import shown_text
from paperkb.library.library import Library
from paperkb.library.postings import ALL_LENGTHS
from paperkb.library.published import bits_for
from paperkb.library.search_source import IndexSource
from paperkb.library.shorthand import shorthand_words
from paperkb.model import Note
from paperkb.search.shards import cut
from paperkb.search.shorthand import Shorthand
from paperkb.site.reads import Reads

ORDERED_BY = {
    "key": (), "title": ("title_folded",), "year": ("year",), "added": ("added",),
    "rating": ("rating",), "cited": (),
}  # fmt: skip
"""The columns of ``note`` that each of ``search_source.ORDERS`` is made from."""

ROW = 12
"""Bytes of an entry in a shard beside its name and notes."""


class ShardVersion(NamedTuple):
    """A shard of the search index; ``changed`` and ``moved`` are other texts when a row of it came
    or went, or its notes or weights, or its places, are others."""

    start: str
    changed: str
    moved: str


class SearchFacts:
    """The public side of the search index. ``reads`` takes down what was asked for."""

    def __init__(self, library: Library, reads: Reads) -> None:
        self.library = library
        self.reads = reads
        self._order = lru_cache(maxsize=1)(self._make_order)

    @cached_property
    def source(self) -> IndexSource:
        """The postings. Whoever asks it without the methods below is made again by its id."""
        return IndexSource(self.library.index, is_public=True)

    def size(self) -> int:
        """The number of notes, those without a word included."""
        self.reads.all_notes()
        return self.source.size

    def version(self) -> str:
        """Another text when any file of the index may be another."""
        self.reads("texts")
        self.reads.all_notes()
        self.reads("references")
        return self.source.version()

    def shards(self) -> list[ShardVersion]:
        """The shards of the index, and what tells that their contents changed."""
        self.reads("postings")
        return self._shards

    def postings_of(self, start: str) -> Iterator[tuple[str, list[int], Sequence[int]]]:
        """(entry, numbers of notes, weights) of the shard that begins so."""
        return self.source.published_between(start, self._next(start))

    def places_of(self, start: str) -> Iterator[tuple[str, list[bytes]]]:
        """(entry, packed places of each note) of the shard that begins so."""
        return self.source.places_between(start, self._next(start))

    def _next(self, start: str) -> str:
        """Where the next shard begins; empty after the last one."""
        after = bisect_right(self._starts, start)
        return self._starts[after] if after < len(self._starts) else ""

    @cached_property
    def _shorthand(self) -> Shorthand | None:
        words = shorthand_words(self.library.index)
        return Shorthand(words) if words else None

    @cached_property
    def _starts(self) -> list[str]:
        return [shard.start for shard in self._shards]

    def number(self, key: str) -> int:
        """The number of a note, which stands for it in postings."""
        self.reads("number", key)
        return self.source.published[self.library.number(key)]

    def numbers(self) -> list[int]:
        """The numbers of all notes, from low to high."""
        self.reads.all_notes()
        return list(self.source.published.values())

    def shown_text(self, note: Note) -> str:
        """The text of a note of which results show a part, in short."""
        self.reads("text", note.key)
        self.reads("shorthand")
        text = shown_text(self.library, note)
        return self._shorthand.short(text) if self._shorthand else text

    def shorthand_words(self) -> list[str]:
        """The words that have a code in these texts, in the order of their codes."""
        self.reads("shorthand")
        return shorthand_words(self.library.index)

    def order(self, name: str) -> Sequence[int]:
        """The numbers of all notes in an order."""
        self.reads.all_notes(*ORDERED_BY[name])
        if name == "cited":
            self.reads("references")
        return self._order(name)

    def name_lengths(self) -> list[int]:
        """The lengths of the terms of titles, authors and tags."""
        self.reads("names")
        return self.source.lengths()

    def names_of_length(self, length: int) -> Sequence[str]:
        """The terms of titles, authors and tags with so many characters."""
        self.reads("names", str(length))
        self.reads("names", ALL_LENGTHS)
        return self.source.similar(length)

    def facet(self, kind: str) -> list[tuple[str, str, list[int]]]:
        """(name, label, places of the notes in the order of numbers) of all groups of a kind."""
        self.reads.all_notes(*(["status"] if kind == "status" else []))
        self.reads("groups", kind)
        places = {number: place for place, number in enumerate(self.source.published)}
        return [
            (name, label, sorted(places[number] for number in numbers))
            for name, label, numbers in self.library.facet(kind)
        ]

    def _make_order(self, name: str) -> list[int]:
        return [self.source.published[number] for number in self.source.order(name)]

    @cached_property
    def _shards(self) -> list[ShardVersion]:
        entries, counts, changed, moved = self.source.sizes()
        space = 1 << bits_for(self.source.size)
        notes = {count: _notes_size(count, space) for count in set(counts)}
        sizes = [len(entry) + ROW + notes[n] for entry, n in zip(entries, counts, strict=True)]
        found = []
        for start, first, end in cut(entries, sizes):
            if end > first:
                of_notes = f"{end - first}-{sum(counts[first:end])}"
                changes = (f"{of_notes}-{max(when[first:end])}" for when in (changed, moved))
                found.append(ShardVersion(start, *changes))
        return found


def _notes_size(count: int, space: int) -> int:
    """About how many bytes so many notes among so many numbers take: of each its distance from the
    one before, which takes a bit or two more than the usual one, and its weight, which takes one or
    two; a letter holds six of them."""
    return count * ((space // count).bit_length() + 3) // 6
