"""A note's page: what it says, what it cites, and who cites it with which sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from paperkb.formats.addresses import pdf_address
from paperkb.formats.bibtex_entry import bibtex_entry
from paperkb.graph.network import is_handle
from paperkb.identifiers import Identifier, find_identifier
from paperkb.library.names import fold
from paperkb.library.references import Said
from paperkb.library.shelves import is_long
from paperkb.model import CodeLink, Heading, Link, Missing, Note, Resolution
from paperkb.notes.readings import is_generic
from paperkb.notes.sanitise import is_safe_url
from paperkb.notes.syntax.math import INLINE
from paperkb.site.cards import Card
from paperkb.site.context import SiteContext
from paperkb.site.fill import Filler
from paperkb.site.local_graph import local_graph
from paperkb.site.metadata import note_metadata
from paperkb.site.page import Page, PageId, PageKind
from paperkb.site.paging import citing_path
from paperkb.site.related_notes import related_notes

_WEB = ("https://", "http://")
MAX_SENTENCES = 3
"""Sentences shown from one citing note."""
SHOWN_AT_ONCE = 12
"""Citing notes shown before one opens the rest, where the rest is more than a few."""
A_FEW = 4
MOST_QUOTED = 60
"""Citing notes whose sentences are shown, the latest papers: of what many cite, the others are
names. Where they are very many, all are on pages of their own (``pages/citing.py``)."""

Pieces = tuple[str, str, str]
"""A sentence: before the words of the link, the words, and after them."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A work on the other end of a reference, with the sentences of the links."""

    card: Card
    sentences: tuple[Pieces, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """Somewhere else to go from a note. ``label`` is a name that is the same in all languages;
    for the kinds without, the template has a word."""

    kind: str
    url: str
    label: str = ""
    detail: str = ""
    official: bool = False


def plan(context: SiteContext) -> Iterator[PageId]:
    """One page for every public note."""
    return (PageId("note", key) for key in context.all_keys())


def compose(context: SiteContext, page: PageId) -> Page:
    """The page of the note whose key is ``page.name``."""
    note = context.note(page.name)
    if note is None:
        raise KeyError(page.name)
    path = context.note_path(note.key)
    fields, work = note.fields, note.work
    parsed, body = context.text(note)
    resolutions = context.resolutions(note)
    cites = context.cards(context.cites(note.key))
    citing = context.citing(note.key)
    shown = citing[:MOST_QUOTED] if is_long(len(citing)) else citing
    said = context.what_citing_say(note.key, shown[:MOST_QUOTED])
    cited_by = [
        Citation(card, _sentences(context, said[card.key]) if card.key in said else ())
        for card in context.cards(shown)
    ]
    data = {
        "title": work.title,
        "key": note.key,
        "authors": [(str(p), context.group_path("author", str(p))) for p in work.authors],
        "year": work.year,
        "year_path": f"years/{work.year}.html" if work.year else "",
        "date": work.date.isoformat() if work.date else "",
        "venue": work.venue or "",
        "venue_path": context.venue_path(work.venue) if work.venue else "",
        "status": fields.status or "",
        "rating": fields.rating or 0,
        "added": fields.added.isoformat() if fields.added else "",
        "started": fields.started.isoformat() if fields.started else "",
        "finished": fields.finished.isoformat() if fields.finished else "",
        "via": [_shown_address(text) for text in fields.via],
        "tasks": fields.tasks,
        "datasets": fields.datasets,
        "methods": fields.methods,
        "tags": _groups(context, "tag", note.tags),
        "topics": _groups(context, "topic", fields.topics),
        "actions": _actions(note),
        "edit": edit_address(context.settings.edit, note.path),
        "bibtex": bibtex_entry(note.key, work) if work.authors or work.ids or work.venue else "",
        "tldr": fields.tldr,
        "abstract": work.abstract,
        "results": [(row, context.result_path(row.task, row.dataset)) for row in fields.results],
        "headings": _outline(parsed.headings),
        "body": Filler(context, parsed.links, resolutions, body, path).filled(),
        "cites": [Citation(card) for card in sorted(cites, key=_by_author)],
        "cited_by": cited_by,
        "times_cited": len(citing),
        "all_citing": citing_path(path) if is_long(len(citing)) else "",
        "shown_at_once": len(cited_by) if len(cited_by) <= SHOWN_AT_ONCE + A_FEW else SHOWN_AT_ONCE,
        "missing": _missing(parsed.links, resolutions),
        "machine": note_metadata(note, body.abstract, path, context.settings.url),
        "graph": local_graph(
            context, context.card(note.key), cites, [one.card for one in cited_by],
            len(citing) - len(cited_by),
        ),
        "related": related_notes(context, note.key),
    }  # fmt: skip
    return Page(path, "note.html", data)


KIND = PageKind(plan, compose)


def edit_address(pattern: str, path: str) -> str:
    """Where a file of the vault is edited, by the setting for it; empty without one."""
    if not pattern:
        return ""
    quoted = quote(path)
    if "{path}" in pattern:
        return pattern.replace("{path}", quoted)
    return f"{pattern.rstrip('/')}/{quoted}"


def _groups(context: SiteContext, kind: str, written: Sequence[str]) -> list[tuple[str, str]]:
    names = dict.fromkeys(name.casefold() for name in written)
    return [(context.label(kind, name), context.group_path(kind, name)) for name in names]


def _outline(headings: Sequence[Heading]) -> list[tuple[int, Heading]]:
    """(depth from 0, heading): the two highest levels that there are."""
    highest = min((heading.level for heading in headings), default=1)
    return [(h.level - highest, h) for h in headings if h.level <= highest + 1 and h.text]


def _by_author(card: Card) -> tuple[str, int, str]:
    """Where a work stands in a list of references: by the first author, then the year."""
    return fold(card.family or card.title), card.year or 0, fold(card.title)


def _sentences(context: SiteContext, links: list[Said]) -> tuple[Pieces, ...]:
    """The sentences of some links, each once; none that names a private note, or says no more
    than the link itself."""
    private = context.hidden_names(links[0].source)
    sentences: dict[str, Pieces] = {}
    for link in links:
        if link.sentence and not any(name in fold(link.sentence) for name in private):
            pieces = _cut(link.sentence, link.words)
            if any(char.isalnum() for char in pieces[0] + pieces[2]) or not pieces[1]:
                sentences.setdefault(link.sentence, pieces)
    return tuple(sentences.values())[:MAX_SENTENCES]


def _cut(sentence: str, words: str) -> Pieces:
    """Where the words stand for themselves: in no formula, and best as whole words."""
    formulas = [match.span() for match in INLINE.finditer(sentence)] if "$" in sentence else []
    for pattern in (rf"(?<!\w){re.escape(words)}(?!\w)", re.escape(words)):
        for match in re.finditer(pattern, sentence) if words else ():
            if not any(start <= match.start() < end for start, end in formulas):
                return sentence[: match.start()], words, sentence[match.end() :]
    return sentence, "", ""


def _shown_address(text: str) -> tuple[str, str]:
    """(text, address or nothing) of where a paper was found."""
    if not text.startswith(_WEB):
        return text, ""
    return text.partition("://")[2].removeprefix("www.").rstrip("/"), text


def _actions(note: Note) -> list[Action]:
    """Where else the paper is, only addresses that are safe to follow."""
    work = note.work
    actions: list[Action] = []
    if work.arxiv:
        page = Identifier("arxiv", work.arxiv, work.version).url
        actions += [
            Action("arxiv", page, "arXiv"),
            Action("pdf", pdf_address(work), "PDF"),
            Action("html", page.replace("/abs/", "/html/"), "HTML"),
        ]
    elif work.pdf:
        actions.append(Action("pdf", work.pdf, "PDF"))
    if work.doi:
        actions.append(Action("doi", Identifier("doi", work.doi).url, "DOI"))
    actions += [_code(link) for link in note.fields.code]
    if work.url and not _is_shown(find_identifier(work.url)):
        actions.append(Action("web", work.url))
    return [one for one in actions if one.url.startswith(_WEB) and is_safe_url(one.url)]


def _is_shown(identifier: Identifier | None) -> bool:
    """Whether another action leads to what an address is that of."""
    return identifier is not None and identifier.kind in ("arxiv", "doi")


def _code(link: CodeLink) -> Action:
    return Action("code", link.url, detail=link.framework, official=link.official)


def _missing(links: Sequence[Link], resolutions: Sequence[Resolution]) -> list[tuple[str, str]]:
    """What the note cites and nobody described: (text, address)."""
    ids: dict[str, str] = {}
    names: dict[str, str] = {}
    for link, resolution in zip(links, resolutions, strict=True):
        identifier = find_identifier(link.identifier)
        if resolution != Missing("work") or is_handle(link) or identifier is None:
            continue  # a dangling name says nothing to a visitor
        text = "" if is_generic(link.label) or link.label.startswith("http") else link.label
        ids.setdefault(identifier.url, str(identifier))
        names[identifier.url] = names.get(identifier.url) or text
    return [(names[url] or id_, url) for url, id_ in ids.items()]
