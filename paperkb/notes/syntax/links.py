"""Markdown's own links and images, with the span that mistune does not keep.

``[text](other.md)``, ``[text][ref]``, ``![alt](figure.png)``, ``<https://…>``.
"""

from __future__ import annotations

import re

from mistune import InlineParser, InlineState

from paperkb.notes.syntax.tokens import PositionedState, span


class PositionedInlineParser(InlineParser):
    """mistune's inline parser; its link and image tokens also say where they stand."""

    state_cls = PositionedState

    def parse_link_close(self, m: re.Match[str], state: InlineState) -> int:
        """Close brackets, and note the span of the link that this completes, if it does."""
        # `]]]` closes three at most; copying all that are open would cost too much.
        tail = state.brackets[-len(m[0]) :]
        below = len(state.brackets) - len(tail)
        end = super().parse_link_close(m, state)
        last = state.tokens[-1] if state.tokens else {}
        if last.get("type") in ("link", "image") and "span" not in last:
            opener = tail[len(state.brackets) - below]
            last["span"] = span(state, opener.start - (2 if opener.image else 1), end)
        return end

    def parse_inline_html(self, m: re.Match[str], state: InlineState) -> int | None:
        """``<b>``, ``<img …>``."""
        end = super().parse_inline_html(m, state)
        if end is not None:
            state.tokens[-1]["span"] = span(state, m.start(), end)
        return end

    def parse_auto_link(self, m: re.Match[str], state: InlineState) -> int:
        """``<https://…>``."""
        end = super().parse_auto_link(m, state)
        if state.tokens[-1].get("type") == "link":
            state.tokens[-1].setdefault("span", span(state, m.start(), end))
        return end
