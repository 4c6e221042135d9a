"""The facts that lists of notes are made from: who is in them, and in which parts they come."""

from __future__ import annotations

from functools import lru_cache

from paperkb.library.groups import Member
from paperkb.library.library import Library
from paperkb.library.shelves import ALL, CITING, Part, cut
from paperkb.site.paging import Place, places
from paperkb.site.reads import Reads

_LATEST = 16
"""Lists that are kept: all parts of one are made one after the other."""


class ListFacts:
    """Lists by kind and name: groups, ``shelves.ALL``, or who cites a work
    (``shelves.CITING``). ``reads`` takes down what was asked for."""

    def __init__(self, library: Library, reads: Reads) -> None:
        self._library = library
        self._reads = reads
        self._listed = lru_cache(maxsize=_LATEST)(self._read_listed)
        self._parts = lru_cache(maxsize=_LATEST)(self._cut)
        self._places = lru_cache(maxsize=_LATEST)(self._make_places)

    def members(self, kind: str, name: str) -> list[Member]:
        """A group's notes in order of time."""
        self._reads("group", kind, name)
        return self._listed(kind, name)

    def all_members(self) -> list[Member]:
        """All notes, the latest papers first. Whoever asks takes down on what that stands."""
        return self._listed(*ALL)

    def count(self, kind: str, name: str) -> int:
        """How many notes a list has."""
        self._reads("count", kind, name)
        return len(self._listed(kind, name))

    def part(self, kind: str, name: str, number: int) -> list[str]:
        """The keys in one part of a list."""
        self._reads("part", kind, name, str(number))
        part = self._parts(kind, name)[number]
        return [member.key for member in self._listed(kind, name)[part.start : part.end]]

    def parts(self, kind: str, name: str, path: str) -> list[Place]:
        """All parts of a list that begins at ``path``, or nothing if it has one."""
        self._reads("parts", kind, name)
        return self._places(kind, name, path)

    def _read_listed(self, kind: str, name: str) -> list[Member]:
        if (kind, name) == ALL:
            return self._library.newest_first()
        if kind == CITING:
            return self._library.citing(name)
        return self._library.members(kind, name)

    def _cut(self, kind: str, name: str) -> dict[int, Part]:
        size = len(self._listed(kind, name))
        return {part.number: part for part in cut(kind, size)}

    def _make_places(self, kind: str, name: str, path: str) -> list[Place]:
        return places(self._listed(kind, name), [*self._parts(kind, name).values()], path)
