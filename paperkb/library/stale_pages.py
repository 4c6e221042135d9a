"""Which pages of a site are stale, said by a process beside this one: it reads what they were made
from while this one still finds out what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from paperkb.beside import Beside
from paperkb.library.cells import is_stale
from paperkb.library.index import Index, decode, encode
from paperkb.workers import chunks

AT_ONCE = 64
"""Pages that are looked at together: few read what one edit touched."""

PageCells = tuple[str, bytes]
"""A page's id, and the cells that it was made from."""


class SiteState(NamedTuple):
    """A site as it was built: the hash of the list of its files, that of what all its pages are
    made from, and the library's generation."""

    manifest: str
    made_from: str
    generation: int


def site_state(index: Index, out: str) -> SiteState | None:
    """What is remembered of the site in a folder."""
    rows = index.rows("select manifest, made_from, generation from site where out = ?", out)
    return SiteState(*rows[0]) if rows else None


def page_cells(index: Index, out: str) -> list[PageCells]:
    """All pages of the site in a folder."""
    return index.rows("select id, cells from page where out = ?", out)


def that_read(pages: Iterable[PageCells], touched: set[int]) -> set[str]:
    """The ids of pages that were made from one of these cells."""
    found: set[str] = set()
    for some in chunks(pages, AT_ONCE):
        if is_stale(b"".join([cells for _, cells in some]), touched):
            found.update(id_ for id_, cells in some if is_stale(cells, touched))
    return found


class StalePages:
    """One question, to be asked when it is known what was touched."""

    def __init__(self, database: Path, out: Path) -> None:
        self._database = database
        self._out = str(out)
        self._beside = Beside(self._read, self._find)
        self._state: SiteState | None = None
        self._pages: list[PageCells] = []

    def ask(self, state: SiteState, touched: Collection[int]) -> None:
        """Begin to look, in a site of this state."""
        self._beside.begin(encode((state, [*touched])))

    def answer(self) -> set[str]:
        """The ids of pages that were made from touched cells."""
        return set(decode(self._beside.result(), list[str]))

    def close(self) -> None:
        """Nothing more will be asked."""
        self._beside.close()

    def _read(self) -> None:
        """Read what is there now; its state first, so that pages of another are not taken for its
        own."""
        with closing(Index(self._database)) as index:
            self._state = site_state(index, self._out)
            self._pages = page_cells(index, self._out)

    def _find(self, question: bytes) -> bytes:
        state, touched = decode(question, tuple[SiteState, set[int]])
        if state != self._state:  # another build came in between, or there is no process beside
            self._read()
        return encode([*that_read(self._pages, touched)])
