"""The numbers of BM25F, with fixed lengths instead of means: one note's edit changes no other
note's. Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields (2004)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

K1 = 1.2
B = 0.5
THOUSANDTHS = 1000
_STEP = 1.25
_MOST = 65535


class Field(NamedTuple):
    """What a hit in a field is worth, and how many words it usually has."""

    boost: float
    usual: int


FIELDS: Mapping[str, Field] = {
    "title": Field(6, 8),
    "aliases": Field(5, 3),
    "authors": Field(4, 8),
    "tags": Field(4, 5),
    "tldr": Field(3, 20),
    "abstract": Field(2, 150),
    "headings": Field(2, 15),
    "body": Field(1, 400),
}
"""In the order in which they stand in a note, as far as places are concerned."""


def share(field: str, words: int) -> float:
    """What one hit in a field of so many words adds to a note's weight for a term. Lengths count in
    steps, so that a sentence more seldom changes them."""
    boost, usual = FIELDS[field]
    steps = math.floor(math.log(words) / math.log(_STEP)) if words > 1 else 0
    return boost / (1 - B + B * _STEP**steps / usual)


def weight(hits: float) -> int:
    """The sum of a note's shares for a term, as it is stored."""
    return min(max(math.floor(hits * THOUSANDTHS + 0.5), 1), _MOST)


def rarity(notes: int, of_them: int) -> float:
    """The inverse document frequency of a term that ``of_them`` among ``notes`` have."""
    return math.log(1 + (notes - of_them + 0.5) / (of_them + 0.5))


def saturated(stored: int) -> float:
    """What a stored weight is worth beside others."""
    hits = stored / THOUSANDTHS
    return hits * (K1 + 1) / (K1 + hits)


def rounded(score: float) -> float:
    """A score to nine decimals, by an operation that all languages do alike."""
    return math.floor(score * 1e9 + 0.5) / 1e9
