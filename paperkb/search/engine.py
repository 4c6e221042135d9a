"""A query, answered from a source. The browser's engine does the same, line by line
(``templates/static/search-engine.js``); docs/search.md says what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from paperkb.search.document import MONTH
from paperkb.search.names import common_start
from paperkb.search.query import And, Label, Node, Not, Or, Query, Range, Words
from paperkb.search.scores import rarity, rounded, saturated
from paperkb.search.source import Posting, Source
from paperkb.search.terms import is_cjk

LONGER = 0.7
"""What a word that goes on beyond the prefix is worth."""
ONE_EDIT, TWO_EDITS = 0.4, 0.2
"""What a term with so many typos is worth."""
ONE_EDIT_FROM, TWO_EDITS_FROM = 4, 8
"""Letters of a word from which so many typos are forgiven."""
FEW = 3
"""Fewer results than this make the engine think of typos."""
MOST_SIMILAR = 2
"""Names that a mistyped word stands for: somebody waits for their numbers to arrive."""

MOST_LONGER = 100
"""Words that a prefix stands for, beside itself."""
MOST_NOTES = 8_000
"""Notes of all these words together, a note counted with each: once there are so many, no further
word is looked for, as somebody waits for their numbers to arrive."""

UNSCORED = ("venue:", "via:")
"""Entries of words that only filter."""


class Hit(NamedTuple):
    """A note that was found, by number."""

    number: int
    score: float


Scores = dict[int, float]


class Answer(NamedTuple):
    """All notes that match, the best first. ``cut``: the prefixes that more words begin with than
    were looked for, and ``instead``: the names that were looked for beside mistyped words; both
    sorted."""

    hits: list[Hit]
    cut: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


def search(source: Source, query: Query) -> list[Hit]:
    """All notes that match, the best first."""
    return answer(source, query).hits


def answer(source: Source, query: Query) -> Answer:
    """All notes that match, and what was left out."""
    engine = _Engine(source)
    scores = engine.scores(query.root)
    doubted = engine.doubted(query.root) if len(scores) < FEW else ()
    if doubted:
        engine = _Engine(source, doubted)
        scores = engine.scores(query.root)
    left = tuple(sorted(engine.cut)), tuple(sorted(engine.instead))
    if query.sort != "relevance":
        order = source.order(query.sort)
        return Answer([Hit(n, rounded(scores[n])) for n in order if n in scores], *left)
    rank = {number: place for place, number in enumerate(source.by_key(scores))}
    hits = (Hit(number, rounded(score)) for number, score in scores.items())
    return Answer(sorted(hits, key=lambda hit: (-hit.score, rank[hit.number])), *left)


def _mistakable(node: Node) -> Iterator[Words]:
    """The words of a query that may be slips for others."""
    match node:
        case Words():
            if node.is_plain and len(node.parts) == 1 and _edits(node.parts[0][0]):
                yield node
        case And(children) | Or(children):
            for child in children:
                yield from _mistakable(child)


def _says_nothing(node: Node) -> bool:
    """Whether a part of a query is stop words and signs alone."""
    match node:
        case Words():
            return not node.parts
        case Not(child):
            return _says_nothing(child)
        case And(children) | Or(children):
            return all(map(_says_nothing, children))
        case _:
            return False


def _edits(term: str) -> int:
    """How many typos a term may have."""
    if is_cjk(term):
        return 0
    return (len(term) >= ONE_EDIT_FROM) + (len(term) >= TWO_EDITS_FROM)


class _Engine:
    """Answers from a source; ``doubted`` words also stand for similar names."""

    def __init__(self, source: Source, doubted: Collection[Words] = ()) -> None:
        self.source = source
        self._doubted = doubted
        self.cut: set[str] = set()
        self.instead: set[str] = set()

    def scores(self, node: Node) -> Scores:
        match node:
            case Words():
                return self.words(node)
            case Label():
                return self.label(node)
            case Range():
                return self.range(node)
            case Or(children):
                return _best(self.scores(child) for child in children)
            case And(children):
                return self.all_of(children)
            case Not():
                return self.all_of((node,))

    def everything(self) -> Sequence[int]:
        return self.source.order("key")

    def all_of(self, children: Sequence[Node]) -> Scores:
        asked = [child for child in children if not _says_nothing(child)]
        if children and not asked:
            return {}
        wanted = [child for child in asked if not isinstance(child, Not)]
        unwanted = [child.child for child in asked if isinstance(child, Not)]
        found: Scores | None = None
        for wished in wanted:
            scores = self.scores(wished)
            if found is None:
                found = scores
            else:
                found = {n: score + scores[n] for n, score in found.items() if n in scores}
        if found is None:
            found = dict.fromkeys(self.everything(), 0.0)
        exact = _Engine(self.source)
        for child in unwanted:
            scores = exact.scores(child)
            found = {n: score for n, score in found.items() if n not in scores}
        self.cut |= exact.cut
        return found

    # Words

    def words(self, words: Words) -> Scores:
        """A word or a phrase: its parts side by side, or, of one word, the joined form."""
        field = f"{words.field}:" if words.field else ""
        if not words.parts:
            return {}
        is_one = len(words.parts) == 1
        term = words.parts[0][0] if is_one else words.whole
        found = [] if is_one else [self.phrase(words, field)]
        if term:
            found.append(self.entry(f"{field}{term}"))
        if words.is_prefix:
            is_asked = not words.is_plain or is_cjk(term)  # and not just a word being typed
            found += self.longer(f"{field}{term}", is_asked=is_asked)
        if words in self._doubted:
            others = self.similar(term)
            self.instead.update(other for other, _ in others)
            found += [self.entry(other, worth) for other, worth in others]
        return _best(found)

    def longer(self, prefix: str, *, is_asked: bool) -> Iterator[Scores]:
        """What the first words that go on beyond a prefix find."""
        notes = 0
        for place, entry in enumerate(self.source.longer(prefix, MOST_LONGER + 1)):
            if place == MOST_LONGER or notes >= MOST_NOTES:
                if is_asked:
                    self.cut.add(prefix)
                return
            scores = self.entry(entry, LONGER)
            notes += len(scores)
            yield scores

    def entry(self, entry: str, worth: float = 1.0) -> Scores:
        posting = self.source.posting(entry)
        return {} if posting is None else self.scored(posting, worth)

    def scored(self, posting: Posting, worth: float) -> Scores:
        if not posting.weights or posting.entry.startswith(UNSCORED):
            return dict.fromkeys(posting.numbers, 0.0)
        idf = rarity(self.source.size, len(posting.numbers))
        return {
            number: idf * saturated(weight) * worth
            for number, weight in zip(posting.numbers, posting.weights, strict=True)
        }

    def phrase(self, words: Words, field: str) -> Scores:
        """Notes in which the parts stand at these distances; the sum of what each is worth."""
        parts = [(f"{field}{term}", place) for term, place in words.parts]
        first_entry, first_place = parts[0]
        found = self.entry(first_entry)
        for entry, _ in parts[1:]:
            scores = self.entry(entry)
            found = {n: score + scores[n] for n, score in found.items() if n in scores}
        return {
            number: score
            for number, score in found.items()
            if self.stand_together(parts, first_entry, first_place, number)
        }

    def stand_together(
        self, parts: Sequence[tuple[str, int]], first_entry: str, first_place: int, number: int
    ) -> bool:
        starts = set(self.source.places(first_entry, number))
        for entry, place in parts[1:]:
            distance = place - first_place
            starts &= {found - distance for found in self.source.places(entry, number)}
        return bool(starts)

    def doubted(self, root: Node) -> list[Words]:
        """The words that find few notes by themselves; if none does, that which finds fewest."""
        found = [(words, len(self.words(words))) for words in _mistakable(root)]
        few = max(FEW - 1, min((count for _, count in found), default=0))
        return [words for words, count in found if count <= few]

    def similar(self, term: str) -> list[tuple[str, float]]:
        """(name, worth) of the nearest names that a word may be a slip for. Of those with as many
        typos, the one that begins like it for longer is nearer."""
        most = _edits(term)
        found = []
        for length in range(len(term) - most, len(term) + most + 1):
            for name in self.source.similar(length):
                edits = distance(term, name, most)
                if 0 < edits <= most:
                    found.append((edits, -len(common_start(term, name)), name))
        nearest = sorted(found)[:MOST_SIMILAR]
        return [(name, ONE_EDIT if edits == 1 else TWO_EDITS) for edits, _, name in nearest]

    # Filters

    def label(self, label: Label) -> Scores:
        entries = [label.entry]
        if label.is_prefix:
            entries = list(self.source.entries(label.entry))
        elif label.nested:
            entries += self.source.entries(f"{label.entry}/")
        return self.any_of(entries)

    def range(self, wanted: Range) -> Scores:
        if wanted.field == "added":
            return self.any_of(self.days(wanted.low, wanted.high))
        return self.any_of(self.between(wanted.field, wanted.low, wanted.high))

    def between(self, field: str, low: str, high: str) -> list[str]:
        """The entries of a field whose values lie between two, where these are not empty."""
        prefix = f"{field}:"
        return [
            entry
            for entry in self.source.entries(prefix)
            if (not low or entry[len(prefix) :] >= low)
            and (not high or entry[len(prefix) :] <= high)
        ]

    def days(self, low: str, high: str) -> Iterator[str]:
        """The entries of some days: whole months, and days of those at the two ends."""
        first, last = low[:MONTH], high[:MONTH]
        for entry in self.between("month", first, last):
            month = entry[-MONTH:]
            if low <= f"{month}-01" and (not high or f"{month}-31" <= high):
                yield entry
            else:
                end = f"{month}~"
                yield from self.between("added", max(low, month), min(high or end, end))

    def any_of(self, entries: Iterable[str]) -> Scores:
        found: Scores = {}
        for entry in entries:
            posting = self.source.posting(entry)
            if posting is not None:
                found.update(dict.fromkeys(posting.numbers, 0.0))
        return found


def _best(found: Iterable[Scores]) -> Scores:
    """The larger score of each note."""
    best: Scores = {}
    for scores in found:
        for number, score in scores.items():
            if number not in best or best[number] < score:
                best[number] = score
    return best


def distance(one: str, other: str, most: int) -> int:
    """Insertions, deletions, substitutions and exchanges of neighbours between two words; a number
    above ``most`` as soon as it is more. (Optimal string alignment.)"""
    if len({*one} ^ {*other}) > 2 * most:  # one edit brings and takes one letter each at most
        return most + 1
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, char in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != char))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == char:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        rows.append(row)
    return rows[-1][-1]
