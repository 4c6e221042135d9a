"""Related notes as a note's page shows them: each with the reasons why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from paperkb.site.cards import Card, author_year
from paperkb.site.context import SiteContext


class Mention(NamedTuple):
    """A work named in passing: «Vaswani et al. 2017»."""

    label: str
    path: str
    href: str


class RelatedNote(NamedTuple):
    """A related note, the works that both cite, the notes that cite both, and shared words."""

    card: Card
    references: tuple[Mention, ...]
    citing: tuple[Mention, ...]
    words: tuple[str, ...]


def related_notes(context: SiteContext, key: str) -> list[RelatedNote]:
    """The notes that are related to one, the closest first."""
    return [
        RelatedNote(
            context.card(found.key),
            _mentions(context, found.references),
            _mentions(context, found.citing),
            found.words,
        )
        for found in context.related(key)
    ]


def _mentions(context: SiteContext, keys: Iterable[str]) -> tuple[Mention, ...]:
    return tuple(_mention(context, key) for key in keys)


def _mention(context: SiteContext, key: str) -> Mention:
    card, work = context.card(key), context.work(key)
    label = " ".join(author_year(work)).strip() if work and work.authors else card.title
    return Mention(label, card.path, card.href)
