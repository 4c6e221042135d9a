"""What notes cite and nobody has taken notes of yet: the most cited first."""

from __future__ import annotations

from dataclasses import dataclass

from paperkb.formats.addresses import work_address
from paperkb.identifiers import find_identifier
from paperkb.library.wanted import Wanted
from paperkb.site.cards import Card
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.words import InterfaceText

PATH = "missing.html"
SHOWN = 200
"""Works on the page; whoever cites more than these begins with the first."""
CITING = 6
"""Notes that are named for each; of the others, the number."""


@dataclass(frozen=True, slots=True)
class MissingWork:
    """A work without a note: what is known of it, and who cites it. ``identifier`` is what
    ``paperkb new`` takes, or empty."""

    title: str
    byline: str
    href: str
    identifier: str
    citing: tuple[Card, ...]
    count: int


def compose(context: SiteContext, _page: PageId) -> Page:
    """``missing.html``."""
    wanted = context.shelf.wanted()
    works = [_missing_work(context, one) for one in wanted[:SHOWN]]
    data = {"title": InterfaceText("Not yet noted"), "works": works, "count": len(wanted)}
    return Page(PATH, "missing.html", data)


KIND = PageKind(only(PageId("missing")), compose)


def _missing_work(context: SiteContext, wanted: Wanted) -> MissingWork:
    work = context.work(wanted.key) if wanted.key else None
    ids = sorted(work.ids) if work else [wanted.identifier]
    found = [identifier for name in ids if (identifier := find_identifier(name))]
    title = work.title or wanted.key if work else wanted.label or str(found[0] if found else "")
    byline = str(found[0]) if found else ""
    if work:
        card = context.card(wanted.key)
        byline = " · ".join(filter(None, (card.authors, card.venue, str(card.year or ""))))
    return MissingWork(
        title=title,
        byline=byline if byline != title else "",
        href=work_address(work) if work else found[0].url if found else "",
        identifier=next((one.value for one in found if one.kind == "arxiv"), ""),
        citing=tuple(context.cards(wanted.citing[:CITING])),
        count=len(wanted.citing),
    )
