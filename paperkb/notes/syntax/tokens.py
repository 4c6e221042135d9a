"""The token that all our link syntaxes share, and where it stands.

mistune's tokens carry no positions. Ours carry the text they were found in, the span there, and
the line of the file at which that text begins: enough for a place and for the sentence around.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mistune import InlineState

from paperkb.model import LinkKind

PLAIN_IN_LINK = "_autolink"
"""mistune's key for what a token becomes inside a link's text."""
LINE = "paperkb_line"
"""Key in a parse's environment: the line of the file at which the current inline text begins."""


_LINE_END = re.compile("\n")


@lru_cache(maxsize=2)
def _line_ends(source: str) -> list[int]:
    """Told once a text: counting them anew for each of 10,000 links would take seconds."""
    return [match.start() for match in _LINE_END.finditer(source)]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an inline text; ``line`` is the file's line at which the text begins."""

    source: str
    start: int
    end: int
    line: int

    @property
    def first_line(self) -> int:
        """The line of the file at which the span itself begins."""
        return self.line + bisect_left(_line_ends(self.source), self.start)


@dataclass(frozen=True, slots=True)
class Reference:
    """One link inside a token: a wikilink has one, a citation group several."""

    kind: LinkKind
    target: str
    anchor: str = ""
    label: str = ""
    locator: str = ""
    prefix: str = ""
    suppress_author: bool = False
    bare: bool = False
    width: str = ""


class PositionedState(InlineState):
    """mistune's state; inside ``~~…~~`` it knows the ``whole`` text and its ``offset`` there."""

    whole: str = ""
    offset: int = 0

    def copy(self) -> PositionedState:
        """A state for what stands inside."""
        inner = super().copy()
        assert isinstance(inner, PositionedState)
        inner.whole, inner.offset = self.whole, self.offset
        return inner


def span(state: InlineState, start: int, end: int) -> Span:
    """The span from ``start`` to ``end`` of the text that is being parsed."""
    line = state.env.get(LINE, 0)
    if isinstance(state, PositionedState) and state.whole:
        return Span(state.whole, state.offset + start, state.offset + end, line)
    return Span(state.src, start, end, line)


def reference_token(references: tuple[Reference, ...], where: Span) -> dict[str, Any]:
    """A token for one or several references, rendered as one slot.

    What would be a link inside a link's text is text: ``[the @key paper](other.md)`` is one link.
    """
    token = {"type": "reference", "references": references, "span": where}
    first = references[0]
    if first.kind == "citation":
        token[PLAIN_IN_LINK] = where.source[where.start : where.end]
    elif first.kind == "wikilink":
        token[PLAIN_IN_LINK] = first.label or first.target or first.anchor
    return token
