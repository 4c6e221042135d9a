"""Text → terms: what notes are found by. The rules are in docs/search.md; the browser has the same
(``templates/static/search-terms.js``), and tests hold the two together."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

STOP_WORDS = frozenset(
    "a an and are as at be by for from in is it its of on or that the this to was we were which "
    "with".split()
)
LONGEST = 40
"""Characters of a term; what is longer is no word."""

_CJK_SIGNS = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_TEX = re.compile(r"\$\$[^$]*\$\$|\$[^$\s](?:[^$\n]*[^$\s])?\$|\\[A-Za-z]+")
_WORD = re.compile(r"[^\W_]+(?:[-_'’./][^\W_]+)*")
_PARTS = re.compile(r"[^\W_]+")
_BOUNDARY = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])"
)
_PLURAL = re.compile(r"[a-z]{3,}s")
_KEPT_MARKS = "\u3099\u309a"  # the voiced sounds of Japanese are letters of their own


class Term(NamedTuple):
    """A term at its place, counted in words. ``is_whole``: the joined form of a word of several
    parts, beside which the parts stand too."""

    text: str
    place: int
    is_whole: bool = False


def terms(text: str) -> list[Term]:
    """All terms of a text, in order. Stop words keep their place."""
    found: list[Term] = []
    place = 0
    for word in words(text):
        made, length = terms_of(word)
        found += (Term(term, place + offset, is_whole) for term, offset, is_whole in made)
        place += length
    return found


def words(text: str) -> list[str]:
    """The words of a text, before they are taken apart."""
    return _split(_folded_marks(text))


def words_as_written(text: str) -> list[str]:
    """The same with their accents, as a reader knows them."""
    return _split(unicodedata.normalize("NFC", text))


def terms_of_written(word: str) -> tuple[tuple[str, int, bool], ...]:
    """The same of a word with its accents."""
    return terms_of(_folded_marks(word))[0]


def runs(part: str) -> list[str]:
    """Runs of Chinese, Japanese or Korean signs, and what stands between them."""
    return [part] if part.isascii() else _cjk_runs().findall(part)


def is_cjk(term: str) -> bool:
    """Whether a term is made of Chinese, Japanese or Korean signs."""
    return not term.isascii() and _cjk().match(term) is not None


def has_cjk(text: str) -> bool:
    """Whether a text has such signs."""
    return not text.isascii() and _cjk().search(text) is not None


@cache  # these take 5 ms to compile, which every command would pay
def _cjk() -> re.Pattern[str]:
    return re.compile(f"[{_CJK_SIGNS}]")


@cache
def _cjk_runs() -> re.Pattern[str]:
    return re.compile(f"[{_CJK_SIGNS}]+|[^{_CJK_SIGNS}]+")


def folded(text: str) -> str:
    """A label or key for comparison: composed, lower case, white space single."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


@lru_cache(maxsize=64)  # the fields of a note: they are asked for more than once
def _split(text: str) -> list[str]:
    found: list[str] = _WORD.findall(_TEX.sub(" ", text))
    return found


@lru_cache(maxsize=1 << 16)
def terms_of(word: str) -> tuple[tuple[tuple[str, int, bool], ...], int]:
    """(term, offset, is whole) of each term of a word, and how many places the word takes."""
    parts = [piece for part in _PARTS.findall(word) for run in runs(part) for piece in _pieces(run)]
    made = [
        (_term(part), offset, False)
        for offset, part in enumerate(parts)
        if part.lower() not in STOP_WORDS
    ]
    if len(parts) > 1 and not any(map(is_cjk, parts)):
        made.insert(0, (_term("".join(parts)), 0, True))
    return tuple(made), len(parts)


def _pieces(run: str) -> list[str]:
    """Pairs of signs and the last sign, or the parts of a word in camel case or with digits."""
    if is_cjk(run):
        return [run[start : start + 2] for start in range(len(run))]
    return _BOUNDARY.split(run)


def _term(word: str) -> str:
    term = word.lower().replace("ß", "ss").replace("ς", "σ")
    if _PLURAL.fullmatch(term) and not term.endswith(("ss", "us", "is")):
        term = f"{term[:-3]}y" if term.endswith("ies") and len(term) > 4 else term[:-1]
    return term[:LONGEST]


def _folded_marks(text: str) -> str:
    if text.isascii():
        return text
    plain = (
        char
        for char in unicodedata.normalize("NFKD", text)
        if char < "\x80" or char in _KEPT_MARKS or unicodedata.category(char)[0] != "M"
    )
    return unicodedata.normalize("NFC", "".join(plain))
