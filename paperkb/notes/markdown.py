"""The Markdown of a note: mistune with our syntaxes, and positions.

This is the dialect of Obsidian with Pandoc's citations, which is what paper notes are written in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from mistune import BlockState, HTMLRenderer, Markdown
from mistune.plugins.formatting import mark, strikethrough
from mistune.plugins.table import table
from mistune.plugins.task_lists import task_lists

from paperkb.notes.mathml import Macros
from paperkb.notes.positions import Locator
from paperkb.notes.render import NoteRenderer
from paperkb.notes.sanitise import sanitise
from paperkb.notes.syntax.autolinks import autolinks
from paperkb.notes.syntax.block_ids import block_ids
from paperkb.notes.syntax.callouts import callouts
from paperkb.notes.syntax.citations import citations
from paperkb.notes.syntax.comments import comments, remove_spanning_comments
from paperkb.notes.syntax.footnotes import footnotes
from paperkb.notes.syntax.hashtags import hashtags
from paperkb.notes.syntax.links import PositionedInlineParser
from paperkb.notes.syntax.marked import marked
from paperkb.notes.syntax.math import math
from paperkb.notes.syntax.tables import tables
from paperkb.notes.syntax.tokens import LINE
from paperkb.notes.syntax.wikilinks import wikilinks

_PLUGINS = (
    marked,
    tables,
    footnotes,
    task_lists,
    comments,
    math,
    callouts,
    block_ids,
    wikilinks,
    citations,
    hashtags,
    autolinks,
)
_LOCATOR = "paperkb_locator"
# Comments count too: what looks like one here may be code and a tag to the parser.
_RAW_HTML = re.compile(r"<[/a-zA-Z!?]")


class _PositionedMarkdown(Markdown):
    """mistune's driver; every inline text is parsed knowing the line at which it begins."""

    def render_state(self, state: BlockState) -> list[dict[str, Any]]:
        locator: Locator = state.env[_LOCATOR]
        locator.locate(state.tokens)
        return list(self._iter_render(state.tokens, state))

    def _iter_render(
        self, tokens: Iterable[dict[str, Any]], state: BlockState
    ) -> Iterable[dict[str, Any]]:
        for token in tokens:
            if "children" in token:
                token["children"] = list(self._iter_render(token["children"], state))
            elif "text" in token:
                text: str = token.pop("text").strip(" \r\n\t\f")
                token["source"] = text
                state.env[LINE] = token.get("line", 0)
                token["children"] = self.inline(text, state.env)
            yield token


@lru_cache(maxsize=1)
def _parser() -> Markdown:
    return _PositionedMarkdown(None, inline=PositionedInlineParser(), plugins=_PLUGINS)


def render_body(body: str, first_line: int, macros: Macros) -> tuple[str, NoteRenderer]:
    """A body's HTML with slots, and the renderer that holds what was collected.

    ``first_line`` is the line of the file at which the body begins.
    """
    md = _parser()
    locator = Locator(body, first_line)
    state = BlockState()
    state.env[_LOCATOR] = locator
    tokens, state = md.parse(remove_spanning_comments(body), state)
    has_html = _RAW_HTML.search(body) is not None
    renderer = NoteRenderer(locator, macros, protect=has_html)
    renderer.definitions = state.env.get("ref_links", {})
    _register_plugin_renderers(renderer)
    html = renderer(tokens, state)  # type: ignore[arg-type]  # tokens, as there is no renderer
    if has_html:
        html = sanitise(html)
        renderer.slots[:] = [
            slot
            if not slot.links or not slot.html or slot.as_url
            else type(slot)(slot.links, slot.tag, sanitise(slot.html), slot.as_url)
            for slot in renderer.slots
        ]
    return html, renderer


@lru_cache(maxsize=1)
def _plugin_methods() -> dict[str, Any]:
    """The render functions that mistune's plugins register on an HTML renderer."""
    methods: dict[str, Any] = {}

    class Recorder(HTMLRenderer):
        def register(self, name: str, method: Any) -> None:
            methods[name] = method

    Markdown(Recorder(), plugins=[strikethrough, mark, table, footnotes, task_lists])
    return methods


def _register_plugin_renderers(renderer: NoteRenderer) -> None:
    for name, method in _plugin_methods().items():
        if not hasattr(renderer, name):
            renderer.register(name, method)
