"""``$inline$``, ``$$display$$`` and fenced ``math`` blocks.

Prices are not math: an opening ``$`` stands before a non-space, a closing one after a non-space
and not before a digit (Pandoc's rule, which Obsidian follows). A ``$`` within code is neither;
``$`x`$`` is GitHub's form.
"""

from __future__ import annotations

import re

from mistune import BlockParser, BlockState, InlineParser, InlineState, Markdown

from paperkb.notes.syntax.tokens import span

# No blank line inside: an unclosed `$$` must not swallow the rest of the note.
_DISPLAY = r"\$\$(?P<{name}>(?:[^$\\\n]|\\[\s\S]|\n(?![ \t]*\n)|\$(?!\$))+?)\$\$"
# Between two `$$` that stand alone on their lines blank lines are allowed, as in Obsidian. What
# holds a `$`, a heading or a code fence is the text between two formulas, one of them unclosed.
_ALONE = (
    r"\$\$[ \t]*\n(?P<spaced_math_text>"
    r"(?:(?! {0,3}(?:#{1,6}[ \t]|```|~~~))(?:[^$\\\n]|\\[^\n])*\\?\n)+) {0,3}\$\$"
)
_BLOCK = rf"^ {{0,3}}(?:{_DISPLAY.format(name='block_math_text')}|{_ALONE})[ \t]*(?:\n|$)"
# One that begins a line and never ends is a formula to whoever wrote it: shown, and told.
_UNCLOSED = r"(?<![^\n])\$\$(?=[ \t]*\n|[^$\n]*\\[A-Za-z])(?P<unclosed_math_text>[^$]+)"
# Words within a formula, which may hold formulas again.
_WORDS = r"\\(?:text[a-z]*|[mh]box)\{(?:[^{}$`\n]|\$[^{}$`\n]*\$)*\}"
_CLOSED = (
    _DISPLAY.format(name="display_math_text")
    + r"|\$`(?P<ticked_math_text>[^`$\n]+)`\$"
    + r"|\$(?![\s$])(?P<inline_math_text>"
    # A sign of code is part of it only with its other one, or as a quote in TeX.
    r"(?:[^$`\\\n]|`[^`$\n]*`|`(?=[^`$\n]*'[^`$\n]*\$)|"
    rf"{_WORDS}|(?!{_WORDS})\\.|\n(?![ \t]*\n))*?(?:[^\s$`\\]|{_WORDS}|\\.))\$(?!\d)"
)
_INLINE = f"{_CLOSED}|{_UNCLOSED}"
INLINE = re.compile(_CLOSED)
"""A formula within a line, for text that is not Markdown: an abstract in a field."""


def _parse_block(_block: BlockParser, match: re.Match[str], state: BlockState) -> int:
    tex = match["block_math_text"] or match["spaced_math_text"]
    state.append_token({"type": "math", "raw": tex, "display": True})
    return match.end()


def _parse_inline(_inline: InlineParser, match: re.Match[str], state: InlineState) -> int:
    where = span(state, match.start(), match.end())
    unclosed = match["unclosed_math_text"]
    if unclosed is not None:
        state.append_token({"type": "unclosed_math", "raw": unclosed, "span": where})
        return match.end()
    display = match["display_math_text"]
    tex = display or match["ticked_math_text"] or match["inline_math_text"]
    state.append_token({"type": "math", "raw": tex, "display": display is not None, "span": where})
    return match.end()


def math(md: Markdown) -> None:
    """Register the syntax."""
    md.block.register("block_math", _BLOCK, _parse_block, before="list")
    for rules in (md.block.block_quote_rules, md.block.list_rules):
        md.block.insert_rule(rules, "block_math", before="list")
    md.inline.register("math", _INLINE, _parse_inline, before="escape", start_chars="$")
