"""What links and citations show: plain text, for whoever writes a page or a copy of it."""

from __future__ import annotations

from paperkb.library.names import fold, stem_of
from paperkb.model import Found, Hidden, Known, Link, Resolution
from paperkb.site.cards import Card
from paperkb.site.context import SiteContext


def link_label(
    context: SiteContext, link: Link, resolution: Resolution, is_within: bool = False
) -> str:
    """The text of a link: its own, or, of one that is written as the key itself, author and year.
    An alias is the writer's own word. ``is_within``: it stands in parentheses."""
    if isinstance(resolution, Hidden):
        return link.own_label or private_label(context)
    written = link.label or "#".join(filter(None, (link.target, link.anchor)))
    card = cited_card(context, resolution)
    if card is None or link.label or not _names_key(card, link):
        return written
    text = _author_and_year(card, is_within) if card.names and card.year else card.title or written
    return text + (f" § {link.anchor.lstrip('^')}" if link.anchor else "")


def citation_label(link: Link, card: Card, is_within: bool = False) -> str:
    """How a citation names a work: «Vaswani et al., 2017», or «Vaswani et al. (2017)» for a bare
    ``@key`` that stands in no parentheses."""
    year = str(card.year or "")
    if link.suppress_author:
        return year or card.title
    if link.bare:
        return _author_and_year(card, is_within) if card.names and year else card.title
    return ", ".join(filter(None, (card.names, year))) if card.names else card.title


def _author_and_year(card: Card, is_within: bool) -> str:
    return f"{card.names}, {card.year}" if is_within else f"{card.names} ({card.year})"


def private_label(context: SiteContext) -> str:
    """What stands for a note that nobody may read."""
    return context.words.t("private note")


def cited_card(context: SiteContext, resolution: Resolution) -> Card | None:
    """The card of the work that a link leads to, if it leads to one."""
    return context.find_card(resolution.key) if isinstance(resolution, Found | Known) else None


def _names_key(card: Card, link: Link) -> bool:
    """Whether a link is written as the key, or as the name of the file."""
    return not card.file or fold(stem_of(link.target)) == fold(stem_of(card.file))
