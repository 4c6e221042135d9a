"""What a build of a large site begins before it is known what changed, by processes beside it."""

from __future__ import annotations

from pathlib import Path

from paperkb.library.stale_pages import StalePages
from paperkb.site.manifest import Manifest


class Ahead:
    """A look at the site in a folder, for one build."""

    def __init__(self, out: Path) -> None:
        self.manifest = Manifest(out)
        self.manifest.look_ahead()
        self._ready: StalePages | None = None
        self._all: list[StalePages] = []

    def prepare(self, database: Path) -> None:
        """The vault changed: what comes next is at hand when its notes are parsed. ``database`` is
        the index that will know."""
        import paperkb.site.renew  # noqa: F401, PLC0415 - takes as long as to parse a note

        if self.manifest.is_large:
            _ = self.manifest.pages  # read now, and remembered
            self._ready = self._start(database)

    def take_pages(self, database: Path | None) -> StalePages | None:
        """Who says which pages are stale; nobody if they are few, or the index is in memory."""
        if not (database and self.manifest.is_large):
            return None
        ready, self._ready = self._ready, None
        return ready or self._start(database)

    def close(self) -> None:
        """End all processes that are still there."""
        for pages in self._all:
            pages.close()
        self.manifest.close()

    def _start(self, database: Path) -> StalePages:
        self._all.append(StalePages(database, self.manifest.out))
        return self._all[-1]
