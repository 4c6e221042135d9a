"""The rows of a note's groups, and how each group is written."""

from __future__ import annotations

from collections.abc import Set

from paperkb.library.changes import Changes
from paperkb.library.index import Index
from paperkb.library.relate_parts import ListParts
from paperkb.library.rows import LabelRow

_SPELLING = "select written from label where kind = ? and folded = ?"
_SPELLING_END = "group by written order by sum(times) desc, written limit 1"
"""A label is shown as it is most often written; of several such ways, the first."""


class LabelRows:
    """Puts notes into groups, and takes them out. ``parts`` watches the lists."""

    def __init__(self, changes: Changes, parts: ListParts) -> None:
        self.changes = changes
        self.parts = parts
        self.index: Index = changes.index

    def of(self, key: str) -> set[LabelRow]:
        """The rows of a note as they are."""
        query = "select kind, folded, written, times, own, address from label where key = ?"
        return {LabelRow(*row) for row in self.index.rows(query, key)}

    def replace(self, key: str, old: Set[LabelRow], new: Set[LabelRow], *, private: bool) -> None:
        """Make a note's rows, which were ``old``, those that are ``new``."""
        differ = sorted({(row.kind, row.folded, row.address) for row in old ^ new})
        self.parts.watch((kind, folded) for kind, folded, _ in differ)
        is_first = self.changes.is_first
        spelled = {} if is_first else {group: self._spelling(*group) for group in differ}
        self.index.write(
            "delete from label where kind = ? and folded = ? and key = ? and written = ?",
            ((row.kind, row.folded, key, row.written) for row in old - new),
        )
        self.index.write(
            "insert or replace into label values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    row.kind,
                    row.folded,
                    key,
                    row.written,
                    row.times,
                    row.own,
                    int(private),
                    row.address,
                )
                for row in new - old
            ),
        )
        if is_first:
            return  # nobody can have read a cell
        for kind in {kind for kind, _, _ in differ}:
            self.changes.touch("groups", kind)
            # What stands together on one page: every group that the note was or is in.
            for row in old | new:
                if row.kind == kind:
                    self.changes.touch("group", kind, row.folded)
                    self.changes.touch("company", kind, row.folded)
        for kind, topic, _ in differ:
            if kind == "topic":
                self.changes.touch("foundations", topic)
        for group, spelling in spelled.items():
            if self._spelling(*group) != spelling:
                self.changes.touch("spelling", group[0], group[1])
                self.changes.touch("address", group[0], group[2])

    def _spelling(self, kind: str, folded: str, _address: str) -> object:
        """How a group is written, by all and by public notes; nothing if it is empty."""
        return [
            self.index.rows(f"{_SPELLING} {where}", kind, folded)
            for where in (_SPELLING_END, f"and private = 0 {_SPELLING_END}")
        ]
