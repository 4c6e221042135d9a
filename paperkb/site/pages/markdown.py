"""The Markdown copy beside each note's page: its public fields on top, then its text.

The text is the note's own source without remarks. Links lead to other copies, to where a paper is
on the web, and to attachments; a link to a private note is its text. Where it cannot be told for
sure what is private in the source, the copy has the plain text of the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from paperkb.formats.addresses import pdf_address, work_address
from paperkb.identifiers import find_identifier
from paperkb.library.catalogue import markdown_text
from paperkb.model import (
    Found,
    FoundFile,
    Hidden,
    Known,
    Link,
    Note,
    NoteBody,
    Resolution,
)
from paperkb.notes.source_text import LINK_MARK
from paperkb.site.context import SiteContext
from paperkb.site.labels import citation_label, cited_card, link_label, private_label
from paperkb.site.metadata import markdown_path
from paperkb.site.page import Page, PageId, PageKind
from paperkb.site.urls import relative

_JSON = json.JSONEncoder(ensure_ascii=False)
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_HTML_ADDRESS = re.compile(r"""\s(src|href)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.I)


def plan(context: SiteContext) -> Iterator[PageId]:
    """One for every public note."""
    return (PageId("markdown", key) for key in context.all_keys())


def compose(context: SiteContext, page: PageId) -> Page:
    """The copy of the note whose key is ``page.name``."""
    note = context.note(page.name)
    if note is None:
        raise KeyError(page.name)
    path = markdown_path(context.note_path(note.key))
    parsed, body = context.text(note)
    writer = _Writer(context, parsed.links, context.resolutions(note), path)
    fields = "\n".join(f"{name}: {_yaml(value)}" for name, value in _fields(note) if value)
    text = "\n".join(
        ("---", fields, "---", "", f"# {markdown_text(note.work.title)}", "", writer.text(body))
    )
    return Page(path, content=f"{text.rstrip()}\n".encode("utf-8", "replace"))


KIND = PageKind(plan, compose)


class _Writer:
    def __init__(
        self,
        context: SiteContext,
        links: Sequence[Link],
        resolutions: Sequence[Resolution],
        path: str,
    ) -> None:
        self.context = context
        self.links = links
        self.resolutions = resolutions
        self.path = path

    def text(self, body: NoteBody) -> str:
        hidden = {
            self.links[number].target.casefold()
            for number, resolution in enumerate(self.resolutions)
            if isinstance(resolution, Hidden)
        }
        made = LINK_MARK.sub(self.marked, body.markdown)
        if hidden and not self.is_safe(made, hidden, f"{body.abstract} {body.text}"):
            made = ""
        return made or "\n\n".join(filter(None, (body.abstract, body.text)))

    def is_safe(self, made: str, hidden: set[str], shown: str) -> bool:
        """Whether no name of a private note is left that the page does not show."""
        made, shown = made.casefold(), shown.casefold()
        return not any(name in made and name not in shown for name in hidden if name)

    def marked(self, match: re.Match[str]) -> str:
        numbers = [int(number) for number in match[1].split(",")]
        links = [self.links[number] for number in numbers]
        resolutions = [self.resolutions[number] for number in numbers]
        kind = links[0].kind
        if kind == "html":
            return self.html(match[2], resolutions[0])
        if kind == "url":
            return match[2]  # an address of the paper itself, which says nothing of its note
        if kind == "citation":
            parts = list(map(self.cited, links, resolutions))
            return parts[0] if links[0].bare else f"({'; '.join(parts)})"
        return self.link(links[0], resolutions[0])

    def link(self, link: Link, resolution: Resolution, label: str = "") -> str:
        address = self.address(link, resolution)
        if isinstance(resolution, FoundFile):
            image = "!" if link.kind in ("image", "embed") else ""
            name = link.label or ("" if image else resolution.path.rpartition("/")[2])
            return f"{image}[{markdown_text(name)}]({address})"
        label = label or markdown_text(link_label(self.context, link, resolution))
        return f"[{label}]({address})" if address else label

    def cited(self, link: Link, resolution: Resolution) -> str:
        if isinstance(resolution, Hidden):
            return private_label(self.context)
        card = cited_card(self.context, resolution)
        if card is None:
            return markdown_text(link.label if link.bare else f"@{link.target}")
        made = self.link(link, resolution, markdown_text(citation_label(link, card)))
        before = f"{markdown_text(link.prefix)} " if link.prefix else ""
        after = f", {markdown_text(link.locator)}" if link.locator else ""
        return f"{before}{made}{after}"

    def html(self, written: str, resolution: Resolution) -> str:
        """A tag of raw HTML, with an address that leads somewhere from here, or without one."""
        if isinstance(resolution, Hidden):
            return ""
        address = self.address(None, resolution)
        return _HTML_ADDRESS.sub(lambda m: f' {m[1]}="{address}"' if address else "", written)

    def address(self, link: Link | None, resolution: Resolution) -> str:
        match resolution:
            case Found(key):
                target = markdown_path(self.context.note_path(key))
            case FoundFile(path):
                target = self.context.file_path(path)
            case Known(key):
                card = self.context.find_card(key)
                return _in_link(card.href) if card else ""
            case _:
                named = find_identifier(link.identifier) if link and link.identifier else None
                is_hidden = isinstance(resolution, Hidden)
                return _in_link(named.url) if named and not is_hidden else ""
        return _in_link(relative(target, self.path))


def _in_link(address: str) -> str:
    """An address between the brackets of a link."""
    return address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def _fields(note: Note) -> Iterator[tuple[str, Any]]:
    fields, work = note.fields, note.work
    yield "key", note.key
    yield "title", work.title
    yield "authors", [str(person) for person in work.authors]
    yield "year", work.year
    yield "date", work.date
    yield "venue", work.venue
    yield "arxiv", work.arxiv
    yield "doi", work.doi
    yield "url", work_address(work)
    yield "pdf", pdf_address(work)
    yield "code", [link.url for link in fields.code]
    yield "status", fields.status
    yield "rating", fields.rating
    yield "added", fields.added
    yield "finished", fields.finished
    yield "tags", list(note.tags)
    yield "topics", list(fields.topics)
    yield "tldr", fields.tldr


def _yaml(value: object) -> str:
    """A value on one line: YAML takes JSON's texts and lists as they are."""
    if not isinstance(value, str | list):
        return str(value)
    text = _JSON.encode(value)
    return _ODD.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) if _ODD.search(text) else text
