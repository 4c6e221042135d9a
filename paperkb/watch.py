"""Telling how far a long piece of work is. Silent here; the terminal brings its own ``Watch``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Watch:
    """Is told of each step of the work as it begins, goes on, and ends."""

    @contextmanager
    def step(self, name: str, total: int = 0) -> Iterator[None]:
        """A step of the work with ``total`` parts, if that is known, around its block."""
        yield

    def advance(self, parts: int = 1) -> None:
        """That many more parts of the present step are done."""


SILENT = Watch()
"""Tells nobody."""
