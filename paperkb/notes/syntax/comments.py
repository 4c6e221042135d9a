"""``%% private remarks %%``: kept in the note, shown nowhere. (HTML comments: see render.py.)"""

from __future__ import annotations

import re

from mistune import BlockParser, BlockState, InlineParser, InlineState, Markdown

_BLOCK = r"^ {0,3}%%(?:(?!%%)[\s\S])*%%[ \t]*(?:\n|$)"
_INLINE = r"%%(?:(?!%%)[\s\S])*%%"
COMMENT = re.compile(rf"{_INLINE}|<!--[\s\S]*?-->")
"""Either kind of comment in raw text."""


def _parse_inline(_inline: InlineParser, match: re.Match[str], _state: InlineState) -> int:
    return match.end()


def _parse_block(_block: BlockParser, match: re.Match[str], state: BlockState) -> int:
    state.append_token({"type": "blank_line", "raw_source": match[0]})
    return match.end()


def comments(md: Markdown) -> None:
    """Register the syntax."""
    md.inline.register("comment", _INLINE, _parse_inline, start_chars="%")
    md.block.register("block_comment", _BLOCK, _parse_block, before="list")
    for rules in (md.block.block_quote_rules, md.block.list_rules):
        md.block.insert_rule(rules, "block_comment", before="list")
