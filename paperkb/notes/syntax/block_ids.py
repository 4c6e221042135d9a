"""Obsidian's ``^block-id`` at the end of a paragraph, which ``[[note#^block-id]]`` links to."""

from __future__ import annotations

import re

from mistune import InlineParser, InlineState, Markdown

_PATTERN = r"(?:(?<=\s)|\A)\^(?P<block_id_text>[A-Za-z0-9-]+)\s*$"


def _parse(_inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    if match.end() != len(state.src):
        return None
    name = match["block_id_text"]
    state.append_token({"type": "block_id", "name": f"^{name}"})
    return match.end()


def block_ids(md: Markdown) -> None:
    """Register the syntax."""
    md.inline.register("block_id", _PATTERN, _parse, start_chars="^")
