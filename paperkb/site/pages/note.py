"""A note's page: what it says, what it cites, and who cites it with which sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from paperkb.graph.network import Reference
from paperkb.identifiers import Identifier, find_identifier
from paperkb.library.names import fold
from paperkb.model import Note
from paperkb.notes.sanitise import is_safe_url
from paperkb.site.cards import Card
from paperkb.site.context import SiteContext
from paperkb.site.fill import fill, ingredients
from paperkb.site.page import Deferred, Page

_WEB = ("https://", "http://")
MAX_SENTENCES = 3
"""Sentences shown from one citing note."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A work on the other end of a reference, with the sentences of the links."""

    card: Card
    sentences: tuple[str, ...]


def compose(context: SiteContext) -> Iterator[Page]:
    """One page for every public note."""
    for note in context.library.notes:
        yield _page(context, note)


def _page(context: SiteContext, note: Note) -> Page:
    path = context.note_paths[note.key]
    fields, work = note.fields, note.work
    graph = context.graph
    data: dict[str, Any] = {
        "title": work.title,
        "key": note.key,
        "authors": [(str(p), context.author_paths[str(p)]) for p in work.authors],
        "year": work.year,
        "year_path": f"years/{work.year}.html" if work.year else "",
        "date": work.date.isoformat() if work.date else "",
        "venue": work.venue or "",
        "status": fields.status or "",
        "rating": fields.rating or 0,
        "added": fields.added.isoformat() if fields.added else "",
        "finished": fields.finished.isoformat() if fields.finished else "",
        "via": [(text, text if text.startswith(_WEB) else "") for text in fields.via],
        "tags": [(tag, context.tag_paths[tag.casefold()]) for tag in context.library.tags_of(note)],
        "topics": [
            (context.topic_labels[topic.casefold()], context.topic_paths[topic.casefold()])
            for topic in fields.topics
        ],
        "actions": _actions(note),
        "tldr": fields.tldr,
        "abstract": work.abstract,
        "results": fields.results,
        "headings": [h for h in note.parsed.headings if h.level <= 3],
        "body": Deferred(ingredients(context, note), partial(fill, context, note, path)),
        "cites": [_citation(context, rows, ()) for rows in graph.cites(note.key).values()],
        "cited_by": [
            _citation(context, rows, _sentences(context, rows), citing=True)
            for rows in graph.cited_by(note.key).values()
        ],
        "missing": _missing(context, note),
    }
    return Page(path, "note.html", data)


def _citation(
    context: SiteContext, rows: list[Reference], sentences: tuple[str, ...], *, citing: bool = False
) -> Citation:
    return Citation(context.card(rows[0].source if citing else rows[0].target), sentences)


def _sentences(context: SiteContext, rows: list[Reference]) -> tuple[str, ...]:
    """The sentences of some links, each once; none that names a private note."""
    private = context.private_names.get(rows[0].source, ())
    sentences = dict.fromkeys(row.link.sentence for row in rows if row.link.sentence)
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


def _missing(context: SiteContext, note: Note) -> list[tuple[str, str]]:
    """What the note cites and nobody described: (text, address or empty)."""
    found: dict[str, str] = {}
    for unresolved in context.graph.missing_of.get(note.key, ()):
        identifier = find_identifier(unresolved.link.identifier)
        text = unresolved.link.label or unresolved.link.target
        if identifier is None:
            continue  # a dangling name says nothing to a visitor
        found.setdefault(identifier.url, text if not text.startswith("http") else str(identifier))
    return [(text, url) for url, text in found.items()]
