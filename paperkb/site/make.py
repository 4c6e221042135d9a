"""One page at a time: composed, rendered, and laid beside its place. Any process may do it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from paperkb.config import Settings
from paperkb.library.index import Index
from paperkb.library.library import Library
from paperkb.library.site_record import PageRecord
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId
from paperkb.site.plan import compose
from paperkb.site.templates import Renderer
from paperkb.site.write import stage


class Made(NamedTuple):
    """A page that was made: ``is_new`` if its bytes are not those that the folder holds."""

    id: str
    record: PageRecord
    is_new: bool


class Maker:
    """Makes pages of one state of a library, for the folder ``out``."""

    def __init__(self, library: Library, out: Path) -> None:
        self.context = SiteContext(library)
        self._renderer = Renderer(library.root, library.settings)
        self._out = out

    def make(self, id_: PageId) -> Made:
        """Compose, render and stage a page, with a record of the facts that it is made from."""
        self.context.reads.restart()
        page = compose(self.context, id_)
        return self.stage(id_, page)

    def stage(self, id_: PageId, page: Page) -> Made:
        """Render and stage a page that is composed already."""
        rendered = self._renderer.render(page) if page.template else page.content
        is_new = stage(self._out, page.path, page.source or rendered)
        return Made(str(id_), PageRecord(page.path, self.context.reads.packed()), is_new)


class Where(NamedTuple):
    """All that another process needs to make pages of one state of the library."""

    generation: int
    database: Path
    root: Path
    settings: Settings
    out: Path


def make_pages(task: tuple[Where, Sequence[PageId]]) -> list[Made]:
    """Make some pages: the task of another process."""
    maker = _maker(task[0])
    return [maker.make(page) for page in task[1]]


@lru_cache(maxsize=1)
def _maker(where: Where) -> Maker:
    """Kept from task to task: it remembers cards and templates."""
    return Maker(Library(where.root, where.settings, Index(where.database)), where.out)
