"""The index as the search engine asks it (``search/source.py``)."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property, lru_cache

from paperkb.library.index import Index
from paperkb.library.postings import NAMES, StoredPosting
from paperkb.search.document import unpack_places
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


class IndexSource:
    """The postings of a library; ``is_public``: those of what may be published."""

    def __init__(self, index: Index, *, is_public: bool = False) -> None:
        self._index = index
        self._seen = "private = 0" if is_public else "1"
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

    @cached_property
    def ranks(self) -> dict[int, int]:
        """Number → place in the order of keys."""
        return {number: rank for rank, number in enumerate(self.order("key"))}

    @cached_property
    def keys(self) -> dict[int, str]:
        """Number → key."""
        return dict(self._index.rows(f"select number, key from note where {self._seen}"))

    def posting(self, entry: str) -> Posting | None:
        """The notes of an entry, in the order of their keys."""
        stored = self._row(entry)
        if stored is None:
            return None
        ranks = self.ranks
        rows = sorted(
            (ranks[number], number, weight)
            for number, weight in zip(stored.numbers(), stored.weights(), strict=True)
            if number not in self._hidden
        )
        if not rows:
            return None
        return Posting(entry, [row[1] for row in rows], [row[2] for row in rows])

    def entries(self, prefix: str) -> Sequence[str]:
        """All entries that begin so."""
        query = "select entry from posting where entry >= ? and entry < ? order by entry"
        rows = self._index.rows(query, prefix, f"{prefix}\U0010ffff")
        found = [entry for (entry,) in rows]
        return [entry for entry in found if self.posting(entry)] if self._hidden else found

    def places(self, entry: str, number: int) -> Sequence[int]:
        """Where a term stands in a note."""
        stored = self._row(entry)
        if stored is None or number in self._hidden:
            return ()
        return unpack_places(stored.places_of(number))

    def packed_places(self, entry: str) -> bytes:
        """The places of a posting, in its order, packed; empty if there are none."""
        stored = self._row(entry)
        if stored is None or not stored.places:
            return b""
        ranks = self.ranks
        seen = (hit for hit in stored.all() if hit.number not in self._hidden)
        return b"".join(places for _, places in sorted((ranks[h.number], h.places) for h in seen))

    def sizes(self) -> list[tuple[str, int, int, int]]:
        """(entry, number of notes, when it changed, when its places did) of all entries."""
        query = "select entry, length(hits) / 8, changed, moved from posting order by entry"
        rows = [(entry, n, changed, moved) for entry, n, changed, moved in self._index.rows(query)]
        if not self._hidden:
            return rows
        seen = ((row, self.posting(row[0])) for row in rows)
        return [(row[0], len(p.numbers), *row[2:]) for row, p in seen if p is not None]

    def between(self, start: str, end: str) -> list[str]:
        """The entries from ``start`` on and before ``end``; to the last one if that is empty."""
        query = "select entry from posting where entry >= ?"
        rows = (
            self._index.rows(f"{query} and entry < ? order by entry", start, end)
            if end
            else self._index.rows(f"{query} order by entry", start)
        )
        return [entry for (entry,) in rows]

    def similar(self, length: int) -> Sequence[str]:
        """Terms of titles, authors and tags with so many characters."""
        return self._similar.get(length, ())

    @cached_property
    def _similar(self) -> dict[int, list[str]]:
        terms: set[str] = set()
        for prefix in NAMES:
            terms.update(entry.removeprefix(prefix) for entry in self.entries(prefix))
        found: dict[int, list[str]] = {}
        for term in sorted(terms):
            found.setdefault(len(term), []).append(term)
        return found

    def lengths(self) -> list[int]:
        """The lengths of which ``similar`` knows terms."""
        return sorted(self._similar)

    def order(self, name: str) -> Sequence[int]:
        """The numbers of all notes in one of ``ORDERS``."""
        return self._order(name)

    def _read_order(self, name: str) -> Sequence[int]:
        cited = (
            "(select count(distinct source) from link join note as citing on citing.key = source"
            " where target = note.key and audience <> 1"
            " and outcome = 'found' and source <> note.key)"
        )
        column = f", {cited} as cited" if name == "cited" else ""
        query = f"select number{column} from note where {self._seen} order by {ORDERS[name]}"
        return [number for number, *_ in self._index.rows(query)]

    def _read_row(self, entry: str) -> StoredPosting | None:
        query = "select hits, places from posting where entry = ?"
        for hits, places in self._index.rows(query, entry):
            return StoredPosting(array("Q", hits), places)
        return None
