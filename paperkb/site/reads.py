"""The cells that a page read while it was composed (``library/cells.py``)."""

from __future__ import annotations

from paperkb.library.cells import cell, packed


class Reads:
    """Call it with the name of a fact that is asked for."""

    def __init__(self) -> None:
        self.cells: set[int] = set()

    def __call__(self, *name: str) -> None:
        """The fact of this name was read."""
        self.cells.add(cell(*name))

    def all_notes(self, *columns: str) -> None:
        """All notes were listed, by what these columns of ``note`` say of them."""
        self("keys")
        for name in columns:
            self("column", name)

    def __bool__(self) -> bool:
        return bool(self.cells)

    def restart(self) -> None:
        """Another page begins."""
        self.cells = set()

    def packed(self) -> bytes:
        """What was read since then, as it is stored."""
        return packed(self.cells)
