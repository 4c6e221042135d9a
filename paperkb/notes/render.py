"""Tokens → HTML with numbered slots, and everything else that the tokens tell on the way.

One walk in the order of the document: links, hashtags, headings and problems are collected where
they are rendered, so their order and their slots always agree.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import unquote

import mistune
from mistune import BlockState
from mistune.util import unescape

from paperkb import messages
from paperkb.identifiers import find_identifier
from paperkb.model import Hashtag, Heading, Link, LinkKind, Problem, Slot
from paperkb.notes import mathml
from paperkb.notes.anchors import slug
from paperkb.notes.highlight import highlight
from paperkb.notes.html_tags import escape_prose
from paperkb.notes.positions import Locator
from paperkb.notes.raw_html import rewrite_addresses
from paperkb.notes.sanitise import is_remote, is_safe_url, with_scheme
from paperkb.notes.sentences import plain, sentence_at
from paperkb.notes.source_text import Written
from paperkb.notes.syntax.footnotes import REFERRED
from paperkb.notes.syntax.tokens import Reference, Span
from paperkb.notes.syntax.wikilinks import WIDTH
from paperkb.notes.text import SLOT, SLOT_CLOSE, SLOT_OPEN, SPELT_MARK

Token = dict[str, Any]

_COMMENT_ONLY = re.compile(r"\s*(?:<!--(?:(?!-->)[\s\S])*(?:-->|$)\s*)+")
MAX_HEADING = 1000
"""Characters of a heading that its name and anchor are made from."""
_FOLDED_OPEN = {"+": " open"}


class NoteRenderer(mistune.HTMLRenderer):
    """mistune's HTML renderer; what leads somewhere becomes a slot.

    ``protect`` puts formulas and code into slots too: the body holds raw HTML and will be
    sanitised, and what we made ourselves must come through whole.
    """

    def __init__(self, locator: Locator, macros: mathml.Macros, protect: bool) -> None:
        super().__init__(escape=False)
        self._locator = locator
        self._macros = macros
        self._protect = protect
        self.links: list[Link] = []
        self.written: list[Written] = []
        self.definitions: dict[str, dict[str, str]] = {}
        self.slots: list[Slot] = []
        self.hashtags: list[Hashtag] = []
        self.headings: list[Heading] = []
        self._sections: list[int] = []
        self.block_ids: list[str] = []
        self.problems: list[Problem] = []
        self._anchors: set[str] = set()
        self._repeated: dict[str, int] = {}
        self._footnote_uses: dict[int, int] = {}

    def render_token(self, token: Token, state: BlockState) -> str:
        """A token's HTML. Tokens of our own go to ``_<type>``, which see the whole token."""
        own = getattr(self, f"_{token['type']}_token", None)
        return own(token, state) if own else super().render_token(token, state)

    # Slots

    def _slot(self, slot: Slot) -> str:
        self.slots.append(slot)
        return f"{SLOT_OPEN}{len(self.slots) - 1}{SLOT_CLOSE}"

    def _final(self, made: str) -> str:
        return self._slot(Slot(html=made)) if self._protect else made

    def _add_link(self, reference: Reference, where: Span) -> int:
        line, column = where.first_line, self._locator.column(where)
        self.written.append(Written(line, column, where.source[where.start : where.end]))
        identifier = None
        if reference.kind in ("markdown", "url"):
            identifier = find_identifier(reference.target)
        link = Link(
            kind=reference.kind,
            target=reference.target,
            anchor=reference.anchor,
            label=reference.label,
            identifier=str(identifier.base) if identifier else "",
            locator=reference.locator,
            prefix=reference.prefix,
            suppress_author=reference.suppress_author,
            bare=reference.bare,
            width=reference.width,
            line=line,
            column=column,
            sentence=sentence_at(where.source, where.start, where.end),
        )
        self.links.append(link)
        return len(self.links) - 1

    # Inline

    def _reference_token(self, token: Token, _state: BlockState) -> str:
        where: Span = token["span"]
        indices = tuple(self._add_link(reference, where) for reference in token["references"])
        return self._slot(Slot(links=indices))

    def _link_token(self, token: Token, state: BlockState) -> str:
        label = self.render_tokens(token["children"], state)
        url: str = token["attrs"]["url"]
        if not is_safe_url(url):
            return f'<span class="unsafe-link">{label}</span>'
        url = with_scheme(url)
        kind: LinkKind = "url" if is_remote(url) else "markdown"
        where = token.get("span")
        if kind == "url" and (where is None or find_identifier(url) is None):
            rel = ' class="external" rel="noopener noreferrer"'
            return f'<a{rel} href="{html.escape(url)}">{label}</a>'
        if where is None:
            return label
        target, _, anchor = (url, "", "") if kind == "url" else url.partition("#")
        if kind == "markdown":
            target, anchor = unquote(target), unquote(anchor)
        text = html.unescape(re.sub(r"<[^>]*>", "", label))
        text = SLOT.sub("", text)
        index = self._add_link(Reference(kind, target, anchor, text), where)
        return self._slot(Slot(links=(index,), html=label))

    def _image_token(self, token: Token, state: BlockState) -> str:
        url: str = token["attrs"]["url"]
        alt = html.unescape(re.sub(r"<[^>]*>", "", self.render_tokens(token["children"], state)))
        alt = SLOT.sub("", alt)
        if is_remote(url):
            label = html.escape(alt or "image")
            if not is_safe_url(url):
                return label
            return f'<a class="remote-image" href="{html.escape(url)}">{label}</a>'
        where = token.get("span")
        if where is None:
            return html.escape(alt)
        text, bar, last = alt.rpartition("|")
        width = last.strip() if bar and WIDTH.fullmatch(last.strip()) else ""
        alt = text if width else alt
        target = unquote(url.partition("#")[0])
        index = self._add_link(Reference("image", target, "", alt, width=width), where)
        return self._slot(Slot(links=(index,)))

    def _hashtag_token(self, token: Token, _state: BlockState) -> str:
        where: Span = token["span"]
        line = where.first_line
        column = self._locator.column(where)
        self.hashtags.append(Hashtag(token["name"], line, column))
        return self._slot(Slot(tag=token["name"]))

    def _math_token(self, token: Token, _state: BlockState) -> str:
        display: bool = token["display"]
        where: Span | None = token.get("span")
        line = token.get("line", 0)
        column = 1
        if where is not None:
            line = where.first_line
        try:
            made = mathml.to_mathml(token["raw"], display, self._macros)
        except mathml.MathError as error:
            if where is not None:
                column = self._locator.column(where)
            self.problems.append(messages.MATH.here(line, column, why=str(error)))
            made = mathml.source(token["raw"], display)
        if display:
            made = f'<div class="math" tabindex="0">{made}</div>'
            # Inside a paragraph a block element would end it.
            made = made if where is None else made.replace("<div", "<span").replace("/div", "/span")
        return self._final(made) + ("" if where else "\n")

    def _unclosed_math_token(self, token: Token, _state: BlockState) -> str:
        where: Span = token["span"]
        why = "no «$$» ends it"
        self.problems.append(
            messages.MATH.here(where.first_line, self._locator.column(where), why=why)
        )
        return self._final(mathml.unclosed(token["raw"]))

    def _block_id_token(self, token: Token, _state: BlockState) -> str:
        name = html.escape(token["name"])
        if token["name"] in self.block_ids:  # the first one is what links mean
            return ""
        self._anchors.add(token["name"])
        self.block_ids.append(token["name"])
        return f'<span id="{name}"></span>'

    def _inline_html_token(self, token: Token, _state: BlockState) -> str:
        return self._raw_html(token["raw"], token["span"].first_line, token["span"])

    def text(self, text: str) -> str:
        """Escaped text; ``&copy;`` and the like are the characters that they name."""
        return html.escape(unescape(text), quote=False)

    # Blocks

    def _heading_token(self, token: Token, state: BlockState) -> str:
        level: int = token["attrs"]["level"]
        label = self.render_tokens(token["children"], state)
        text = plain(token.get("source", "")[:MAX_HEADING])
        anchor = self._anchor(text)
        self.headings.append(Heading(level, text, anchor, token.get("line", 0)))
        # A page has one h1, its title: sections of the body begin below it, and skip no level.
        tag = f"h{min(self._depth(level) + 1, 6)}"
        return f'<{tag} id="{html.escape(anchor)}">{label}</{tag}>\n'

    def _depth(self, level: int) -> int:
        """How deep a section is nested in others, from 1."""
        while self._sections and self._sections[-1] >= level:
            self._sections.pop()
        self._sections.append(level)
        return len(self._sections)

    def _anchor(self, text: str) -> str:
        base = slug(text) or "section"
        anchor, number = base, self._repeated.get(base, 1)
        while anchor in self._anchors:
            number += 1
            anchor = f"{base}-{number}"
        self._anchors.add(anchor)
        self._repeated[base] = number
        return anchor

    def _block_code_token(self, token: Token, _state: BlockState) -> str:
        info = (token.get("attrs") or {}).get("info") or ""
        language = info.strip().split(None, 1)[0].strip("{}.,") if info.strip() else ""
        if language == "math":
            return self._math_token({**token, "display": True}, _state)
        return self._final(highlight(token["raw"], language))

    def _block_html_token(self, token: Token, _state: BlockState) -> str:
        return self._raw_html(token["raw"], token.get("line", 0)) + "\n"

    def _raw_html(self, raw: str, line: int, where: Span | None = None) -> str:
        if _COMMENT_ONLY.fullmatch(raw):
            return ""
        raw = escape_prose(SPELT_MARK.sub("\ufffd", raw))

        def address_slot(target: str, tag: str) -> str:
            path, _, anchor = target.partition("#")
            reference = Reference("html", unquote(path), unquote(anchor))
            at = line + raw.count("\n", 0, raw.find(tag))
            index = self._add_link(reference, where or Span(tag, 0, len(tag), at))
            return self._slot(Slot(links=(index,), html=html.escape(target), as_url=True))

        return rewrite_addresses(raw, address_slot)

    def _callout_token(self, token: Token, state: BlockState) -> str:
        title, *body = token["children"]
        kind, fold = html.escape(token["kind"]), token["fold"]
        head = self.render_tokens(title["children"], state)
        content = self.render_tokens(body, state)
        if fold:
            opened = _FOLDED_OPEN.get(fold, "")
            return (
                f'<details class="callout" data-callout="{kind}"{opened}>'
                f'<summary class="callout-title">{head}</summary>\n{content}</details>\n'
            )
        return (
            f'<div class="callout" data-callout="{kind}">'
            f'<p class="callout-title">{head}</p>\n{content}</div>\n'
        )

    def _footnote_ref_token(self, token: Token, _state: BlockState) -> str:
        number: int = token["attrs"]["index"]
        again = self._footnote_uses.get(number, 0)
        self._footnote_uses[number] = again + 1
        here = f"fnref-{number}" + (f"-{again + 1}" if again else "")
        return f'<sup class="footnote-ref"><a id="{here}" href="#fn-{number}">{number}</a></sup>'

    def _footnote_item_token(self, token: Token, state: BlockState) -> str:
        number: int = token["attrs"]["index"]
        text = self.render_tokens(token["children"], state).rstrip()
        back = ""
        if number <= state.env.get(REFERRED, 0):
            # Screen readers say «back link 1» for this, in their own language.
            back = (
                f' <a class="footnote-back" role="doc-backlink" href="#fnref-{number}"'
                f' aria-label="{number}">↩</a>'
            )
        text = f"{text[:-4]}{back}</p>" if text.endswith("</p>") else f"{text}{back}"
        return f'<li id="fn-{number}">{text}</li>\n'

    def _table_cell_token(self, token: Token, state: BlockState) -> str:
        attrs = token.get("attrs") or {}
        tag = "th" if attrs.get("head") else "td"
        align = f' class="align-{attrs["align"]}"' if attrs.get("align") else ""
        return f"<{tag}{align}>{self.render_tokens(token['children'], state)}</{tag}>\n"

    def table(self, text: str) -> str:
        """A table that scrolls by itself on a narrow screen."""
        return f'<div class="table" tabindex="0"><table>\n{text}</table></div>\n'
