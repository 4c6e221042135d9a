"""The index as the search engine asks it (``search/source.py``)."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from paperkb.library.index import Index
from paperkb.library.postings import (
    LABELS,
    NUMBER,
    SIZE,
    TERMS,
    WEIGHT,
    StoredPosting,
    terms_of_label,
)
from paperkb.library.published import published
from paperkb.library.tables import LISTED, PRIVATE_ONLY
from paperkb.search.document import pack_places, unpack_places
from paperkb.search.source import Posting

ORDERS = {
    "key": "key",
    "title": "title_folded, key",
    "year": "year is null, year desc, key",
    "added": "added = '', added desc, key",
    "rating": "rating is null, rating desc, key",
    "cited": "cited desc, key",
}
"""Each order of all notes, as SQL."""
LAST = "\U0010ffff"
"""What is above all else: entries that begin with a text are below the text with this sign."""

NO_PLACES = pack_places(())
"""What is stored of a term that is found only as a whole."""


class EntrySizes(NamedTuple):
    """For each entry, in order: the number of its public notes, and the generations in which notes
    and weights, and places, last changed."""

    entry: Sequence[str]
    public: Sequence[int]
    changed: Sequence[int]
    moved: Sequence[int]


class IndexSource:
    """The postings of a library; ``is_public``: those of what may be published."""

    def __init__(self, index: Index, *, is_public: bool = False) -> None:
        self._index = index
        self._seen = "private = 0" if is_public else "1"
        seen = "and public > 0" if is_public else ""
        self._between = f"entry >= ? and entry < ? {seen}"
        self._hidden: frozenset[int] = frozenset()
        if is_public:
            rows = index.rows("select number from note where private = 1")
            self._hidden = frozenset(number for (number,) in rows)
        self._row = lru_cache(maxsize=512)(self._read_row)
        self._order = lru_cache(maxsize=2)(self._read_order)

    @cached_property
    def size(self) -> int:
        """The number of notes."""
        return int(self._index.value(f"select count(*) from note where {self._seen}"))

    def version(self) -> str:
        """Another text when there is another note, or one says something else."""
        # Each as one text, made by SQLite: a row for each note takes three times as long.
        notes = f"select key, path, text from note where {self._seen} order by key"
        texts = f"select group_concat(key || '/' || path || '/' || hex(text), '/') from ({notes})"
        link = f"target = known.key and outcome = 'known' and audience <> {PRIVATE_ONLY}"
        # What nobody cites is no fact.
        known = f"select key from known where exists (select 1 from link where {link}) order by key"
        keys = f"select group_concat(key, '/') from ({known})"
        digest = hashlib.blake2b(digest_size=6)
        for query in (texts, keys):
            said: str = self._index.value(query) or ""
            digest.update(said.encode("utf-8", "surrogatepass") + b"\n")
        return digest.hexdigest()

    def keys_of(self, numbers: Collection[int]) -> dict[int, str]:
        """Number → key of some notes, in the order of the keys."""
        query = f"select number, key from note where number in {LISTED}"
        return dict(self._index.rows(f"{query} order by key", json.dumps([*numbers])))

    def by_key(self, numbers: Collection[int]) -> Sequence[int]:
        """Some notes in the order of their keys."""
        return list(self.keys_of(numbers))

    def posting(self, entry: str) -> Posting | None:
        """The notes of an entry."""
        stored = self._row(entry)
        hits: Sequence[int] = stored.hits if stored else ()
        if self._hidden:
            hits = [hit for hit in hits if hit >> 32 not in self._hidden]
        if not hits:
            return None
        return Posting(entry, [hit >> 32 for hit in hits], [hit >> 16 & 0xFFFF for hit in hits])

    def entries(self, prefix: str) -> Sequence[str]:
        """All entries that begin so."""
        query = f"select entry from posting where {self._between} order by entry"
        return [entry for (entry,) in self._index.rows(query, prefix, f"{prefix}{LAST}")]

    def longer(self, entry: str, most: int) -> Sequence[str]:
        """The first entries that begin so and go on; of a word, words alone."""
        words = "" if ":" in entry else "and instr(entry, ':') = 0"
        query = f"select entry from posting where {self._between} {words} order by entry limit ?"
        rows = self._index.rows(query, entry, f"{entry}{LAST}", most + 1)
        return [longer for (longer,) in rows if longer != entry][:most]

    def places(self, entry: str, number: int) -> Sequence[int]:
        """Where a term stands in a note."""
        stored = self._row(entry)
        if stored is None or number in self._hidden:
            return ()
        return unpack_places(stored.places_of(number))

    def sizes(self) -> EntrySizes:
        """What shards are planned from: all entries that a public note has."""
        rows = "select entry, public, changed, moved from posting where public > 0 order by entry"
        # Each column as one text: a row for each entry takes twice as long to read.
        columns = ", ".join(f"json_group_array({name})" for name in EntrySizes._fields)
        (found,) = self._index.rows(f"select {columns} from ({rows})")
        return EntrySizes(*map(json.loads, found))

    @cached_property
    def published(self) -> dict[int, int]:
        """Number → number on the site, from low to high."""
        query = f"select number from note where {self._seen} order by number"
        return published([number for (number,) in self._index.rows(query)])

    def published_between(
        self, start: str, end: str
    ) -> Iterator[tuple[str, list[int], Sequence[int]]]:
        """(entry, numbers of its notes on the site, weights) from the entry ``start`` on and before
        ``end``; to the last if that is empty. There are no weights where an entry only filters."""
        known = self.published
        for entry, hits in self._rows_between("entry, hits", start, end):
            numbers, weights = array("I", hits)[NUMBER::2], array("H", hits)[WEIGHT::4]
            if self._hidden:
                seen = [known.get(number, -1) for number in numbers]
                weights = array("H", [w for n, w in zip(seen, weights, strict=True) if n >= 0])
                found = [number for number in seen if number >= 0]
            else:
                found = list(map(known.__getitem__, numbers))
            if found:
                yield entry, found, weights if any(weights) else ()

    def places_between(self, start: str, end: str) -> Iterator[tuple[str, list[bytes]]]:
        """(entry, packed places of each of its notes) of the entries that have any."""
        for entry, hits, stored in self._rows_between("entry, hits, places", start, end):
            sizes = array("H", hits)[SIZE::4]
            if max(sizes) <= len(NO_PLACES):
                continue
            ends = [0, *accumulate(sizes)]
            places = [stored[low:high] for low, high in pairwise(ends)]
            if self._hidden:
                numbers = zip(array("I", hits)[NUMBER::2], places, strict=True)
                places = [packed for number, packed in numbers if number not in self._hidden]
            if any(packed > NO_PLACES for packed in places):
                yield entry, places

    def _rows_between(self, columns: str, start: str, end: str) -> Iterable[tuple[Any, ...]]:
        query = f"select {columns} from posting where entry >= ?"
        if end:
            return self._index.rows(f"{query} and entry < ? order by entry", start, end)
        return self._index.rows(f"{query} order by entry", start)

    def similar(self, length: int) -> Sequence[str]:
        """Terms of titles, authors and tags with so many characters."""
        return self._similar.get(length, ())

    @cached_property
    def _similar(self) -> dict[int, list[str]]:
        terms = {entry.removeprefix(prefix) for prefix in TERMS for entry in self.entries(prefix)}
        found: dict[int, list[str]] = {}
        for term in sorted(terms | self._label_terms):
            found.setdefault(len(term), []).append(term)
        return found

    @cached_property
    def _label_terms(self) -> set[str]:
        labels = (e.removeprefix(prefix) for prefix in LABELS for e in self.entries(prefix))
        return set().union(*map(terms_of_label, labels))

    def lengths(self) -> list[int]:
        """The lengths of which ``similar`` knows terms."""
        found = set(map(len, self._label_terms))
        query = f"select distinct length(entry) from posting where {self._between}"
        for prefix in TERMS:
            rows = self._index.rows(query, prefix, f"{prefix}{LAST}")
            found.update(length - len(prefix) for (length,) in rows)
        return sorted(found)

    def order(self, name: str) -> Sequence[int]:
        """The numbers of all notes in one of ``ORDERS``."""
        return self._order(name)

    def _read_order(self, name: str) -> Sequence[int]:
        cited = (
            "(select count(distinct source) from link where target = note.key"
            f" and audience <> {PRIVATE_ONLY} and outcome = 'found' and source <> note.key)"
        )
        column = f", {cited} as cited" if name == "cited" else ""
        query = f"select number{column} from note where {self._seen} order by {ORDERS[name]}"
        return [number for number, *_ in self._index.rows(query)]

    def _read_row(self, entry: str) -> StoredPosting | None:
        query = "select hits, places from posting where entry = ?"
        for hits, places in self._index.rows(query, entry):
            return StoredPosting(array("Q", hits), places)
        return None
