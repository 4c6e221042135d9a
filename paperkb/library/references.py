"""Where links lead, and what ties works. Every question is a query of the index."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from paperkb.library.groups import Member
from paperkb.library.index import Index, decode
from paperkb.library.shelves import is_long
from paperkb.library.stored import link_table, resolution_of
from paperkb.library.tables import LISTED, PRIVATE_ONLY, PUBLIC_ONLY
from paperkb.model import Resolution

if TYPE_CHECKING:
    from paperkb.library.related import Related

ON_THE_SITE = f"audience <> {PRIVATE_ONLY}"
"""The links that the site knows, as an SQL condition."""


class LinkedRow(NamedTuple):
    """A link that leads to a work, as the index has it; ``path`` is that of its note, ``words``
    what the link shows."""

    source: str
    path: str
    target: str
    kind: str
    line: int
    column: int
    sentence: str
    words: str


class Said(NamedTuple):
    """What a link to a work says: the note that has it, its sentence, and its own words."""

    source: str
    sentence: str
    words: str


class References:
    """The links of a library."""

    index: Index
    is_public: bool

    def resolutions_of(self, key: str) -> tuple[Resolution, ...]:
        """Where the links of one note lead."""
        query = (
            f"select outcome, target, anchor from {link_table(key)}"
            f" where source = ? and {self._audience} order by ordinal"
        )
        return tuple(resolution_of(*row) for row in self.index.rows(query, key))

    def references(self, *, source: str = "", target: str = "") -> list[LinkedRow]:
        """Links that lead to a work, in the order of the files: all, or those of one end."""
        columns = "source, path, target, link.kind, line, column, sentence, words"
        where = " and source = ?" * bool(source) + " and target = ?" * bool(target)
        query = (
            f"select {columns} from link join note on note.key = source"
            f" where outcome in ('found', 'known') and {self._audience}{where}"
            " order by path, ordinal"
        )
        return [LinkedRow(*row) for row in self.index.rows(query, *filter(None, (source, target)))]

    def cited(self, source: str) -> list[str]:
        """The works that a note links to, in the order of first mention."""
        query = (
            "select target from link where source = ? and target <> source"
            f" and outcome in ('found', 'known') and {self._audience} order by ordinal"
        )
        return [*dict.fromkeys(target for (target,) in self.index.rows(query, source))]

    def citing(self, target: str) -> list[Member]:
        """The public notes that link to a work, the latest paper first."""
        return citing(self.index, target)

    def said(self, target: str, sources: Iterable[str]) -> list[Said]:
        """What the links of these notes to a work say, note by note."""
        query = (
            f"select source, sentence, words from link where source in {LISTED} and target = ?"
            f" and outcome in ('found', 'known') and {self._audience} order by source, ordinal"
        )
        return [Said(*row) for row in self.index.rows(query, json.dumps([*sources]), target)]

    def cited_often(self) -> list[tuple[str, int]]:
        """(key, how many notes link to it) of the notes whose list of these is long."""
        query = (
            "select target, count(distinct source) as times from link"
            f" where outcome = 'found' and target <> source and {self._audience}"
            " group by target"
        )
        return [(key, times) for key, times in self.index.rows(query) if is_long(times)]

    def count_references(self) -> int:
        """The number of links that lead to works."""
        query = (
            f"select count(*) from link where outcome in ('found', 'known') and {self._audience}"
        )
        return int(self.index.value(query))

    def hidden_names(self, source: str) -> tuple[str, ...]:
        """The folded names of private notes to which a public note links."""
        if not self._has_private:
            return ()
        query = "select target from link where source = ? and audience = ? and outcome = 'hidden'"
        return tuple(name for (name,) in self.index.rows(query, source, PUBLIC_ONLY))

    def linked_files(self) -> list[str]:
        """The paths of files that some note links to."""
        where = f"where outcome = 'file' and {self._audience}"
        query = f"select target from link {where} union select target from introduction_link"
        return [path for (path,) in self.index.rows(f"{query} {where} order by target")]

    def related(self, key: str) -> tuple[Related, ...]:
        """The notes that are most related to a public note."""
        from paperkb.library.related import Related  # noqa: PLC0415 - only pages of notes ask

        blob = self.index.value("select list from related where key = ?", key)
        found: tuple[Related, ...] = decode(blob, tuple[Related, ...]) if blob else ()
        return found

    def fame(self, keys: Iterable[str]) -> dict[str, int]:
        """How many notes cite each work, in powers of two: 1 for one, 2 up to three. Works that
        nobody cites are left out."""
        query = (
            "select target, count(distinct source) from link"
            f" where target in {LISTED} and source <> target"
            f" and outcome in ('found', 'known') and {self._audience} group by target"
        )
        rows = self.index.rows(query, json.dumps([*keys]))
        return {target: times.bit_length() for target, times in rows}

    @property
    def _audience(self) -> str:
        return ON_THE_SITE if self.is_public else f"audience <> {PUBLIC_ONLY}"

    @cached_property
    def _has_private(self) -> bool:
        return bool(self.index.value("select 1 from note where private = 1 limit 1"))


def citing(index: Index, target: str) -> list[Member]:
    """The public notes that link to a work, the latest paper first, without a year last. Titles do
    not count, as they do on shelves: a changed one moves no paper that its note cites."""
    links = (
        "select distinct source from link where target = ? and target <> source"
        f" and outcome in ('found', 'known') and {ON_THE_SITE}"
    )
    # Of the notes, SQLite reads an index alone.
    query = f"select key, year from ({links}) cross join note where private = 0 and key = source"
    rows = index.rows(query, target)
    return sorted((Member(*row) for row in rows), key=lambda one: (-(one.year or 0), one.key))
