"""An index in memory, made as docs/search.md says, of notes that are written out in the tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from paperkb.search.engine import search
from paperkb.search.query import parse_query
from paperkb.search.scores import FIELDS, share, weight
from paperkb.search.source import Posting
from paperkb.search.terms import folded, terms

GAP = 10
"""Words between two fields, or two items of one."""
_ALONE = {"title": "title", "author": "authors", "venue": "venue", "via": "via"}
"""Fields that can be searched alone, and where their texts are."""

Text = str | Sequence[str]


@dataclass
class MemorySource:
    """What ``source.Source`` asks for, as plain lists."""

    keys: list[str] = field(default_factory=list)
    weights: dict[str, dict[int, int]] = field(default_factory=dict)
    positions: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    orders: dict[str, list[int]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.keys)

    def posting(self, entry: str) -> Posting | None:
        if entry not in self.weights:
            return None
        found = self.weights[entry]
        numbers = sorted(found, key=lambda number: self.keys[number])
        weights = [found[number] for number in numbers]
        return Posting(entry, numbers, weights if any(weights) else [])

    def entries(self, prefix: str) -> Sequence[str]:
        return sorted(entry for entry in self.weights if entry.startswith(prefix))

    def longer(self, entry: str, most: int) -> Sequence[str]:
        longer = [other for other in self.entries(entry) if other != entry]
        return [other for other in longer if ":" in entry or ":" not in other][:most]

    def places(self, entry: str, number: int) -> Sequence[int]:
        return self.positions.get(entry, {}).get(number, [])

    def similar(self, length: int) -> Sequence[str]:
        return sorted(name for name in self.names if len(name) == length)

    def by_key(self, numbers: Collection[int]) -> Sequence[int]:
        return sorted(numbers, key=lambda number: self.keys[number])

    def order(self, name: str) -> Sequence[int]:
        return self.orders[name]

    def keys_for(self, text: str, *, typing: bool = False) -> list[str]:
        """The keys of the notes that answer a query, the best first."""
        return [key for key, _ in self.hits_for(text, typing=typing)]

    def hits_for(self, text: str, *, typing: bool = False) -> list[tuple[str, float]]:
        """(key, score) of the notes that answer a query."""
        return [
            (self.keys[hit.number], hit.score)
            for hit in search(self, parse_query(text, typing=typing))
        ]


def index(notes: Mapping[str, Mapping[str, Text]]) -> MemorySource:
    """An index of key → field → text. ``facts`` are entries as they are: ``tag:nlp``, ``year:2017``
    ``cites:KEY``. Notes are numbered as they come, not by key."""
    source = MemorySource(list(notes))
    hits: dict[str, dict[int, float]] = defaultdict(dict)
    for number, note in enumerate(notes.values()):
        place = 0
        for name in FIELDS:
            place = _add(source, hits, number, name, _items(note.get(name)), place)
        for name, texts in _ALONE.items():
            kind = texts if texts in FIELDS else "title"
            _add(source, hits, number, kind, _items(note.get(texts)), 0, f"{name}:")
        for name in ("title", "authors", "tags"):
            for item in _items(note.get(name)):
                source.names.update(term.text for term in terms(item))
        for fact in _facts(notes, number):
            hits[fact][number] = 0
    source.weights = {
        entry: {number: weight(hit) if hit else 0 for number, hit in found.items()}
        for entry, found in hits.items()
    }
    source.orders = _orders(notes)
    return source


def _items(text: Text | None) -> Sequence[str]:
    if not text:
        return ()
    return (text,) if isinstance(text, str) else text


def _add(
    source: MemorySource,
    hits: dict[str, dict[int, float]],
    number: int,
    kind: str,
    items: Sequence[str],
    place: int,
    prefix: str = "",
) -> int:
    """Add a field's terms from a place on; where the next field may begin."""
    made = [terms(item) for item in items]
    lengths = [found[-1].place + 1 if found else 0 for found in made]
    each = share(kind, sum(lengths))
    for found, length in zip(made, lengths, strict=True):
        for term in found:
            entry = prefix + term.text
            hits[entry][number] = hits[entry].get(number, 0) + each
            if not term.is_whole:
                places = source.positions.setdefault(entry, {}).setdefault(number, [])
                places.append(place + term.place)
        place += length + GAP
    return place


def _facts(notes: Mapping[str, Mapping[str, Text]], number: int) -> Iterable[str]:
    key = list(notes)[number]
    for fact in _items(notes[key].get("facts")):
        yield fact
        if fact.startswith("added:"):
            yield f"month:{fact[6:13]}"
    for other, note in notes.items():
        if f"cites:{folded(key)}" in _items(note.get("facts")):
            yield f"citedby:{folded(other)}"


def _orders(notes: Mapping[str, Mapping[str, Text]]) -> dict[str, list[int]]:
    keys = list(notes)
    by_key = sorted(range(len(keys)), key=lambda number: keys[number])

    def fact(number: int, name: str) -> str:
        found = [fact for fact in _facts(notes, number) if fact.startswith(f"{name}:")]
        return str(len(found)) if name == "citedby" else found[0] if found else ""

    def title(number: int) -> str:
        return folded(str(notes[keys[number]].get("title", "")))

    orders = {"key": by_key, "title": sorted(by_key, key=title)}
    for order, name in (
        ("year", "year"), ("added", "added"), ("rating", "rating"), ("cited", "citedby"),
    ):  # fmt: skip
        ranks = {number: fact(number, name) for number in by_key}
        orders[order] = sorted(by_key, key=ranks.__getitem__, reverse=True)
    return orders
