"""Who answers to a name: notes, known papers and files, straight from the index.

Takes down what was asked for, found or not, so that the answer is known to be stale when somebody
takes or gives up the name.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from functools import lru_cache
from typing import Literal, NamedTuple

from paperkb.library.cells import cell
from paperkb.library.index import Index, decode
from paperkb.library.stored import introduced_address, is_introduction
from paperkb.model import ParsedNote

NameKind = Literal["path", "stem", "alias", "id", "file", "known", "known-id"]
OF_NOTES: frozenset[NameKind] = frozenset(("path", "stem", "alias", "id"))
"""The names that notes answer to."""
ASKED_BY_LINKS = frozenset(("name", "anchors"))
"""The kinds of cells that are read here."""


class Named(NamedTuple):
    """Somebody who answers to a name. ``rank`` orders them: a path, or a place in a ``.bib``."""

    rank: str
    key: str


class Anchors(NamedTuple):
    """The places on a note's page that a link may name."""

    title: str
    headings: tuple[tuple[str, str], ...]
    block_ids: tuple[str, ...]


class Lookup:
    """Answers from the index. ``reads`` gathers the cells of all questions."""

    def __init__(self, index: Index, *, preload: bool = False) -> None:
        self.reads: set[int] = set()
        self._index = index
        self._all: dict[tuple[str, str], list[Named]] | None = _load(index) if preload else None
        self._anchors = lru_cache(maxsize=2048)(self._read_anchors)
        self._hidden: frozenset[str] = frozenset()

    def without(self, notes: frozenset[str]) -> Lookup:
        """What one is told who knows nothing of some notes. The cells are taken down here."""
        other = copy(self)
        other._hidden = notes
        return other

    def named(self, kind: NameKind, name: str) -> list[Named]:
        """All who answer to a name of a kind, in order."""
        self.reads.add(cell("name", kind, name))
        if self._all is not None:
            found = self._all.get((kind, name), [])
        else:
            query = "select rank, key from name where kind = ? and name = ? order by rank"
            found = [Named(*row) for row in self._index.rows(query, kind, name)]
        if self._hidden and kind in OF_NOTES:
            return [one for one in found if one.key not in self._hidden]
        return found

    def anchors(self, key: str) -> Anchors:
        """The anchors of a note."""
        self.reads.add(cell("anchors", key))
        return self._anchors(key)

    def ids_of_known(self, key: str) -> list[str]:
        """The identifiers of a known paper."""
        query = "select name from name where key = ? and kind = 'known-id' order by name"
        return [name for (name,) in self._index.rows(query, key)]

    def _read_anchors(self, key: str) -> Anchors:
        if is_introduction(key):
            query = "select '', note from introduction join parsed on key = text where address = ?"
        else:
            query = "select title, parsed.note from note join parsed on parsed.key = text"
            query = f"{query} where note.key = ?"
        ((title, blob),) = self._index.rows(query, introduced_address(key) or key)
        return anchors_of(title, decode(blob, ParsedNote))


def anchors_of(title: str, note: ParsedNote) -> Anchors:
    """The anchors of a note that is called so; without a name of its own, as it calls itself."""
    headings = tuple((heading.text, heading.anchor) for heading in note.headings)
    return Anchors(title or note.fields.work.title, headings, note.block_ids)


def _load(index: Index) -> dict[tuple[str, str], list[Named]]:
    found: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for kind, name, rank, key in index.rows(
        "select kind, name, rank, key from name order by kind, name, rank"
    ):
        found[kind, name].append(Named(rank, key))
    return dict(found)
