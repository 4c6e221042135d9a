"""Related notes as a note's page shows them: each with the reasons why."""

from __future__ import annotations

from typing import NamedTuple

from paperkb.site.cards import Card
from paperkb.site.context import SiteContext


class RelatedNote(NamedTuple):
    """A related note, the works that both cite, the notes that cite both, and shared words."""

    card: Card
    references: list[Card]
    citing: list[Card]
    words: tuple[str, ...]


def related_notes(context: SiteContext, key: str) -> list[RelatedNote]:
    """The notes that are related to one, the closest first."""
    return [
        RelatedNote(
            context.card(found.key),
            context.cards(found.references),
            context.cards(found.citing),
            found.words,
        )
        for found in context.related(key)
    ]
