"""The drawing of a note among the works that it cites and those that cite it, for its page.

Made only from what the page lists anyway, so that nothing else makes it stale; where there are more
neighbours than have room, also from how often each is cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from paperkb.graph.layout import WIDTH, Dot, Tick, Work, lay_out, shortened
from paperkb.site.context import SiteContext

MOST = 24
"""Works in a drawing, the note itself included."""


class Drawn(NamedTuple):
    """A work in the drawing. ``state``: read, unread, or none (no note)."""

    label: str
    title: str
    path: str
    href: str
    state: str
    dot: Dot


class LocalGraph(NamedTuple):
    """A drawing. ``lines`` are SVG paths: to what the note cites, and from what cites it; ``left``
    is the number of neighbours that had no room."""

    width: int
    height: int
    note: Drawn
    works: tuple[Drawn, ...]
    lines: tuple[str, str]
    ticks: tuple[Tick, ...]
    left: int


def local_graph(
    context: SiteContext, key: str, cites: Iterable[str], cited_by: Iterable[str]
) -> LocalGraph | None:
    """The drawing around a note; none if nothing is around it."""
    cited = list(cites)
    citing = [source for source in cited_by if source not in set(cited)]
    total = len(cited) + len(citing)
    if not total:
        return None
    if total >= MOST:
        by_fame = sorted((-context.fame(work), work) for work in (*cited, *citing))
        shown = {work for _, work in by_fame[: MOST - 1]}
        cited = [work for work in cited if work in shown]
        citing = [work for work in citing if work in shown]
    # The nearest in time stand nearest: their lines are short.
    above = sorted(((_work(context, work), work) for work in cited), key=_latest_first)
    below = sorted(((_work(context, work), work) for work in citing), key=_earliest_first)
    own = _work(context, key)
    layout = lay_out(own, [work for work, _ in above], [work for work, _ in below])
    works = (*above, *below)
    dots = (*layout.cited, *layout.citing)
    return LocalGraph(
        width=WIDTH,
        height=layout.height,
        note=_drawn(context, own, key, layout.note),
        works=tuple(
            _drawn(context, work, key, dot)
            for (work, key), dot in sorted(
                zip(works, dots, strict=True), key=lambda pair: (pair[1].y, pair[1].x)
            )
        ),
        lines=(_lines(layout.note, layout.cited), _lines(layout.note, layout.citing)),
        ticks=layout.ticks,
        left=total - len(works),
    )


def _work(context: SiteContext, key: str) -> Work:
    work = context.work(key)
    if work is None:
        raise KeyError(key)
    if not work.authors:
        return Work(shortened(work.title or key), work.year)
    return Work(shortened(f"{work.authors[0].family} {work.year or ''}".strip()), work.year)


def _latest_first(row: tuple[Work, str]) -> tuple[int, str]:
    return (-(row[0].year or 0), row[1])


def _earliest_first(row: tuple[Work, str]) -> tuple[int, str]:
    return (row[0].year or 9999, row[1])


def _drawn(context: SiteContext, work: Work, key: str, dot: Dot) -> Drawn:
    card = context.card(key)
    state = ("read" if card.status == "read" else "unread") if card.path else "none"
    return Drawn(work.label, card.title, card.path, card.href, state, dot)


def _lines(note: Dot, dots: Sequence[Dot]) -> str:
    """A line from each dot to the note's, bent so that it leaves its row at once."""
    return "".join(
        f"M{dot.x:g} {dot.y:g}Q{(3 * dot.x + note.x) / 4:.0f} {(dot.y + 3 * note.y) / 4:.0f}"
        f" {note.x:g} {note.y:g}"
        for dot in dots
    )
