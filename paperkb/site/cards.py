"""Short forms of works, as lists and citations show them: plain values, no HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paperkb.model import Note, Person, Work

MAX_NAMES = 3
"""Lists name this many authors, then «et al.»."""


@dataclass(frozen=True, slots=True)
class Card:
    """A work in a list. ``path`` is its page, or empty; ``href`` an address outside the site;
    ``cited_as`` is how texts cite it: «Vaswani et al. 2017», and ``label`` how drawings name it."""

    key: str
    title: str
    path: str = ""
    href: str = ""
    authors: str = ""
    year: int | None = None
    venue: str = ""
    status: str = ""
    rating: int = 0
    tldr: str = ""
    added: str = ""
    cited_as: str = ""
    label: str = ""


def note_card(note: Note, path: str) -> Card:
    """The card of a note."""
    said, work = note.fields, note.work
    return Card(
        key=note.key,
        title=work.title,
        path=path,
        authors=author_line(work.authors),
        year=work.year,
        venue=work.venue or "",
        status=said.status or "",
        rating=said.rating or 0,
        tldr=said.tldr,
        added=said.added.isoformat() if said.added else "",
        cited_as=" ".join(filter(None, author_year(work))),
        label=label(work),
    )


def known_card(key: str, work: Work, href: str) -> Card:
    """The card of a work without a note."""
    return Card(
        key=key,
        title=work.title or key,
        href=href,
        authors=author_line(work.authors),
        year=work.year,
        venue=work.venue or "",
        cited_as=" ".join(filter(None, author_year(work))),
        label=label(work) or key,
    )


def label(work: Work) -> str:
    """«Vaswani 2017», where there is little room; the title if nobody is named."""
    return f"{work.authors[0].family} {work.year or ''}".strip() if work.authors else work.title


def author_line(authors: Sequence[Person]) -> str:
    """«A, B, C et al.»"""
    names = ", ".join(str(person) for person in authors[:MAX_NAMES])
    return f"{names} et al." if len(authors) > MAX_NAMES else names


def author_year(work: Work) -> tuple[str, str]:
    """How a text cites a work: («Vaswani et al.», «2017»). Empty where it is not known."""
    families = [person.family for person in work.authors]
    name = f"{families[0]} et al." if len(families) > 2 else " & ".join(families)
    return name, str(work.year or "")
