"""What the index remembers of a site that was built from it: which pages there are, and of which
cells each was made. A site that is not as remembered is one of which nothing is known."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from paperkb.library.cells import is_stale
from paperkb.library.index import Index
from paperkb.library.stale_pages import StalePages, page_cells, site_state, that_read
from paperkb.library.tables import LISTED

_OF_KIND = "out = ? and id > ? and id < ?"


class PageRecord(NamedTuple):
    """A page as it was made: its place in the site, and the cells that it read."""

    path: str
    cells: bytes


class SiteRecord:
    """The record of the site in one folder. ``touched`` are the cells that changed since it was
    built, or nothing if that is not known; then there are no pages either."""

    def __init__(self, index: Index, out: Path, manifest: str, made_from: str) -> None:
        """``manifest`` is the hash of the list of files that the folder holds, ``made_from`` that
        of everything else that all pages are made from: templates and settings."""
        self._index = index
        self._out = str(out)
        self._has_begun = False
        self._failure: sqlite3.Error | None = None
        self.generation = int(index.state("generation") or 0)
        self.touched: set[int] | None = None
        self._state = site_state(index, self._out)
        # Of what was touched before that generation nobody knows any more.
        known_from = int(index.state("forgotten") or 0)
        if (
            manifest
            and self._state
            and self._state[:2] == (manifest, made_from)
            and self._state.generation >= known_from
        ):
            rows = index.rows("select id from cell where generation > ?", self._state.generation)
            self.touched = {id_ for (id_,) in rows}

    def is_behind(self) -> bool:
        """Whether somebody brought the index up to date again meanwhile."""
        return int(self._index.state("generation") or 0) != self.generation

    def stale_ahead(
        self, changed: Collection[str], beside: StalePages | None
    ) -> Callable[[], set[str]]:
        """Begin to look for what is ``stale``, by a process ``beside`` this one if there is one;
        what is returned waits for it."""
        if not beside:
            return lambda: self.stale(changed)
        if not (self.touched and self._state):
            beside.close()
            return lambda: self.stale(changed)
        beside.ask(self._state, self.touched)
        return lambda: beside.answer() | self._at(changed)

    def stale_of(self, kind: str) -> set[str]:
        """The ids of pages of a kind that read a touched cell."""
        if not self.touched:
            return set()
        rows = self._index.rows(f"select id, cells from page where {_OF_KIND}", *self._of(kind))
        return {id_ for id_, cells in rows if is_stale(cells, self.touched)}

    def stale(self, changed: Collection[str]) -> set[str]:
        """The ids of pages that read a touched cell, or whose files, by path, are ``changed``."""
        if self.touched is None:
            return set()
        found = self._at(changed)
        if self.touched:
            found |= that_read(page_cells(self._index, self._out), self.touched)
        return found

    def _at(self, paths: Collection[str]) -> set[str]:
        """The ids of the pages at these paths."""
        if not paths:
            return set()
        query = f"select id from page where out = ? and path in {LISTED}"
        return {id_ for (id_,) in self._index.rows(query, self._out, json.dumps(sorted(paths)))}

    def paths_of(self, ids: Collection[str]) -> dict[str, str]:
        """Where pages were, by their ids, of those that there were."""
        if self.touched is None:
            return {}
        query = f"select id, path from page where out = ? and id in {LISTED}"
        return dict(self._index.rows(query, self._out, json.dumps(sorted(ids))))

    def ids_of(self, kind: str) -> set[str]:
        """The ids of the pages of one kind."""
        if self.touched is None:
            return set()
        rows = self._index.rows(f"select id from page where {_OF_KIND}", *self._of(kind))
        return {id_ for (id_,) in rows}

    def _of(self, kind: str) -> tuple[str, str, str]:
        return self._out, f"{kind}\x1f", f"{kind}\x20"

    def keep(self, made: Iterable[tuple[str, PageRecord]]) -> None:
        """Store pages that were made anew, which count when the site is saved: of all pages
        together, what they were made from would fill the memory."""
        if self._failure:
            return
        try:
            with self._index.transaction():
                self._begin()
                self._put("page" if self.touched is None else "made", made)
        except sqlite3.Error as error:
            self._failure = error

    def _begin(self) -> None:
        """Forget what a build that was killed left aside. Of a site of which nothing is known, all
        pages are made: they need not stand aside, for without the site they do not count."""
        if self._has_begun:
            return
        self._has_begun = True
        for table in ("site", "page") if self.touched is None else ("made",):
            self._index.write(f"delete from {table} where out = ?", [(self._out,)])

    def _put(self, table: str, made: Iterable[tuple[str, PageRecord]]) -> None:
        self._index.write(
            f"insert or replace into {table} values (?, ?, ?, ?)",
            ((self._out, id_, record.path, record.cells) for id_, record in made),
        )

    def save(
        self,
        manifest: str,
        made_from: str,
        made: Iterable[tuple[str, PageRecord]],
        gone: Iterable[str],
    ) -> None:
        """Remember the site as it is now: pages that were kept or made anew, and ids that are gone.
        Where that fails, the next build makes all pages again."""
        index, out = self._index, self._out
        if self._failure:
            index.tell(self._failure)
            return
        try:
            with index.transaction():
                self._begin()
                index.write(
                    "delete from page where out = ? and id = ?", ((out, id_) for id_ in gone)
                )
                if self.touched is not None:
                    kept = "insert or replace into page select * from made where out = ?"
                    index.write(kept, [(out,)])
                    index.write("delete from made where out = ?", [(out,)])
                self._put("page", made)
                index.write(
                    "insert or replace into site values (?, ?, ?, ?)",
                    [(out, manifest, made_from, self.generation)],
                )
                forgotten = [
                    (other,)
                    for (other,) in index.rows("select out from site")
                    if not Path(other).is_dir()
                ]
                for table in ("site", "page", "made"):
                    index.write(f"delete from {table} where out = ?", forgotten)
        except sqlite3.Error as error:
            index.tell(error)
