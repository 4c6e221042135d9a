"""Sorted names in few signs: each as what it has in common with the one before it.

A name becomes a capital letter, which says how many of the last name's first letters it shares
(``A``: none), and its other letters. No term has a capital letter A–Z.
``templates/static/search-index.js`` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from string import ascii_uppercase


def packed_names(names: Iterable[str]) -> str:
    """Names in short."""
    packed = []
    last = ""
    for name in names:
        same = common_start(last, name)[: len(ascii_uppercase) - 1]
        packed.append(f"{ascii_uppercase[len(same)]}{name[len(same) :]}")
        last = name
    return "".join(packed)


def common_start(one: str, other: str) -> str:
    """The letters with which two words begin alike."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(letter for letter, _ in pairs)
