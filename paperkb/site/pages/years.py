"""Years: an index, and a page for each year's papers."""

from __future__ import annotations

from collections.abc import Iterator

from paperkb.site.context import SiteContext
from paperkb.site.page import Page


def compose(context: SiteContext) -> Iterator[Page]:
    """``years/index.html`` and a page for each year."""
    years = context.years
    most = max((len(notes) for notes in years.values()), default=1)
    rows = [(year, len(notes), round(100 * len(notes) / most)) for year, notes in years.items()]
    yield Page("years/index.html", "years.html", {"title": "Years", "years": rows})
    for year, notes in years.items():
        yield Page(
            f"years/{year}.html", "list.html",
            {"title": str(year), "kind": "year", "cards": context.cards_of(notes)},
        )  # fmt: skip
