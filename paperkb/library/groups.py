"""Groups of notes: tags, topics, authors, venues, years, leaderboards. Every question is a query of
the index."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import NamedTuple

from paperkb.library.index import Index
from paperkb.model import Note

NESTED = frozenset(("tag", "topic", "result"))
"""The kinds whose names have levels, ``a/b``; an author may be called so and has none."""
_WITHIN = "and folded > ? and folded < ?"


class Member(NamedTuple):
    """A note on a shelf."""

    key: str
    year: int | None


class Group(NamedTuple):
    """A group of notes: ``name`` is folded, ``label`` as it is most often written, ``first`` and
    ``last`` the years of its oldest and newest paper, or empty."""

    name: str
    label: str
    size: int
    first: str
    last: str


class Groups:
    """The groups of a library. A kind is ``tag``, ``topic``, ``author``, ``venue``, ``year``, or
    ``result``, whose names are ``task/dataset``."""

    index: Index
    is_public: bool

    def groups(self, kind: str, within: str = "") -> list[Group]:
        """All groups of a kind, by name, or those that are nested in one."""
        return [group for _, group in self._groups(kind, within)]

    def nested(self, kind: str, name: str) -> list[tuple[str, int]]:
        """(group, count) of the groups that are nested in one, by name."""
        query = (
            f"select folded, count(distinct key) from label where kind = ? {_WITHIN}"
            f" {self._public_labels} group by folded order by folded"
        )
        return [(n, size) for n, size in self.index.rows(query, kind, f"{name}/", f"{name}0")]

    def shelves(self, within: str = "") -> list[Group]:
        """The topics, or those that are nested in one, the one with the oldest paper first."""
        return [group for _, group in sorted(self._groups("topic", within))]

    def written_tags(self) -> list[tuple[str, int]]:
        """(tag, number of notes) of all tags that are written somewhere, the most used first:
        without parents that stand only in front of others."""
        query = (
            "select folded, count(distinct key) from label"
            f" where kind = 'tag' {self._public_labels} and own > 0 group by folded"
        )
        labels = self._labels("tag")
        rows = [(labels[folded], count) for folded, count in self.index.rows(query)]
        return sorted(rows, key=lambda row: (-row[1], row[0].casefold(), row[0]))

    def members(self, kind: str, name: str) -> list[Member]:
        """A group's notes in order of time."""
        query = (
            "select distinct label.key, year from label join note on note.key = label.key"
            f" where label.kind = ? and folded = ? {self._public_labels} order by position"
        )
        return [Member(*row) for row in self.index.rows(query, kind, name)]

    def together(self, kind: str, name: str) -> list[tuple[str, int]]:
        """(other group of the kind, number of notes in both), the largest first; none that is
        nested in the group, or only stands in front of others."""
        query = (
            "select other.folded, count(distinct other.key) from"
            f" (select distinct key from label where kind = ? and folded = ? {self._public_labels})"
            " as member cross join label as other on other.key = member.key"  # in this order
            " where other.kind = ? and other.own > 0 group by other.folded"
        )
        rows = self.index.rows(query, kind, name, kind)
        others = [(n, size) for n, size in rows if n != name and not n.startswith(f"{name}/")]
        return sorted(others, key=lambda row: (-row[1], row[0]))

    def spelling(self, kind: str, name: str) -> str:
        """A group's name as it is most often written (ties: the first in the alphabet)."""
        query = (
            f"select written from label where kind = ? and folded = ? {self._public_labels}"
            " group by written order by sum(times) desc, written limit 1"
        )
        parts = levels(name) if kind in NESTED else [name]
        return "/".join(str(self.index.value(query, kind, part) or "") for part in parts)

    def tags_of(self, note: Note) -> tuple[str, ...]:
        """A note's tags as the vault writes them."""
        return tuple(dict.fromkeys(self._tag_spelling(tag.casefold()) for tag in note.tags))

    def groups_at(self, kind: str, address: str) -> list[str]:
        """Groups whose pages would have one address."""
        where = f"from label where kind = ? and address = ? {self._public_labels}"
        ends = f"select min(folded) {where} union select max(folded) {where}"
        names = [name for (name,) in self.index.rows(ends, kind, address, kind, address)]
        if len(names) > 1:  # seldom: only then is it worth to look at every row
            query = f"select distinct folded {where} order by folded"
            names = [name for (name,) in self.index.rows(query, kind, address)]
        return names

    # Within

    @cached_property
    def _tag_spelling(self) -> Callable[[str], str]:
        return lru_cache(maxsize=None)(lambda folded: self.spelling("tag", folded))

    def _groups(self, kind: str, within: str) -> list[tuple[str, Group]]:
        """(position of the oldest paper, group), by name."""
        query = (
            "select folded, count(distinct label.key), min(position), min(year), max(year)"
            " from label join note on note.key = label.key"
            f" where label.kind = ? {self._public_labels} {_WITHIN if within else ''}"
            " group by folded order by folded"
        )
        labels = self._labels(kind)
        values = (kind, f"{within}/", f"{within}0") if within else (kind,)  # «0» follows «/»
        return [
            (oldest, Group(name, labels[name], size, str(first or ""), str(last or "")))
            for name, size, oldest, first, last in self.index.rows(query, *values)
        ]

    @cached_property
    def _labels(self) -> Callable[[str], dict[str, str]]:
        return lru_cache(maxsize=None)(self._read_labels)

    def _read_labels(self, kind: str) -> dict[str, str]:
        query = (
            f"select folded, written from label where kind = ? {self._public_labels}"
            " group by folded, written order by folded, sum(times), written desc"
        )
        parts = dict(self.index.rows(query, kind))
        if kind not in NESTED:
            return parts
        return {name: "/".join(parts[level] for level in levels(name)) for name in parts}

    @property
    def _public_labels(self) -> str:
        return "and label.private = 0" if self.is_public else ""


def levels(name: str) -> list[str]:
    """A nested label and what it is nested in: ``a/b`` is in ``a``."""
    parts = name.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def newest_first(index: Index, seen: str) -> list[Member]:
    """All notes of which an SQL condition holds, the latest paper first; without a year still comes
    last."""
    query = f"select key, year from note where {seen} and year is"
    dated = index.rows(f"{query} not null order by position desc")
    return [Member(*row) for row in (*dated, *index.rows(f"{query} null order by position"))]
