"""A site follows its library: plan all pages, make those that are stale, publish."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from paperkb.library.cells import is_stale
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
SITEMAP = "sitemap"


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

    def run(self) -> Written:
        """Make and publish what is stale. Errors are those of rendering and publishing."""
        with self.watch.step("look at the site"):
            changed = self.output.changed
            pages = self.record.pages()
            touched = self.record.touched or set()
            fresh = {
                id_: record
                for id_, record in pages.items()
                if record.path not in changed and not is_stale(record.cells, touched)
            }
            planned, plans = self._plan(pages, fresh)
            stale = [PageId.read(id_) for id_ in planned if id_ not in fresh]
        # The pages of a note one after the other: they are made from the same text.
        stale.sort(key=lambda page: page.name if page.kind in OF_A_NOTE else "")
        with self.watch.step("make pages", len(stale)):
            made = list(self._make(stale))
        paths = {fresh[id_].path for id_ in planned if id_ in fresh}
        paths.update(one.record.path for one in made)
        sitemaps, maps = self._sitemap(paths, pages, fresh)
        made += sitemaps
        with self.watch.step("publish"):
            staged = [one.record.path for one in made if one.is_new]
            written = self.output.publish({*paths, *maps.values()}.difference(staged), staged)
            remade = {**plans, **{one.id: one.record for one in made}}
            gone = pages.keys() - planned.keys() - plans.keys() - maps.keys()
            self.record.save(self.output.manifest, self.made_from, remade.items(), gone)
        return written

    def _plan(
        self, pages: Mapping[str, PageRecord], fresh: Mapping[str, PageRecord]
    ) -> tuple[dict[str, None], dict[str, PageRecord]]:
        """The ids of all pages, in order, and a record of each kind's plan. A plan is made from
        facts as pages are: while they stand, a kind has the pages that it had."""
        planned: dict[str, None] = {}
        plans: dict[str, PageRecord] = {}
        kept: dict[str, list[str]] = defaultdict(list)
        for id_ in pages:
            kept[id_.partition("\x1f")[0]].append(id_)
        for name, kind in KINDS.items():
            plan = f"plan of {name}"
            if plan in fresh:
                plans[plan] = fresh[plan]
                planned.update(dict.fromkeys(kept[name]))
                continue
            self._maker.context.reads.restart()
            planned.update((str(page), None) for page in kind.plan(self._maker.context))
            if self._maker.context.reads:  # else it is made from what is no fact of the library
                plans[plan] = PageRecord("", self._maker.context.reads.packed())
        return planned, plans

    def _make(self, stale: Sequence[PageId]) -> Iterator[Made]:
        index = self.library.index
        if len(stale) < PARALLEL_FROM or self.workers.jobs == 1 or index.path is None:
            for page in stale:
                yield self._maker.make(page)
                self.watch.advance()
            return
        where = Where(
            self.record.generation, index.path,
            self.library.root, self.library.settings, self.output.out,
        )  # fmt: skip
        tasks = ((where, chunk) for chunk in chunks(stale, CHUNK))
        for results in self.workers.map(make_pages, tasks):
            yield from results
            self.watch.advance(len(results))

    def _sitemap(
        self, paths: set[str], pages: Mapping[str, PageRecord], fresh: Mapping[str, PageRecord]
    ) -> tuple[list[Made], dict[str, str]]:
        """The sitemap, in parts if it is long, unless it is that of these very paths and dates
        already; and the paths of its parts, by id."""
        before = {id_: pages[id_].path for id_ in pages if id_.partition("\x1f")[0] == SITEMAP}
        others = {one.path for id_, one in pages.items() if id_ not in before and one.path}
        if before and before.keys() <= fresh.keys() and paths == others:
            return [], before
        self._maker.context.reads.restart()
        dates = self._maker.context.dates()
        made = [
            self._maker.stage(PageId(SITEMAP, part=number), page)
            for number, page in enumerate(
                sitemap.sitemap(self.library.settings, paths, dates), start=1
            )
        ]
        return made, {one.id: one.record.path for one in made}
