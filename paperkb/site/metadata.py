"""What a note's page tells programs in its head: ``citation_*`` for Zotero and Google Scholar,
schema.org as JSON-LD, and OpenGraph.

``citation_*`` are Highwire Press's names, of which Google Scholar's inclusion guidelines list
those that it reads. Zotero reads them too («Embedded Metadata»), and beside them its own ``z:``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from paperkb.formats.addresses import pdf_address, work_address
from paperkb.formats.csl import JOURNAL, MEETING, csl_type, date_parts
from paperkb.identifiers import Identifier
from paperkb.model import Note, Person, Work
from paperkb.site.urls import absolute

DESCRIPTION = 300
"""Characters of an abstract that stand for a summary where the note has none."""
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class NoteMetadata:
    """``citation``: (name, content) of ``meta`` elements; ``linked``: JSON-LD, safe in a script
    element, and ``description``: plain text, either of them perhaps empty; ``markdown``: the path
    of the Markdown copy."""

    citation: tuple[tuple[str, str], ...]
    linked: Markup
    description: str
    markdown: str


def note_metadata(note: Note, abstract: str, path: str, base: str) -> NoteMetadata:
    """The metadata of a note whose page is at ``path`` of a site at ``base``, or without address.
    ``abstract`` is the one in the note's text, if it has one."""
    abstract = " ".join((note.work.abstract or abstract).split())
    description = note.fields.tldr or _shortened(abstract)
    if not (note.work.authors or note.work.year or note.work.ids):  # it is about no paper
        return NoteMetadata((), Markup(""), description, markdown_path(path))
    kind = csl_type(note.work.venue) if note.work.venue else ""
    page = absolute(path, base) if base else ""
    return NoteMetadata(
        tuple(_citation(note.work, kind, abstract)),
        script_safe(_linked(note, kind, abstract, page)),
        description,
        markdown_path(path),
    )


def markdown_path(path: str) -> str:
    """Where the Markdown copy of a page is: beside it."""
    return f"{path.removesuffix('.html')}.md"


def script_safe(value: object) -> Markup:
    """JSON that ends no script element, whatever its texts say."""
    text = _JSON.encode(value)
    return Markup(text.translate(_IN_SCRIPT))  # noqa: S704 - no sign of HTML is left


def _citation(work: Work, kind: str, abstract: str) -> Iterator[tuple[str, str]]:
    yield "citation_title", work.title
    for person in work.authors:
        yield "citation_author", _author(person, is_alone=len(work.authors) == 1)
    if parts := date_parts(work):
        yield "citation_publication_date", "/".join(f"{part:02}" for part in parts)
    if work.date and work.date.year != work.year:
        yield "citation_online_date", work.date.strftime("%Y/%m/%d")
    if kind == JOURNAL:
        yield "citation_journal_title", work.venue or ""
    elif kind == MEETING:
        yield "citation_conference_title", work.venue or ""
    elif work.arxiv:  # Zotero's word for what it would take for an article of a journal
        yield "z:itemType", "preprint"
    if work.arxiv:
        yield "citation_arxiv_id", work.arxiv
    if work.doi:
        yield "citation_doi", work.doi
    if pdf := pdf_address(work):
        yield "citation_pdf_url", pdf
    if address := work_address(work):  # else Zotero would say that the paper is this page
        yield "citation_public_url", address
    if abstract:
        yield "citation_abstract", abstract


def _author(person: Person, *, is_alone: bool) -> str:
    """«Family, Given». Zotero takes the only author for two people if there are spaces on both
    sides of the comma."""
    if not person.given:
        return person.family
    if is_alone and " " in person.family and " " in person.given:
        return str(person)
    return f"{person.family}, {person.given}"


def _linked(note: Note, kind: str, abstract: str, page: str) -> dict[str, Any]:
    work = note.work
    ids = [("arXiv", "arxiv", work.arxiv), ("DOI", "doi", work.doi)]
    venue = {JOURNAL: "Periodical", MEETING: "PublicationVolume"}.get(kind, "")
    found = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": work.title,
        "name": work.title,
        "author": [_person(person) for person in work.authors],
        "datePublished": "-".join(f"{part:02}" for part in date_parts(work)),
        "isPartOf": {"@type": venue, "name": work.venue} if venue else None,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, _, value in ids if value
        ],
        "sameAs": [Identifier(id_, value).url for _, id_, value in ids if value],  # type: ignore[arg-type]
        "url": work_address(work),
        "keywords": list(note.tags),
        "abstract": abstract,
        "mainEntityOfPage": page,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _person(person: Person) -> dict[str, str]:
    if not person.given:
        return {"@type": "Person", "name": person.family}
    return {
        "@type": "Person", "name": str(person),
        "givenName": person.given, "familyName": person.family,
    }  # fmt: skip


def _shortened(text: str) -> str:
    if len(text) <= DESCRIPTION:
        return text
    return f"{text[:DESCRIPTION].rpartition(' ')[0]}…"
