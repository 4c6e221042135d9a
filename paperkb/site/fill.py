"""Slots → links. The last step of a note's HTML, when it is known where everything leads."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from markupsafe import Markup, escape

from paperkb.identifiers import find_identifier
from paperkb.library.resolve import TITLE_ANCHOR
from paperkb.model import (
    Ambiguous,
    Found,
    FoundFile,
    Hidden,
    Known,
    Link,
    Note,
    NoteBody,
    Resolution,
    SamePage,
    Slot,
)
from paperkb.notes.formulas import with_formulas
from paperkb.notes.text import SLOT, SLOT_CLOSE, SLOT_OPEN
from paperkb.paths import is_picture
from paperkb.site.blocks import blocks, first_blocks, section
from paperkb.site.body import finish
from paperkb.site.context import SiteContext
from paperkb.site.image_size import image_size
from paperkb.site.labels import citation_label, cited_card, link_label, private_label
from paperkb.site.urls import relative

_BLOCK = re.compile(f"<p>{SLOT_OPEN}(\\d+){SLOT_CLOSE}</p>")
_PICTURE = re.compile(
    f'<img((?: [\\w-]+="[^"]*")*) src="{SLOT_OPEN}(\\d+){SLOT_CLOSE}"(?: [\\w-]+="[^"]*")* ?/?>'
)
_ALT = re.compile(r' alt="([^"]+)"')
_ADDRESS = re.compile(f' (?:src|href)="{SLOT_OPEN}(\\d+){SLOT_CLOSE}"')
_FRAGMENT = re.compile(r' href="#([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')
_HEADING = re.compile(r"<(/?)h[1-6](?: [^>]*)?>")
_NEAR = 300
"""Characters before a link in which parentheses are looked for."""
_ENDS = re.compile(r"\)|</?(?:p|li|t[dh]|h\d|div|blockquote|dd|dt|br)\b")
"""What ends parentheses, or the text in which they stand."""
MAX_EMBEDS = 12
"""Notes that one page quotes; further ones are links."""
MAX_EMBEDDED = 6000
"""Characters of HTML, before its links are filled, that one quotation shows: whole blocks."""


@dataclass(slots=True)
class Filler:
    """Fills the slots of a body, for the page at path ``page``; ``resolutions`` say where its
    ``links`` lead. ``embeds``: how many notes may be quoted; what is quoted itself quotes none, so
    that there are no circles."""

    context: SiteContext
    links: Sequence[Link]
    resolutions: Sequence[Resolution]
    body: NoteBody
    page: str
    embeds: int = MAX_EMBEDS

    def filled(self) -> Markup:
        """The body as its page shows it."""
        filled = finish(_without_dead_fragments(self.html(self.body.html)), self.context.words)
        return Markup(filled)  # noqa: S704 - sanitised when it was parsed

    def html(self, text: str) -> str:
        text = _PICTURE.sub(self.picture, text)
        text = _ADDRESS.sub(self.attribute, text)
        text = _BLOCK.sub(self.block, text)
        return SLOT.sub(self.slot, text)

    def slot(self, match: re.Match[str]) -> str:
        slot = self.body.slots[int(match[1])]
        if slot.tag:
            if not self.context.label("tag", slot.tag.casefold()).rpartition("/")[2]:
                return f"#{escape(slot.tag)}"  # no note has it: an introduction is none
            path = self.context.group_path("tag", slot.tag.casefold())
            return f'<a class="hashtag" rel="tag" href="{self.to(path)}">#{escape(slot.tag)}</a>'
        if not slot.links:
            return slot.html
        links = [self.links[index] for index in slot.links]
        if slot.as_url:
            return self.address(self.resolutions[slot.links[0]])
        is_within = _is_within_parentheses(match.string, match.start())
        if links[0].kind == "citation":
            return self.citation(links, slot, is_within)
        resolution = self.resolutions[slot.links[0]]
        return self.link(links[0], resolution, self.html(slot.html), is_within)

    def block(self, match: re.Match[str]) -> str:
        """A paragraph that is one slot: a figure or a quoted note stands by itself."""
        slot = self.body.slots[int(match[1])]
        if slot.tag or len(slot.links) != 1 or slot.as_url:
            return match[0]
        link, resolution = self.links[slot.links[0]], self.resolutions[slot.links[0]]
        if isinstance(resolution, FoundFile) and link.kind in ("image", "embed"):
            made = self.figure(link, resolution)
            if not is_picture(resolution.path):
                return f"<p>{made}</p>"
            caption = (
                f'<figcaption aria-hidden="true">{escape(link.label)}</figcaption>'
                if link.label
                else ""  # the alternative text says the same to who does not see the picture
            )
            return f'<figure class="picture">{made}{caption}</figure>'
        if isinstance(resolution, Found) and link.kind == "embed" and self.embeds:
            return self.quote(link, resolution) or match[0]
        return match[0]

    def quote(self, link: Link, found: Found) -> str:
        """A quoted note: what is below a heading of it, else its summary, else its first blocks.
        Empty if there is nothing."""
        note = self.context.note(found.key)
        if note is None:
            return ""
        self.embeds -= 1
        address = self.address(found)
        quoted = "" if found.anchor else self.summary(note)
        quoted = quoted or self.part(note, found.anchor, address)
        if not quoted:
            return ""
        where = f" § {link.anchor.lstrip('^')}" if found.anchor and link.anchor[:1] != "^" else ""
        name = self.context.card(found.key).cited_as
        byline = f' <span class="byline">{escape(name)}</span>' if name else ""
        title = f'<a class="internal" href="{address}">{escape(note.work.title + where)}</a>'
        return (
            f'<figure class="embed"><figcaption>{title}{byline}</figcaption>'
            f"<blockquote>{quoted}</blockquote></figure>"
        )

    def summary(self, note: Note) -> str:
        text = note.fields.tldr or note.work.abstract
        return f"<p>{with_formulas(text, self.context.settings.macros)}</p>" if text else ""

    def part(self, note: Note, anchor: str, address: str) -> str:
        """The part of a note with this id, or its beginning: no id of it stands twice on the page,
        and what it refers to within itself is on its own page."""
        parsed, body = self.context.text(note)
        of_note = section(body.html, anchor) if anchor else blocks(body.html)
        found, is_whole = first_blocks(of_note, MAX_EMBEDDED)
        if not found:
            return ""
        resolutions = self.context.resolutions(note)
        filler = Filler(self.context, parsed.links, resolutions, body, self.page, embeds=0)
        text = _ID.sub("", filler.html("\n".join(found)))
        text = _HEADING.sub(lambda tag: f"<{tag[1]}strong>", text)
        page = address.partition("#")[0]
        text = _FRAGMENT.sub(lambda match: f' href="{page}#{match[1]}"', text)
        more = f'<p><a href="{address}" aria-label="{escape(note.work.title)}">…</a></p>'
        return text if is_whole else text + more

    def picture(self, match: re.Match[str]) -> str:
        """A picture of raw HTML; its name where there is no such file."""
        slot = self.body.slots[int(match[2])]
        if not slot.links:
            return match[0]
        link, resolution = self.links[slot.links[0]], self.resolutions[slot.links[0]]
        if self.address(resolution):
            return match[0]
        alt = None if isinstance(resolution, Hidden) else _ALT.search(match[0])
        return self.link(link, resolution, alt[1] if alt else "")

    def attribute(self, match: re.Match[str]) -> str:
        """An attribute of raw HTML; none where its address leads nowhere."""
        slot = self.body.slots[int(match[1])]
        leads = not slot.links or self.address(self.resolutions[slot.links[0]])
        return match[0] if leads else ""

    def to(self, path: str) -> str:
        return str(escape(relative(path, self.page)))

    def address(self, resolution: Resolution) -> str:
        """Where a link leads, as an escaped address; empty if nowhere."""
        match resolution:
            case Found(key, anchor):
                path = self.context.note_path(key)
                return self.to(f"{path}#{anchor}" if anchor else path)
            case Known(key):
                card = self.context.find_card(key)
                return str(escape(card.href)) if card else ""
            case FoundFile(path):
                return self.to(self.context.file_path(path))
            case SamePage(anchor) if anchor:
                return f"#{escape(anchor)}"
            case _:
                return ""

    def link(self, link: Link, resolution: Resolution, label: str, is_within: bool = False) -> str:
        """An element for one link. ``label`` is its own text as HTML, or empty. ``is_within``: in
        parentheses, which are not to stand in others."""
        if isinstance(resolution, FoundFile) and link.kind in ("image", "embed"):
            return self.figure(link, resolution)
        if isinstance(resolution, Hidden) and link.label and not link.own_label:
            label = ""  # one that only repeats the name
        label = label or str(escape(link_label(self.context, link, resolution, is_within)))
        if link.kind == "url" and not link.anchor and self.is_own(resolution):
            return f'<a class="external" href="{escape(link.target)}">{label}</a>'
        address = self.address(resolution)
        if not address and link.identifier and (identifier := find_identifier(link.identifier)):
            return f'<a class="external" href="{escape(identifier.url)}">{label}</a>'
        match resolution:
            case Found() | SamePage() if address:
                return f'<a class="internal" href="{address}">{label}</a>'
            case Known() | FoundFile() if address:
                return f'<a class="external" href="{address}">{label}</a>'
            case Known() | Hidden():
                return f"<span>{label}</span>"
            case Ambiguous(candidates):
                titles = ", ".join(self.path_of(key) for key in candidates)
                return f'<span class="unresolved" title="{escape(titles)}">{label}</span>'
            case _:
                return f'<span class="unresolved">{label}</span>'

    def is_own(self, resolution: Resolution) -> bool:
        """Whether a link leads to the page on which it stands."""
        return isinstance(resolution, Found) and self.context.note_path(resolution.key) == self.page

    def figure(self, link: Link, file: FoundFile) -> str:
        address = self.address(file)
        alt = escape(link.label)
        if not is_picture(file.path):
            name = alt or escape(file.path.rpartition("/")[2])
            return f'<a class="attachment" href="{address}">{name}</a>'
        size = self.size(link, file)
        image = f'<img src="{address}" alt="{alt}"{size} loading="lazy">'
        label = "" if alt else f' aria-label="{escape(file.path.rpartition("/")[2])}"'
        return f'<a class="zoom" href="{address}"{label}>{image}</a>'

    def size(self, link: Link, file: FoundFile) -> str:
        """The size of a picture as attributes: as it is written, the rest as the file is."""
        width, _, height = link.width.partition("x")
        if not (width and height) and (real := image_size(self.context.file(file.path))):
            height = str(round(int(width) * real[1] / real[0])) if width else str(real[1])
            width = width or str(real[0])
        return (f' width="{width}"' if width else "") + (f' height="{height}"' if height else "")

    def path_of(self, key: str) -> str:
        card = self.context.find_card(key)
        return card.file if card else key

    def citation(self, links: list[Link], slot: Slot, is_within: bool) -> str:
        """``[@a; @b, p. 3]`` as «(A, 2017; B, 2018, p. 3)», ``@a`` as «A (2017)», or, in
        parentheses, as «A, 2017»."""
        parts = []
        for link, index in zip(links, slot.links, strict=True):
            resolution = self.resolutions[index]
            parts.append(self.cited(link, resolution, is_within))
        if links[0].bare:
            return parts[0]
        return f'<span class="citation">({"; ".join(parts)})</span>'

    def cited(self, link: Link, resolution: Resolution, is_within: bool) -> str:
        if isinstance(resolution, Hidden):
            return str(escape(private_label(self.context)))
        card = cited_card(self.context, resolution)
        if card is None:
            text = link.label if link.bare else f"@{link.target}"
            return str(
                Markup('<span class="unresolved">{}</span>').format(text)
                if not link.bare or any(char.isdigit() for char in link.target)
                else escape(text)
            )
        made = self.link(link, resolution, str(escape(citation_label(link, card, is_within))))
        before = f"{escape(link.prefix)} " if link.prefix else ""
        after = f", {escape(link.locator)}" if link.locator else ""
        return f"{before}{made}{after}"


def _is_within_parentheses(text: str, place: int) -> bool:
    """Whether what stands at a place of a text stands in parentheses that begin just before."""
    start = max(0, place - _NEAR)
    opened = text.rfind("(", start, place)
    return opened >= 0 and not _ENDS.search(text, opened, place)


def _without_dead_fragments(body: str) -> str:
    """The body without links of raw HTML to ids that it does not have."""
    if ' href="#' not in body:
        return body
    ids = {TITLE_ANCHOR, *(html.unescape(name) for name in _ID.findall(body))}

    def kept(match: re.Match[str]) -> str:
        wanted = html.unescape(match[1])
        return match[0] if {wanted, unquote(wanted)} & ids else ""

    return _FRAGMENT.sub(kept, body)
