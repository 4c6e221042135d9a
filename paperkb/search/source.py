"""What the engine asks an index: where the postings are is not its business."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol


class Posting(NamedTuple):
    """The notes of one entry, by number, in any order; ``weights`` in thousandths, beside them
    (empty where an entry only filters)."""

    entry: str
    numbers: Sequence[int]
    weights: Sequence[int]


class Source(Protocol):
    """An index of a library. An **entry** is a term (``attention``) or a fact (``tag:nlp``,
    ``title:attention``); a note's **number** stands for its key."""

    @property
    def size(self) -> int:
        """The number of notes."""
        ...

    def posting(self, entry: str) -> Posting | None:
        """The notes of an entry."""
        ...

    def entries(self, prefix: str) -> Sequence[str]:
        """All entries that begin so, by code point."""
        ...

    def longer(self, entry: str, most: int) -> Sequence[str]:
        """The first ``most`` entries, by code point, that begin so and go on; of a word without a
        field, words alone."""
        ...

    def places(self, entry: str, number: int) -> Sequence[int]:
        """Where a term stands in a note, counted in words, from low to high."""
        ...

    def similar(self, length: int) -> Sequence[str]:
        """Terms of titles, authors and tags with so many characters, by code point."""
        ...

    def by_key(self, numbers: Collection[int]) -> Sequence[int]:
        """These notes in the order of their keys."""
        ...

    def order(self, name: str) -> Sequence[int]:
        """The numbers of all notes in an order: ``key``, or one of the sorts."""
        ...
