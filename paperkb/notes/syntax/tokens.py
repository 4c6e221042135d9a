"""The token that all our link syntaxes share, and where it stands.

mistune's tokens carry no positions. Ours carry the text they were found in, the span there, and
the line of the file at which that text begins: enough for a place and for the sentence around.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mistune import InlineState

from paperkb.model import LinkKind

LINE = "paperkb_line"
"""Key in a parse's environment: the line of the file at which the current inline text begins."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an inline text; ``line`` is the file's line at which the text begins."""

    source: str
    start: int
    end: int
    line: int


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


def span(state: InlineState, start: int, end: int) -> Span:
    """The span from ``start`` to ``end`` of the text that is being parsed."""
    return Span(state.src, start, end, state.env.get(LINE, 0))


def reference_token(references: tuple[Reference, ...], where: Span) -> dict[str, Any]:
    """A token for one or several references, rendered as one slot."""
    return {"type": "reference", "references": references, "span": where}
