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
    ``file`` its note in the vault; ``family`` is the first author's, ``names`` how texts name all
    authors: «Vaswani et al.»"""

    key: str
    title: str
    path: str = ""
    href: str = ""
    file: str = ""
    authors: str = ""
    family: str = ""
    names: str = ""
    year: int | None = None
    venue: str = ""
    status: str = ""
    rating: int = 0
    tldr: str = ""
    added: str = ""

    @property
    def cited_as(self) -> str:
        """How texts cite it: «Vaswani et al. 2017»."""
        return f"{self.names} {self.year or ''}".strip()

    @property
    def label(self) -> str:
        """How drawings name it: «Vaswani 2017», or by its title."""
        return f"{self.family} {self.year or ''}".strip() if self.family else self.title


def note_card(note: Note, path: str) -> Card:
    """The card of a note."""
    said, work = note.fields, note.work
    return Card(
        key=note.key,
        title=work.title,
        path=path,
        file=note.path,
        authors=author_line(work.authors),
        family=work.authors[0].family if work.authors else "",
        names=family_names(work.authors),
        year=work.year,
        venue=work.venue or "",
        status=said.status or "",
        rating=said.rating or 0,
        tldr=said.tldr,
        added=said.added.isoformat() if said.added else "",
    )


def known_card(key: str, work: Work, href: str) -> Card:
    """The card of a work without a note."""
    return Card(
        key=key,
        title=work.title or key,
        href=href,
        authors=author_line(work.authors),
        family=work.authors[0].family if work.authors else "",
        names=family_names(work.authors),
        year=work.year,
        venue=work.venue or "",
    )


def author_line(authors: Sequence[Person]) -> str:
    """«A, B, C et al.»"""
    names = ", ".join(str(person) for person in authors[:MAX_NAMES])
    return f"{names} et al." if len(authors) > MAX_NAMES else names


def family_names(authors: Sequence[Person]) -> str:
    """How a text names authors: «A», «A & B», «A et al.»"""
    families = [person.family for person in authors]
    return f"{families[0]} et al." if len(families) > 2 else " & ".join(families)
