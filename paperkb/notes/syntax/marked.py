"""``~~struck~~`` and ``==marked==``: mistune's plugins, but what stands inside keeps its place."""

from __future__ import annotations

import re

from mistune import InlineParser, InlineState, Markdown

from paperkb.notes.syntax.tokens import PositionedState


def _parse(inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    if state.depth >= inline.max_nested_level:
        return None
    mark = match[0]
    close = state.delimiters.find(mark, match.end(), formatting=True)
    if close is None:
        return None
    inner = state.copy()
    inner.src = state.src[match.end() : close]
    if isinstance(state, PositionedState) and isinstance(inner, PositionedState):
        inner.whole = state.whole or state.src
        inner.offset = state.offset + match.end()
    kind = "mark" if mark == "==" else "strikethrough"
    state.append_token({"type": kind, "children": inline.render(inner)})
    return close + len(mark)


def marked(md: Markdown) -> None:
    """Register the syntax."""
    md.inline.register("strikethrough", r"~~(?=[^\s~])", _parse, before="link", start_chars="~")
    md.inline.register("mark", r"==(?=[^\s=])", _parse, before="link", start_chars="=")
