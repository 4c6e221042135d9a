"""Library → site: plan all pages, make those that are stale, publish."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from paperkb import __version__
from paperkb.config import Settings
from paperkb.library.cells import is_stale, packed
from paperkb.library.index import Index
from paperkb.library.library import Library
from paperkb.library.site_record import PageRecord, SiteRecord
from paperkb.site import feeds
from paperkb.site.assets import plan_static
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId
from paperkb.site.plan import compose, plan_site
from paperkb.site.templates import Renderer
from paperkb.site.write import Output, Written, open_output, stage
from paperkb.watch import SILENT, Watch
from paperkb.workers import Workers

CHUNK = 48
"""Pages that one task makes."""
PARALLEL_FROM = 400
"""Pages to make below which starting processes costs more than it brings."""
_ATTEMPTS = 3
_SITEMAP = str(PageId("sitemap"))


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build."""

    out: Path
    pages: int
    written: Written


class Made(NamedTuple):
    """A page that was made: ``is_new`` if its bytes are not those that the folder holds."""

    id: str
    record: PageRecord
    is_new: bool


def build_site(
    library: Library, out: Path, *, force: bool = False, jobs: int = 1, watch: Watch = SILENT
) -> Built:
    """Write the site of a library to ``out``, by ``jobs`` processes (0: as there are cores).
    Errors are those of ``open_output`` and of rendering."""
    with open_output(out, force=force) as output, Workers(jobs) as workers:
        total = Written(0, 0, 0)
        for _ in range(_ATTEMPTS):
            build = _Build(library, output, workers, watch)
            made = build.run()
            total = Written(
                total.written + made.written, made.unchanged, total.removed + made.removed
            )
            if not build.record.is_behind():  # another process read an edit in between
                break
            output = Output(out, force=force)  # noqa: PLW2901 - the same folder, read again
        pages = sum(path.endswith(".html") for path in output.now)
        return Built(out, pages, total)


def plan_pages(library: Library) -> int:
    """The number of files that a site has."""
    return sum(1 for _ in plan_site(SiteContext(library))) + 1


class _Build:
    def __init__(self, library: Library, output: Output, workers: Workers, watch: Watch) -> None:
        self.library = library
        self.output = output
        self.workers = workers
        self.watch = watch
        self.maker = _Maker(library, output.out)
        self.made_from = f"{__version__}-{self.maker.renderer.fingerprint}"
        self.record = SiteRecord(library.index, output.out, output.manifest, self.made_from)

    def run(self) -> Written:
        with self.watch.step("look at the site"):
            changed = self.output.changed()
            if not changed and self.record.touched == set() and self._static_is_fresh():
                return Written(0, len(self.output.now), 0)
            pages = self.record.pages()
            planned = {str(page): page for page in plan_site(self.maker.context)}
        touched = self.record.touched
        fresh = {
            id_: record
            for id_, record in pages.items()
            if id_ in planned
            and touched is not None
            and record.path not in changed
            and not is_stale(record.cells, touched)
        }
        stale = [page for id_, page in planned.items() if id_ not in fresh]
        with self.watch.step("make pages", len(stale)):
            made = list(self._make(stale))
        paths = {record.path for record in fresh.values()} | {one.record.path for one in made}
        made.append(self._sitemap(paths, pages.get(_SITEMAP)))
        with self.watch.step("publish"):
            staged = [one.record.path for one in made if one.is_new]
            kept = paths.union(one.record.path for one in made).difference(staged)
            written = self.output.publish(kept, staged)
            gone = pages.keys() - planned.keys() - {_SITEMAP}
            self.record.save(
                self.output.manifest, self.made_from, ((one.id, one.record) for one in made), gone
            )
        return written

    def _static_is_fresh(self) -> bool:
        """Whether files that are not of the library are those that were copied."""
        planned = {str(page) for page in plan_static(self.maker.context)}
        return planned == self.record.ids_of("static")

    def _make(self, stale: Sequence[PageId]) -> Iterator[Made]:
        index = self.library.index
        if len(stale) < PARALLEL_FROM or self.workers.jobs == 1 or index.path is None:
            for page in stale:
                yield self.maker.make(page)
                self.watch.advance()
            return
        where = _Where(
            self.record.generation, index.path,
            self.library.root, self.library.settings, self.output.out,
        )  # fmt: skip
        tasks = ((where, chunk) for chunk in _chunks(stale, CHUNK))
        for results in self.workers.map(make_pages, tasks):
            yield from results
            self.watch.advance(len(results))

    def _sitemap(self, paths: set[str], before: PageRecord | None) -> Made:
        page = feeds.sitemap(self.library.settings, paths)
        is_new = stage(self.output.out, page.path, self.maker.renderer.render(page))
        return Made(_SITEMAP, PageRecord(page.path, b""), is_new)


class _Where(NamedTuple):
    """All that another process needs to make pages of one state of the library."""

    generation: int
    database: Path
    root: Path
    settings: Settings
    out: Path


def make_pages(task: tuple[_Where, Sequence[PageId]]) -> list[Made]:
    """Make some pages: the task of another process."""
    maker = _maker(task[0])
    return [maker.make(page) for page in task[1]]


@lru_cache(maxsize=1)
def _maker(where: _Where) -> _Maker:
    """Kept from task to task: it remembers cards and templates."""
    return _Maker(Library(where.root, where.settings, Index(where.database)), where.out)


class _Maker:
    def __init__(self, library: Library, out: Path) -> None:
        self.context = SiteContext(library)
        self.renderer = Renderer(library.root, library.settings)
        self._out = out

    def make(self, page: PageId) -> Made:
        self.context.reads = set()
        composed = compose(self.context, page)
        content = composed.source or self._bytes(composed)
        is_new = stage(self._out, composed.path, content)
        return Made(str(page), PageRecord(composed.path, packed(self.context.reads)), is_new)

    def _bytes(self, page: Page) -> bytes:
        return self.renderer.render(page) if page.template else b""


def _chunks(items: Iterable[PageId], size: int) -> Iterator[list[PageId]]:
    iterator = iter(items)
    while chunk := list(itertools.islice(iterator, size)):
        yield chunk
