"""Which parts of which lists changed: a title that moves a paper by a place makes one part of each
of its lists another, and not the other hundred.

A list is looked at before its first change in an update and after its last, and what differs is
touched:

* ``part/kind/name/number``: which papers stand in a part, in which order;
* ``parts/kind/name``: which parts there are, and their years;
* ``count/kind/name``: how many papers there are;
* ``long/kind``: which lists are long, and have how many parts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from paperkb.library.changes import Changes
from paperkb.library.groups import Member, levels, newest_first
from paperkb.library.references import citing
from paperkb.library.shelves import ALL, CITING, cut, is_long, span

_IN_ORDER = (
    "select distinct label.key, year, position from label join note on note.key = label.key"
    " where label.kind = ? and folded = ? and label.private = 0 order by position"
)


class _State(NamedTuple):
    """A list as it is. ``parts``: number → (hash of the papers, years)."""

    size: int
    parts: dict[int, tuple[bytes, str]]
    span: str
    head: str


class ListParts:
    """Remembers how lists were, and touches what became another."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self._before: dict[tuple[str, str], _State] = {}

    def watch(self, lists: Iterable[tuple[str, str]]) -> None:
        """These lists, (kind, name), are about to change."""
        if self.changes.is_first:
            return
        for one in lists:
            if one not in self._before:
                self._before[one] = self._state(*one)

    def touch(self) -> None:
        """All changes are made."""
        for (kind, name), before in self._before.items():
            after = self._state(kind, name)
            for number in before.parts.keys() | after.parts.keys():
                was, now = before.parts.get(number), after.parts.get(number)
                if was is None or now is None or was[0] != now[0]:
                    self.changes.touch("part", kind, name, str(number))
            if _spans(before) != _spans(after):
                self.changes.touch("parts", kind, name)
            if before.size != after.size:
                self.changes.touch("count", kind, name)
            if kind == CITING:
                if _pages(before) != _pages(after):
                    self.changes.touch("long", kind)
                continue
            heads = (before.head, after.head) if kind == "topic" else ("", "")  # in their order
            if kind != ALL[0] and (before.span != after.span or heads[0] != heads[1]):
                self.changes.touch("groups", kind)
                for parent in levels(name)[:-1] if kind == "topic" else ():
                    self.changes.touch("company", kind, parent)

    def _state(self, kind: str, name: str) -> _State:
        head = ""
        if (kind, name) == ALL:
            members = newest_first(self.changes.index, "private = 0")
        elif kind == CITING:
            members = citing(self.changes.index, name)
        else:
            rows = self.changes.index.rows(_IN_ORDER, kind, name)
            members = [Member(key, year) for key, year, _ in rows]
            head = rows[0][2] if rows else ""
        parts = {}
        for part in cut(kind, len(members)):
            inside = members[part.start : part.end]
            keys = "\x1f".join(member.key for member in inside)
            digest = hashlib.blake2b(keys.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            parts[part.number] = digest, span(member.year for member in inside)
        return _State(len(members), parts, span(member.year for member in members), head)


def _pages(state: _State) -> Iterable[int]:
    return state.parts.keys() if is_long(state.size) else ()


def _spans(state: _State) -> dict[int, str]:
    return {number: years for number, (_, years) in state.parts.items()}
