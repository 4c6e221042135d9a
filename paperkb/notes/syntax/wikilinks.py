"""``[[key]]``, ``[[key|text]]``, ``[[key#Heading]]``, ``[[@citekey]]``, ``![[figure.png|300]]``."""

from __future__ import annotations

import re

from mistune import InlineParser, InlineState, Markdown

from paperkb.notes.syntax.tokens import Reference, reference_token, span

# In a table the bar is written `\|`, or it would end the cell.
# `[[Ref]](https://…)` is a Markdown link whose text stands in brackets; `[[key]](p. 3)` is none.
NO_ADDRESS = r"(?!\((?:[a-z]+:\/\/|\.{0,2}\/|[^\s()]+\.[a-z]{2,5}[)#]))"
PATTERN = r"!?\[\[(?P<wikilink_text>[^\[\]\n]+)\]\]" + NO_ADDRESS
_BAR = re.compile(r"\\?\|")
WIDTH = re.compile(r"\d+(?:x\d+)?")
"""Of a figure in pixels, and its height."""


def read_wikilink(text: str, embed: bool = False) -> Reference:
    """What stands between the brackets."""
    path, _, label = (_BAR.sub("|", text)).partition("|")
    target, _, anchor = path.partition("#")
    label = label.strip()
    width = label if embed and WIDTH.fullmatch(label) else ""
    return Reference(
        "embed" if embed else "wikilink",
        target.strip(),
        anchor.strip(),
        "" if width else label,
        width=width,
    )


def _parse(_inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    reference = read_wikilink(match["wikilink_text"], embed=match[0].startswith("!"))
    if not reference.target and not reference.anchor:
        return None
    state.append_token(reference_token((reference,), span(state, match.start(), match.end())))
    return match.end()


def wikilinks(md: Markdown) -> None:
    """Register the syntax."""
    md.inline.register("wikilink", PATTERN, _parse, before="link", start_chars=("!", "["))
