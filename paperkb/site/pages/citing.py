"""Who cites a note, where these are more than its own page should list."""

from __future__ import annotations

from collections.abc import Iterator

from paperkb.library.shelves import CITING, cut
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind
from paperkb.site.pages.groups import part_data
from paperkb.site.paging import citing_path


def plan(context: SiteContext) -> Iterator[PageId]:
    """The parts of each long list."""
    for key, times in context.cited_often():
        yield from (PageId(CITING, key, part.number) for part in cut(CITING, times))


def compose(context: SiteContext, page: PageId) -> Page:
    """One part."""
    cited = context.card(page.name)
    path, data = part_data(context, CITING, page.name, page.part, citing_path(cited.path))
    return Page(path, "citing.html", {**data, "cited": cited})


KIND = PageKind(plan, compose)
