"""Which notes belong together, and why: a pure function of what they share.

Two notes are **tied** by a reference that both cite, by a note that cites both, and by a word that
tells what each is about. A tie counts more the fewer notes it holds, in powers of two, so that one
edit seldom moves it; what holds very many tells nothing about any two of them, and is left out.
Notes that cite one another are left out too: a page shows them as what they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop
from typing import NamedTuple, Protocol

from paperkb.search.telling import Said, joined

MOST = 6
"""Related notes of a note."""
MOST_REASONS = 3
"""References, citing notes and words that are given as reasons, each."""
MOST_WORDS = 8
"""Words that are looked at for these: some are parts of one another."""
MANY = 64
"""A tie of so many notes is none: neither the work nor what one edit changes may grow with it."""
REFERENCE, CITING = 6, 4
"""What a shared reference and a note that cites both count; a word counts the product of how
strongly both notes say it."""
LEAST = 16
"""The sum of ties below which two notes are not related; and one tie alone is chance."""


_ONE = 1 << 12


class Related(NamedTuple):
    """A related note, and why: keys of works that both cite, of notes that cite both, and words
    as the note itself writes them; the rarest of each first."""

    key: str
    references: tuple[str, ...]
    citing: tuple[str, ...]
    words: tuple[str, ...]


class Ties(Protocol):
    """What ties notes. Only public notes, by key."""

    def size(self) -> int:
        """The number of notes."""

    def said(self, key: str) -> Sequence[Said]:
        """The telling words of a note."""

    def saying(self, term: str) -> Mapping[str, int]:
        """The notes that a word tells something about, and how strongly they say it."""

    def cited(self, key: str) -> Mapping[str, bool]:
        """The works that a note cites, and whether each has a note."""

    def citing(self, key: str) -> Mapping[str, int]:
        """The notes that cite a work, each with a 1."""


class _Tie(NamedTuple):
    weight: int
    kind: str
    name: str
    holds: Mapping[str, int]
    """Notes, and how often the weight counts for each."""


def find_related(key: str, ties: Ties) -> tuple[Related, ...]:
    """The notes that are most related to one, the closest first, by key where equal."""
    held = sorted(_held(key, ties), key=lambda tie: (-tie.weight, tie.kind, tie.name))
    scores: defaultdict[str, int] = defaultdict(int)  # and, below ``_ONE``, the number of ties
    for weight, _, _, holds in held:
        for other, times in holds.items():
            scores[other] += weight * times * _ONE + 1
    least = LEAST * _ONE
    near = [(-(s // _ONE), o) for o, s in scores.items() if s >= least and s % _ONE > 1]
    heapify(near)
    cited = ties.cited(key)
    found: list[Related] = []
    while near and len(found) < MOST:
        _, other = heappop(near)
        if other == key or other in cited or key in ties.cited(other):
            continue
        reasons = [tie for tie in held if other in tie.holds]
        words = joined([tie.name for tie in reasons if tie.kind == "word"][:MOST_WORDS])
        found.append(
            Related(
                other,
                tuple(tie.name for tie in reasons if tie.kind == "reference")[:MOST_REASONS],
                tuple(tie.name for tie in reasons if tie.kind == "citing")[:MOST_REASONS],
                tuple(words[:MOST_REASONS]),
            )
        )
    return tuple(found)


def _held(key: str, ties: Ties) -> Iterator[_Tie]:
    """What holds a note together with others, without what holds too many."""
    steps = ties.size().bit_length() - 1
    rare = max(min(2, steps - 2), 1)  # a word that a quarter of the notes say is no sign
    for term, strength, written in ties.said(key):
        saying = ties.saying(term)
        rarity = steps - len(saying).bit_length()
        if rarity >= rare and 1 < len(saying) < MANY:
            yield _Tie(rarity * strength, "word", written, saying)
    for name in ties.cited(key):
        holds = ties.citing(name)
        if 1 < len(holds) < MANY:
            rarity = max(steps - len(holds).bit_length(), 1)
            yield _Tie(REFERENCE * rarity, "reference", name, holds)
    citing = ties.citing(key)
    for name in citing if len(citing) < MANY else ():
        works = ties.cited(name)
        if 1 < len(works) < MANY:
            rarity = max(steps - len(works).bit_length(), 1)
            yield _Tie(CITING * rarity, "citing", name, {w: 1 for w, n in works.items() if n})
