"""A page: which one it is, where it goes, and the plain data that its template shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from paperkb.site.context import SiteContext


class PageId(NamedTuple):
    """Names a page of a site: its kind, which of that kind, and which part of a long list."""

    kind: str
    name: str = ""
    part: int = 1

    def __str__(self) -> str:
        """The id as it is stored."""
        return f"{self.kind}\x1f{self.name}\x1f{self.part}"

    @staticmethod
    def read(written: str) -> PageId:
        """A stored id."""
        kind, _, rest = written.partition("\x1f")
        name, _, part = rest.rpartition("\x1f")  # a file's name may hold the sign itself
        return PageId(kind, name, int(part))


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site: rendered from ``template`` and ``data``, or a copy of ``source``, or
    ``content`` as it is."""

    path: str
    template: str = ""
    data: Mapping[str, Any] | None = None
    source: Path | None = None
    content: bytes = b""


class PageKind(NamedTuple):
    """A kind of page: which there are, and how each is composed.

    ``plan`` is asked at every build and must be cheap; ``compose`` only for pages that are stale.
    """

    plan: Callable[[SiteContext], Iterable[PageId]]
    compose: Callable[[SiteContext, PageId], Page]


def only(page: PageId) -> Callable[[SiteContext], Iterable[PageId]]:
    """The plan of a kind with one page."""
    return lambda _context: (page,)
