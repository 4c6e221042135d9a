"""Texts of results in few signs: words that many notes use are written as two or three.

A text is cut at its spaces. A piece that is a known word, maybe with signs behind it, becomes its
code and these signs, after ``^`` if it begins with a capital letter; every other piece becomes
``~``, itself, and a space. ``templates/static/search-shorthand.js`` reads it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase, digits

MOST = 5000
"""Words with a code: the browser loads them all."""
LEAST = 2
"""Texts of a sample that use a word with a code."""
_FIRST_OF_TWO = digits + ascii_lowercase
_FIRST_OF_THREE = ascii_uppercase
_SIGNS = _FIRST_OF_TWO + _FIRST_OF_THREE
_TWO = len(_FIRST_OF_TWO) * len(_SIGNS)
"""Words whose code has two signs."""

_PIECE = re.compile(r"([^\W\d_]+)([^\w~^]*)")
_AT_HAND = 1 << 16


def frequent_words(texts: Iterable[str]) -> list[str]:
    """The words that several of some texts use, the one of most texts first."""
    used: Counter[str] = Counter()
    for text in texts:
        pieces = map(_PIECE.fullmatch, text.split(" "))
        used.update({_uncapitalised(piece[1]) for piece in pieces if piece})
    ranked = sorted(used, key=lambda word: (-used[word], word))
    return [word for word in ranked if used[word] >= LEAST][:MOST]


class Shorthand:
    """Writes texts in short with the codes of some words, the most frequent first."""

    def __init__(self, words: Sequence[str]) -> None:
        self._codes = {word: _code(place) for place, word in enumerate(words)}
        self._short = lru_cache(maxsize=_AT_HAND)(self._short_piece)

    def short(self, text: str) -> str:
        """A text with codes."""
        return "".join(map(self._short, text.split(" ")))

    def _short_piece(self, piece: str) -> str:
        match = _PIECE.fullmatch(piece)
        if match:
            word = _uncapitalised(match[1])
            if code := self._codes.get(word):
                return f"{'^' if word != match[1] else ''}{code}{match[2]}"
        return f"~{piece} "


def _uncapitalised(word: str) -> str:
    """A word without its first capital letter, of those that all languages write alike."""
    return word[0].lower() + word[1:] if word[0] in ascii_uppercase else word


def _code(place: int) -> str:
    signs = len(_SIGNS)
    if place < _TWO:
        return _FIRST_OF_TWO[place // signs] + _SIGNS[place % signs]
    place -= _TWO
    first, rest = divmod(place, signs * signs)
    return _FIRST_OF_THREE[first] + _SIGNS[rest // signs] + _SIGNS[rest % signs]
