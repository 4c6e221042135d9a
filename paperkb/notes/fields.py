"""Raw fields → ``Fields``. One table says which names a field goes by and who reads its value.

Vaults come from Obsidian, Zotero, Jekyll and Hugo, which call the same things by other names.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from paperkb import messages
from paperkb.identifiers import (
    Identifier,
    InvalidIdentifier,
    equivalents,
    find_identifier,
    parse_identifier,
)
from paperkb.model import Fields, Problem, Work
from paperkb.notes import values
from paperkb.notes.privacy import HELD_BACK_BY, keeps_private
from paperkb.notes.yaml_text import RawField, Value

Reader = Callable[[Value], Any]

_READERS: dict[str, Reader] = {
    "title": values.text,
    "authors": values.people,
    "year": values.year,
    "date": values.publication_date,
    "arxiv": values.text,
    "version": values.whole_number,
    "doi": values.text,
    "venue": values.text,
    "url": values.texts,
    "pdf": values.text,
    "code": values.code_links,
    "tags": values.tag_list,
    "topics": values.shelf_list,
    "status": values.status,
    "rating": values.rating,
    "added": values.date,
    "started": values.date,
    "finished": values.date,
    "via": values.comma_list,
    "tldr": values.text,
    "cites": values.texts,
    "related": values.texts,
    "aliases": values.comma_list,
    "private": values.truth,
    "tasks": values.comma_list,
    "datasets": values.comma_list,
    "methods": values.comma_list,
    "results": values.results,
    "abstract": values.text,
}
FIELD_NAMES = tuple(name for name in _READERS if name != "abstract")
"""The canonical fields, in the order in which ``paperkb new`` writes them."""

_ALIASES = {
    "author": "authors", "name": "title",
    "published": "date", "publication_date": "date", "pubdate": "date",
    "arxiv_id": "arxiv", "arxivid": "arxiv", "eprint": "arxiv",
    "journal": "venue", "conference": "venue", "booktitle": "venue", "publication": "venue",
    "link": "url", "urls": "url", "paper": "url", "paper_url": "url", "source_url": "url",
    "pdf_url": "pdf", "github": "code", "repo": "code", "code_url": "code",
    "tag": "tags", "keywords": "tags", "taxonomies.tags": "tags",
    "topic": "topics", "category": "topics", "categories": "topics",
    "taxonomies.categories": "topics",
    "reading_status": "status", "read_status": "status",
    "score": "rating", "stars": "rating",
    "created": "added", "date_added": "added", "created_at": "added",
    "date_read": "finished", "read_at": "finished",
    "found_via": "via", "tl;dr": "tldr", "tl_dr": "tldr", "excerpt": "tldr",
    "description": "tldr", "references": "cites", "citations": "cites", "see_also": "related",
    "alias": "aliases", "citekey": "aliases", "citation_key": "aliases", "cite_key": "aliases",
    "task": "tasks", "dataset": "datasets", "method": "methods",
}  # fmt: skip

# Fields of other programs: theirs to read, not ours to complain about.
_FOREIGN = frozenset(
    """layout permalink comments comment mathjax math katex toc slug weight lastmod updated modified
    cssclass cssclasses id uid bibtex file draft publish image thumbnail cover header lang sidebar
    nav_order parent type subtitle author_profile excerpt_separator series url_slug hidden pin
    pinned share featured banner icon kanban-plugin extra taxonomies params""".split()
)


@dataclass(frozen=True, slots=True)
class ReadFields:
    """Typed fields; ``cites`` and ``related`` as written, ``lines`` the line of each field."""

    fields: Fields
    cites: tuple[str, ...]
    related: tuple[str, ...]
    lines: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


@lru_cache(maxsize=1024)
def canonical_name(name: str) -> str | None:
    """The canonical field that a name stands for, or nothing."""
    key = re.sub(r"[\s-]+", "_", name.strip().casefold())
    key = _ALIASES.get(key, key)
    return key if key in _READERS else None


def read_fields(raw: Iterable[RawField], extra_fields: Iterable[str] = ()) -> ReadFields:
    """Give every field its type. A value that its field cannot have is a problem, and left out."""
    reading = _Reading(frozenset(name.casefold() for name in extra_fields))
    for field in raw:
        reading.take(field)
    return reading.result()


class _Reading:
    """The state of one reading: values by canonical name, and what was wrong. In doubt, nothing
    leaves this machine: what one field makes private, no other makes public."""

    def __init__(self, extra_fields: frozenset[str]) -> None:
        self.extra_fields = extra_fields
        self.values: dict[str, Any] = {}
        self.is_private = False
        self.lines: dict[str, int] = {}
        self.spelled: dict[str, str] = {}
        self.problems: list[Problem] = []

    def take(self, field: RawField) -> None:
        if field.name in ("extra", "taxonomies", "params") and isinstance(field.value, dict):
            for inner, value in field.value.items():  # Zola and Hugo nest what others do not
                if canonical_name(inner) or inner.casefold() in HELD_BACK_BY:
                    self.take(RawField(inner, value, field.line))
            return
        if field.name.casefold() in HELD_BACK_BY and self._holds_back(field):
            self.is_private = True
            return
        name = canonical_name(field.name)
        if name is None or (name == "date" and _is_flag(field.value)):
            self._unknown(field)
            return
        if values.is_placeholder(field.value):
            shown = None if isinstance(field.value, dict) else values.text(field.value)
            self._problem(messages.PLACEHOLDER, field, value=shown or "{{…}}")
            self.is_private |= name == "private"
            return
        if name in self.lines and self.spelled[name] == field.name:
            self._problem(messages.DUPLICATE_FIELD, field)
        elif name in self.lines and name not in (field.name, "private"):
            return  # `author` beside `authors`: the canonical name counts
        self.lines[name], self.spelled[name] = field.line, field.name
        try:
            self.values[name] = _READERS[name](field.value)
            self.is_private |= name == "private" and values.truth(field.value)
        except values.ImpossibleDate:
            self._problem(messages.INVALID_DATE, field, value=values.text(field.value))
        except values.Invalid as error:
            self._invalid(field, error)
            self.is_private |= name == "private"

    def _holds_back(self, field: RawField) -> bool:
        """Whether a field of another program keeps the note from others, or might."""
        try:
            return keeps_private(field.name, field.value)
        except values.Invalid as error:
            folded = field.name.casefold()
            if folded == "published" or folded in self.extra_fields:  # Jekyll's may be a day
                return False
            self._invalid(field, error)
            return True

    def _unknown(self, field: RawField) -> None:
        key = field.name.casefold()
        if key in _FOREIGN or key in self.extra_fields or key == "published":
            return
        near = difflib.get_close_matches(key, FIELD_NAMES, n=1, cutoff=0.8)
        if near and len(key) > 3:
            self._problem(messages.MISSPELT_FIELD, field, suggestion=near[0])
            self.is_private |= near[0] == "private"
        else:
            self._problem(messages.UNKNOWN_FIELD, field)

    def _invalid(self, field: RawField, error: values.Invalid) -> None:
        value = f"«{values.text(field.value) or ''}»"[:80]
        self._problem(messages.INVALID_FIELD, field, value=value, hint=str(error))

    def _problem(self, message: messages.Message, field: RawField, **words: object) -> None:
        self.problems.append(message.here(field.line, 1, field=field.name, **words))

    def result(self) -> ReadFields:
        get = self.values.get
        ids, arxiv, version, doi = self._identifiers()
        published = get("date")
        date = None if isinstance(published, int) else published
        urls = get("url") or []
        work = Work(
            title=get("title") or "",
            authors=get("authors") or (),
            year=get("year") or (date.year if date else published),
            date=date,
            arxiv=arxiv,
            version=get("version") or version,
            doi=doi,
            venue=get("venue"),
            url=urls[0] if urls else None,
            pdf=get("pdf"),
            abstract=get("abstract") or "",
            ids=ids,
        )
        fields = Fields(
            work=work,
            tags=get("tags") or (),
            topics=get("topics") or (),
            status=get("status"),
            rating=get("rating"),
            added=get("added"),
            started=get("started"),
            finished=get("finished"),
            via=get("via") or (),
            tldr=get("tldr") or "",
            aliases=get("aliases") or (),
            private=self.is_private,
            code=get("code") or (),
            tasks=get("tasks") or (),
            datasets=get("datasets") or (),
            methods=get("methods") or (),
            results=get("results") or (),
        )
        return ReadFields(
            fields,
            tuple(get("cites") or ()),
            tuple(get("related") or ()),
            tuple(self.lines.items()),
            tuple(self.problems),
        )

    def _identifiers(self) -> tuple[frozenset[str], str | None, int | None, str | None]:
        """All ids of the paper; ``arxiv`` and ``doi`` may also be told by ``url`` and ``pdf``."""
        told = [self._identifier("arxiv"), self._identifier("doi")]
        shown = [*(self.values.get("url") or []), self.values.get("pdf") or ""]
        told.extend(find_identifier(text) for text in shown)
        found = [identifier for identifier in told if identifier is not None]
        ids = frozenset(name for identifier in found for name in equivalents(identifier))
        arxiv = next((i for i in found if i.kind == "arxiv"), None)
        doi = next((i for i in found if i.kind == "doi"), None)
        return (
            ids,
            arxiv.value if arxiv else None,
            arxiv.version if arxiv else None,
            doi.value if doi else None,
        )

    def _identifier(self, name: str) -> Identifier | None:
        written = self.values.get(name)
        if not written:
            return None
        try:
            identifier = parse_identifier(written)
        except InvalidIdentifier as error:
            why = str(error)
        else:
            if identifier.kind == name or (name == "doi" and identifier.kind == "arxiv"):
                return identifier
            why = f"{written} is not one"
        line = self.lines[name]
        self.problems.append(messages.INVALID_ID.here(line, 1, field=name, why=why))
        return None


def _is_flag(value: Value) -> bool:
    """Jekyll's ``published: true`` is no date."""
    return isinstance(value, str) and value.casefold() in ("true", "false")
