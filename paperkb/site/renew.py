"""A site follows its library: plan all pages, make those that are stale, publish."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from itertools import groupby
from typing import NamedTuple

from paperkb.beside import Turns, aside, can_fork
from paperkb.library.index import decode, encode
from paperkb.library.library import Library
from paperkb.library.site_record import PageRecord, SiteRecord
from paperkb.site import sitemap
from paperkb.site.context import SiteContext
from paperkb.site.make import Made, Maker, Where, make_pages
from paperkb.site.page import PageId
from paperkb.site.plan import KINDS, OF_A_NOTE, plan_site
from paperkb.site.write import Output, Written
from paperkb.watch import Watch
from paperkb.workers import Workers, chunks

CHUNK = 48
"""Pages that one task makes."""
PARALLEL_FROM = 400
"""Pages to make below which starting processes costs more than it brings."""
SHARED_FROM = 16
"""Pages that are shared with one process beside this one, which goes on from here."""
KEPT_AT_ONCE = 2000
"""Pages that are put aside together."""
SITEMAP, PLAN = "sitemap", "plan"
"""Kinds of records beside those of ``KINDS``: what is made from all paths, and a kind's plan."""


class Done(NamedTuple):
    """A page that was made: ``is_new`` if its bytes are not those that the folder holds."""

    id: str
    path: str
    is_new: bool


def plan_pages(library: Library) -> int:
    """The number of files that a site has."""
    return sum(1 for _ in plan_site(SiteContext(library))) + 1


class Renewal:
    """One renewal of the site in a folder."""

    def __init__(
        self,
        library: Library,
        output: Output,
        record: SiteRecord,
        made_from: str,
        workers: Workers,
        watch: Watch,
    ) -> None:
        self.library = library
        self.output = output
        self.record = record
        self.made_from = made_from
        self.workers = workers
        self.watch = watch
        self._maker = Maker(library, output.out)

    def run(self, look: Callable[[], set[str]]) -> Written:
        """Make and publish what is stale: the ids that ``look`` finds, which may have begun to look
        already. Errors are those of rendering and publishing."""
        with self.watch.step("look at the site"):
            planned = self._planned()
            stale = look()
            to_make, plans, gone = self._compared(planned, stale)
        # The pages of a note one after the other: they are made from the same text.
        to_make.sort(key=lambda page: page.name if page.kind in OF_A_NOTE else "")
        with self.watch.step("make pages", len(to_make)):
            made = list(self._kept(self._make(to_make)))
        with self.watch.step("publish"):
            paths = {one.path for one in made}
            if self.record.touched is None:
                gone_paths = self.output.before.keys() - paths
            else:
                was = self.record.paths_of([*gone, *(one.id for one in made)])
                gone_paths = {path for path in was.values() if path} - paths
            maps = self._sitemap(stale, paths, gone_paths)
            made += self._kept(maps)
            staged = [one.path for one in made if one.is_new]
            kept = [one.path for one in made if not one.is_new]
            if maps:
                gone |= self.record.ids_of(SITEMAP) - {one.id for one in maps}
                gone_paths = gone_paths | self._sitemap_paths()
            written = self.output.publish(kept, staged, gone_paths.difference(kept))
            self.record.save(self.output.manifest.hash, self.made_from, plans.items(), gone)
        return written

    def _planned(self) -> dict[str, tuple[dict[str, PageId], bytes]]:
        """Kind → pages by id, and the cells that the plan read. A plan is made from facts as pages
        are: while they stand, a kind has the pages that it had, and is not planned."""
        known = self.record.ids_of(PLAN) - self.record.stale_of(PLAN)
        reads = self._maker.context.reads
        planned = {}
        for name, kind in KINDS.items():
            if str(PageId(PLAN, name)) not in known:
                reads.restart()
                pages = {str(page): page for page in kind.plan(self._maker.context)}
                planned[name] = pages, reads.packed()
        return planned

    def _compared(
        self, planned: Mapping[str, tuple[dict[str, PageId], bytes]], stale: set[str]
    ) -> tuple[list[PageId], dict[str, PageRecord], set[str]]:
        """The pages to make, records of the plans that were made anew, and the ids of pages that
        are no more."""
        to_make: list[PageId] = []
        plans: dict[str, PageRecord] = {}
        gone: set[str] = set()
        stale_of = defaultdict(list)
        for id_ in sorted(stale):
            page = PageId.read(id_)
            stale_of[page.kind].append(page)
        for name in KINDS:
            if name not in planned:
                to_make += stale_of[name]
                continue
            pages, cells = planned[name]
            if cells:  # else it is made from what is no fact of the library
                plans[str(PageId(PLAN, name))] = PageRecord("", cells)
            before = self.record.ids_of(name)
            to_make += [page for id_, page in pages.items() if id_ not in before or id_ in stale]
            gone |= before - pages.keys()
        return to_make, plans, gone

    def _kept(self, made: Iterable[Made]) -> Iterator[Done]:
        """What publishing needs to know of pages; what they were made from is put aside."""
        for some in chunks(made, KEPT_AT_ONCE):
            self.record.keep((one.id, one.record) for one in some)
            yield from (Done(one.id, one.record.path, one.is_new) for one in some)

    def _make(self, stale: Sequence[PageId]) -> Iterator[Made]:
        path = self.library.index.path
        is_alone = path is None or self.workers.jobs == 1
        if path and not is_alone and len(stale) >= PARALLEL_FROM:
            where = Where(
                self.record.generation, path,
                self.library.root, self.library.settings, self.output.out,
            )  # fmt: skip
            tasks = ((where, chunk) for chunk in chunks(stale, CHUNK))
            for results in self.workers.map(make_pages, tasks):
                yield from results
                self.watch.advance(len(results))
        elif not is_alone and len(stale) >= SHARED_FROM and can_fork():
            yield from self._make_shared(stale)
        else:
            yield from self._make_here(stale)

    def _make_shared(self, stale: Sequence[PageId]) -> Iterator[Made]:
        """By two processes, of which each takes the next page, or those of the next note, when it
        is done with others."""
        groups = [[*pages] for _, pages in groupby(stale, _note_or_itself)]

        def make() -> bytes:
            self.library.index.reopen()
            return encode([made for turn in turns for made in map(self._maker.make, groups[turn])])

        # If this process fails, the other one must not go on with all that is left.
        with (
            closing(Turns(len(groups))) as turns,
            closing(aside(make)) as beside,
        ):
            here = [made for turn in turns for made in self._make_here(groups[turn])]
            there: list[Made] = decode(beside.result(), list[Made])
        self.watch.advance(len(there))
        yield from here
        yield from there
        made = {one.id for one in (*here, *there)}
        yield from self._make_here([page for page in stale if str(page) not in made])

    def _make_here(self, stale: Sequence[PageId]) -> Iterator[Made]:
        for page in stale:
            yield self._maker.make(page)
            self.watch.advance()

    def _sitemap(self, stale: set[str], paths: Set[str], gone: Set[str]) -> list[Made]:
        """The sitemap, in parts if it is long, where these pages were made and those are gone;
        nothing if it is that of these very paths and dates already."""
        ids = self.record.ids_of(SITEMAP)
        before = self.output.before.keys()
        others = gone | {path for path in paths if path not in before}
        if ids and not ids & stale and not any(map(sitemap.is_listed, others)):
            return []
        self._maker.context.reads.restart()
        pages = sitemap.sitemap(
            self.library.settings, before - gone | paths, self._maker.context.dates()
        )
        return [
            self._maker.stage(PageId(SITEMAP, part=number), page)
            for number, page in enumerate(pages, start=1)
        ]

    def _sitemap_paths(self) -> set[str]:
        return set(self.record.paths_of(self.record.ids_of(SITEMAP)).values())


def _note_or_itself(page: PageId) -> str | PageId:
    return page.name if page.kind in OF_A_NOTE else page
