"""A note's page: what it says, what it cites, and who cites it with which sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperkb.graph.network import Reference, is_handle
from paperkb.identifiers import Identifier, find_identifier
from paperkb.library.names import fold
from paperkb.model import Link, Missing, Note, Resolution
from paperkb.notes.sanitise import is_safe_url
from paperkb.site.cards import Card
from paperkb.site.context import SiteContext
from paperkb.site.fill import fill
from paperkb.site.local_graph import local_graph
from paperkb.site.page import Page, PageId, PageKind
from paperkb.site.related_notes import related_notes

_WEB = ("https://", "http://")
MAX_SENTENCES = 3
"""Sentences shown from one citing note."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A work on the other end of a reference, with the sentences of the links."""

    card: Card
    sentences: tuple[str, ...]


def plan(context: SiteContext) -> Iterator[PageId]:
    """One page for every public note."""
    return (PageId("note", member.key) for member in context.newest_first())


def compose(context: SiteContext, page: PageId) -> Page:
    """The page of the note whose key is ``page.name``."""
    note = context.note(page.name)
    if note is None:
        raise KeyError(page.name)
    path = context.note_path(note.key)
    fields, work = note.fields, note.work
    parsed, body = context.text(note)
    resolutions = context.resolutions(note)
    cites, cited_by = context.cites(note.key), context.cited_by(note.key)
    data = {
        "title": work.title,
        "key": note.key,
        "authors": [(str(p), context.group_path("author", str(p))) for p in work.authors],
        "year": work.year,
        "year_path": f"years/{work.year}.html" if work.year else "",
        "date": work.date.isoformat() if work.date else "",
        "venue": work.venue or "",
        "status": fields.status or "",
        "rating": fields.rating or 0,
        "added": fields.added.isoformat() if fields.added else "",
        "finished": fields.finished.isoformat() if fields.finished else "",
        "via": [(text, text if text.startswith(_WEB) else "") for text in fields.via],
        "tags": _groups(context, "tag", note.tags),
        "topics": _groups(context, "topic", fields.topics),
        "actions": _actions(note),
        "tldr": fields.tldr,
        "abstract": work.abstract,
        "results": fields.results,
        "headings": [heading for heading in parsed.headings if heading.level <= 3],
        "body": fill(context, note, parsed.links, resolutions, body, path),
        "cites": [Citation(context.card(key), ()) for key in cites],
        "cited_by": [
            Citation(context.card(key), _sentences(context, rows)) for key, rows in cited_by.items()
        ],
        "missing": _missing(parsed.links, resolutions),
        "graph": local_graph(
            context, context.card(note.key), context.cards(cites), context.cards(cited_by)
        ),
        "related": related_notes(context, note.key),
    }
    return Page(path, "note.html", data)


KIND = PageKind(plan, compose)


def _groups(context: SiteContext, kind: str, written: Sequence[str]) -> list[tuple[str, str]]:
    names = dict.fromkeys(name.casefold() for name in written)
    return [(context.label(kind, name), context.group_path(kind, name)) for name in names]


def _sentences(context: SiteContext, rows: list[Reference]) -> tuple[str, ...]:
    """The sentences of some links, each once; none that names a private note."""
    private = context.hidden_names(rows[0].source)
    sentences = dict.fromkeys(row.sentence for row in rows if row.sentence)
    shown = (s for s in sentences if not any(name in fold(s) for name in private))
    return tuple(shown)[:MAX_SENTENCES]


def _actions(note: Note) -> list[tuple[str, str]]:
    """Where else the paper is: (label, address), only addresses that are safe to follow."""
    work = note.work
    actions: list[tuple[str, str]] = []
    if work.arxiv:
        page = Identifier("arxiv", work.arxiv, work.version).url
        actions += [("arXiv", page), ("PDF", page.replace("/abs/", "/pdf/"))]
    elif work.pdf:
        actions.append(("PDF", work.pdf))
    if work.doi:
        actions.append(("DOI", Identifier("doi", work.doi).url))
    actions += [("Code", link.url) for link in note.fields.code]
    if work.url and find_identifier(work.url) is None:
        actions.append(("Web page", work.url))
    return [(label, url) for label, url in actions if url.startswith(_WEB) and is_safe_url(url)]


def _missing(links: Sequence[Link], resolutions: Sequence[Resolution]) -> list[tuple[str, str]]:
    """What the note cites and nobody described: (text, address)."""
    found: dict[str, str] = {}
    for link, resolution in zip(links, resolutions, strict=True):
        identifier = find_identifier(link.identifier)
        if resolution != Missing("work") or is_handle(link) or identifier is None:
            continue  # a dangling name says nothing to a visitor
        text = link.label or link.target
        found.setdefault(identifier.url, text if not text.startswith("http") else str(identifier))
    return [(text, url) for url, text in found.items()]
