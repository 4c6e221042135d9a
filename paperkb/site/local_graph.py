"""The drawing of a note among the works that it cites and those that cite it, for its page.

Made only from what the page lists anyway, so that nothing else makes it stale; where there are more
neighbours than have room, also from how often each is cited.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from paperkb.graph.layout import WIDTH, Dot, Tick, Work, lay_out, shortened
from paperkb.notes.formulas import formulas_told
from paperkb.site.cards import Card
from paperkb.site.context import SiteContext

MOST = 24
"""Works in a drawing, the note itself included."""


class Drawn(NamedTuple):
    """A work in the drawing. ``state``: read, unread, or none (no note)."""

    label: str
    card: Card
    state: str
    dot: Dot


class LocalGraph(NamedTuple):
    """A drawing. ``lines`` are SVG paths: to what the note cites, and from what cites it; ``left``
    is the number of neighbours that had no room."""

    width: int
    height: int
    note: Drawn
    works: list[Drawn]
    lines: tuple[str, str]
    ticks: tuple[Tick, ...]
    left: int


def local_graph(
    context: SiteContext,
    note: Card,
    cites: Sequence[Card],
    cited_by: Sequence[Card],
    unlisted: int = 0,
) -> LocalGraph | None:
    """The drawing around a note; none if nothing is around it. ``unlisted`` is the number of those
    that cite it too, and are on no list of its page."""
    keys = {card.key for card in cites}
    cited, citing = list(cites), [card for card in cited_by if card.key not in keys]
    total = len(cited) + len(citing)
    if not total:
        return None
    if total >= MOST:
        fame = context.fame([card.key for card in (*cited, *citing)])
        by_fame = sorted((-fame.get(card.key, 0), card.key) for card in (*cited, *citing))
        shown = {key for _, key in by_fame[: MOST - 1]}
        cited = [card for card in cited if card.key in shown]
        citing = [card for card in citing if card.key in shown]
    # The nearest in time stand nearest: their lines are short.
    cited.sort(key=lambda card: (-(card.year or 0), card.key))
    citing.sort(key=lambda card: (card.year or 9999, card.key))
    works = [
        Work(shortened(formulas_told(card.label)), card.year) for card in (note, *cited, *citing)
    ]
    layout = lay_out(works[0], works[1 : len(cited) + 1], works[len(cited) + 1 :])
    dots = (layout.note, *layout.cited, *layout.citing)
    drawn = [
        Drawn(work.label, card, _state(card), dot)
        for work, card, dot in zip(works, (note, *cited, *citing), dots, strict=True)
    ]
    return LocalGraph(
        width=WIDTH,
        height=layout.height,
        note=drawn[0],
        works=sorted(drawn[1:], key=lambda work: work.dot[1::-1]),  # as a reader comes upon them
        lines=(_lines(layout.note, layout.cited), _lines(layout.note, layout.citing)),
        ticks=layout.ticks,
        left=total - len(cited) - len(citing) + unlisted,
    )


def _state(card: Card) -> str:
    if not card.path:
        return "none"
    return "read" if card.status == "read" else "unread"


def _lines(note: Dot, dots: Sequence[Dot]) -> str:
    """A line from each dot to the note's, bent so that it leaves its row at once."""
    return "".join(
        f"M{dot.x:g} {dot.y:g}Q{(3 * dot.x + note.x) / 4:.0f} {(dot.y + 3 * note.y) / 4:.0f}"
        f" {note.x:g} {note.y:g}"
        for dot in dots
    )
