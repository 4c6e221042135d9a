"""Which notes are related: lists that are made again only where a tie of theirs changed.

``telling`` holds the notes of each telling word; what cites what is in ``link``. An edit changes
some ties; the notes that those hold get a new list, and only a list that came out otherwise is
written and touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from paperkb.library.changes import Changes
from paperkb.library.index import Index, decode, encode
from paperkb.library.related import MANY, Ties, find_related
from paperkb.library.tables import PRIVATE_ONLY
from paperkb.search.telling import Said

Works = Mapping[str, bool]
"""Works that a note cites, and whether each has a note."""
Citing = Mapping[str, tuple[Sequence[str], int]]
"""For each work, the notes that cite it, and how many did before."""
PRELOAD_SHARE = 8
"""From one note in so many on, all ties are read at once."""
_SIZE = "select count(*) from note where private = 0"
_CITED = f"outcome in ('found', 'known') and audience <> {PRIVATE_ONLY} and source <> target"


class RelatedRows:
    """Gathers what changed of words and links, and makes the lists anew that hang on it."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.index: Index = changes.index
        self._words: dict[str, bytes | None] = {}
        self._links: dict[str, tuple[Works, Works]] = {}

    def put_words(self, key: str, words: bytes | None) -> None:
        """The telling words of a note, packed; none if it is gone, or private."""
        self._words[key] = words

    def put_links(self, source: str, before: Works, after: Works) -> None:
        """The works that a note cited, and cites."""
        if before != after and not self.changes.is_first:
            self._links[source] = before, after

    def write(self) -> None:
        """Write what was gathered, and the lists that follow."""
        if not self._words and not self._links:
            return
        citing = self._touch_fame()
        steps = int(self.index.state("related") or 0).bit_length()
        terms = self._write_words()
        size = int(self.index.value(_SIZE))
        self.index.set_state("related", str(size))
        if self.changes.is_first or size.bit_length() != steps:
            affected = {key for (key,) in self.index.rows("select key from related")}
        else:
            affected = self._affected(terms, citing)
        ties = StoredTies(self.index)
        if len(affected) > size // PRELOAD_SHARE:
            ties.preload()
        with self.changes.watch.step("find related notes", len(affected)):
            self._write_lists(sorted(affected), ties)

    def _write_words(self) -> dict[str, int]:
        """Write the words, and return for each term that changed how many notes more have it."""
        more: Counter[str] = Counter()
        gone: list[tuple[str, str]] = []
        came: list[tuple[str, str, int]] = []
        rows: list[tuple[bytes, str]] = []
        for key, words in self._words.items():
            old = self._stored(key)
            before, after = _strengths(old), _strengths(words)
            gone += [(term, key) for term in before.keys() - after.keys()]
            came += [
                (t, key, strength) for t, strength in after.items() if before.get(t) != strength
            ]
            for term in before.keys() | after.keys():
                if before.get(term) != after.get(term):
                    more[term] += (term in after) - (term in before)
            if words is not None and words != old:
                rows.append((words, key))
        self.index.write("delete from telling where term = ? and key = ?", gone)
        self.index.write("insert or replace into telling values (?, ?, ?)", sorted(came))
        removed = ((key,) for key, words in self._words.items() if words is None)
        self.index.write("delete from related where key = ?", removed)
        self.index.write(
            "insert into related (words, key, list) values (?, ?, x'')"
            " on conflict do update set words = excluded.words",
            rows,
        )
        return more

    def _stored(self, key: str) -> bytes | None:
        if self.changes.is_first:
            return None
        words: bytes | None = self.index.value("select words from related where key = ?", key)
        return words

    def _affected(self, terms: Mapping[str, int], citing: Citing) -> set[str]:
        """The notes that a changed tie holds, or held."""
        affected = {*self._words, *self._links}
        for term, more in terms.items():
            saying = [k for (k,) in self.index.rows("select key from telling where term = ?", term)]
            if min(len(saying), len(saying) - more) < MANY:
                affected.update(saying)
        for before, after in self._links.values():
            affected.update(work for work, _ in before.items() ^ after.items())
            if min(len(before), len(after)) < MANY:
                affected.update(before, after)
        for sources, number_before in citing.values():
            if min(len(sources), number_before) < MANY:
                affected.update(sources)
        return affected

    def _touch_fame(self) -> Citing:
        """For each work that came to be cited by others: the notes that cite it now, and how many
        did before. The fact that pages order works by changes in powers of two."""
        more: Counter[str] = Counter()
        for before, after in self._links.values():
            more.update(after.keys() - before.keys())
            more.subtract(before.keys() - after.keys())
        query = f"select distinct source from link where target = ? and {_CITED}"
        found: dict[str, tuple[Sequence[str], int]] = {}
        for work, times in more.items():
            sources = [source for (source,) in self.index.rows(query, work)]
            found[work] = sources, len(sources) - times
            if len(sources).bit_length() != (len(sources) - times).bit_length():
                self.changes.touch("fame", work)
        return found

    def _write_lists(self, keys: Iterable[str], ties: StoredTies) -> None:
        made: list[tuple[bytes, str]] = []
        for key in keys:
            before = self.index.value("select list from related where key = ?", key)
            if before is not None:
                blob = encode(find_related(key, ties))
                if blob != before:
                    made.append((blob, key))
                    self.changes.touch("related", key)
            self.changes.watch.advance()
        self.index.write("update related set list = ? where key = ?", made)


class StoredTies(Ties):
    """Ties as the index has them; each is asked for once, and of those that hold very many only so
    much that it shows."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._size = int(index.value(_SIZE))
        self._said: dict[str, list[Said]] = {}
        self._saying: dict[str, dict[str, int]] = {}
        self._cited: dict[str, dict[str, bool]] = {}
        self._citing: dict[str, dict[str, int]] = {}
        self._is_all = False

    def preload(self) -> None:
        """Read everything."""
        for key, blob in self.index.rows("select key, words from related"):
            self._said[key] = decode(blob, list[Said])
        for term, key, strength in self.index.rows("select term, key, strength from telling"):
            self._saying.setdefault(term, {})[key] = strength
        query = f"select source, target, max(outcome = 'found') from link where {_CITED}"
        for source, target, is_note in self.index.rows(f"{query} group by source, target"):
            self._cited.setdefault(source, {})[target] = bool(is_note)
            self._citing.setdefault(target, {})[source] = 1
        self._is_all = True

    def size(self) -> int:
        return self._size

    def said(self, key: str) -> Sequence[Said]:
        if key not in self._said:
            blob = self.index.value("select words from related where key = ?", key)
            self._said[key] = decode(blob, list[Said])
        return self._said[key]

    def saying(self, term: str) -> Mapping[str, int]:
        if term not in self._saying:
            rows = self.index.rows(
                f"select key, strength from telling where term = ? limit {MANY}", term
            )
            self._saying[term] = dict(rows)
        return self._saying[term]

    def cited(self, key: str) -> Works:
        if key not in self._cited:
            query = (
                "select target, max(outcome = 'found') from link"
                f" where source = ? and {_CITED} group by target"
            )
            rows = [] if self._is_all else self.index.rows(query, key)
            self._cited[key] = {target: bool(is_note) for target, is_note in rows}
        return self._cited[key]

    def citing(self, key: str) -> Mapping[str, int]:
        if key not in self._citing:
            query = (
                f"select distinct source, 1 from link where target = ? and {_CITED} limit {MANY}"
            )
            rows = [] if self._is_all else self.index.rows(query, key)
            self._citing[key] = dict(rows)
        return self._citing[key]


def _strengths(words: bytes | None) -> dict[str, int]:
    said: list[Said] = decode(words, list[Said]) if words else []
    return {term: strength for term, strength, _ in said}
