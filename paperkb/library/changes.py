"""One update of the library's tables: what was touched, and what is stale because of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from paperkb.library.cells import cell, is_stale
from paperkb.library.index import Index
from paperkb.library.lookup import ASKED_BY_LINKS
from paperkb.watch import Watch

_MOST_CELLS = 500_000
"""Cells that are remembered; beyond it, every site is made anew once."""


@dataclass(slots=True)
class Changes:
    """Gathers the cells that an update touches. ``is_first``: there was no library before, so that
    nobody can have read a cell."""

    index: Index
    watch: Watch
    is_first: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Key → number of every note, those that are gone included."""
    touched: set[int] = field(default_factory=set)
    _asked: set[int] = field(default_factory=set)
    """Of these, the cells of facts that links ask for."""

    def touch(self, *name: str) -> None:
        """The fact of this name changed."""
        if self.is_first:
            return
        id_ = cell(*name)
        self.touched.add(id_)
        if name[0] in ASKED_BY_LINKS:
            self._asked.add(id_)

    def touch_names(self, names: set[tuple[str, str]]) -> None:
        """Names of these kinds were taken or given up."""
        for kind, name in names:
            self.touch("name", kind, name)
            if kind in ("alias", "id"):
                self.touch("redirects")

    @property
    def generation(self) -> int:
        """The number of this update, until it is recorded."""
        return int(self.index.state("generation") or 0) + 1

    def readers(self) -> set[str]:
        """The keys of notes whose links read a touched cell."""
        if not self._asked:
            return set()
        return {
            reader
            for reader, cells in self.index.rows("select reader, cells from reads")
            if is_stale(cells, self._asked)
        }

    def record(self) -> None:
        """Remember when these cells were touched: now, in a generation of their own."""
        generation = self.generation
        known = self.index.value("select count(*) from cell")
        if self.is_first or known + len(self.touched) > _MOST_CELLS:
            for table in ("cell", "site", "page"):
                self.index.write(f"delete from {table}", [()])
            self.index.set_state("forgotten", str(generation))
        else:
            self.index.write(
                "insert or replace into cell values (?, ?)",
                ((id_, generation) for id_ in self.touched),
            )
        self.index.set_state("generation", str(generation))
