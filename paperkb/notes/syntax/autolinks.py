"""Addresses and paper ids in running text: ``https://…``, ``arXiv:1706.03762``, ``doi:10.…``.

The rule waits for the colon, which is rare, rather than for an «h» or «a»: the parser stops at
every character that may begin a rule. What stands before the colon is then already a text token
and is taken back from it.
"""

from __future__ import annotations

import re
from typing import Any

from mistune import InlineParser, InlineState, Markdown

from paperkb.identifiers import IDENTIFIER_IN_TEXT, find_identifier
from paperkb.notes.syntax.tokens import span

_REST_OF_URL = (
    r"(?:(?<=http)|(?<=https)):\/\/[^\s<>\"`\u3000-\u303f\uff00-\uffef\ufdd0\ufdd1]{1,2000}"
)
_REST_OF_ID = r"(?<=[vViI]):(?=[ \xa0]?[\da-zA-Z])"  # identifiers.py says what an id is
_SCHEME = re.compile(r"(?i)(?<![a-z0-9])(?:https?|arxiv|doi)$")


def _parse(_inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    last: dict[str, Any] = state.tokens[-1] if state.tokens else {}
    scheme = _SCHEME.search(last.get("raw", "")) if last.get("type") == "text" else None
    if scheme is None or state.in_link:
        return None
    start = match.start() - len(scheme[0])
    rest = match[0]
    if rest == ":":
        prefixed = IDENTIFIER_IN_TEXT.match(state.src, start)
        if prefixed is None:
            return None
        rest = prefixed[0][len(scheme[0]) :]
    if state.brackets and "]" in rest:  # `[see https://…](…)`
        rest = rest[: rest.index("]")]
    rest = _without_punctuation(rest)
    written = scheme[0] + rest
    url = written
    if not rest.startswith("://"):
        identifier = find_identifier(written)
        if identifier is None:
            return None
        url = identifier.url
    end = match.start() + len(rest)
    last["raw"] = last["raw"][: scheme.start()]
    state.append_token(
        {
            "type": "link",
            "children": [{"type": "text", "raw": written}],
            "attrs": {"url": url},
            "_autolink": written,
            "span": span(state, start, end),
        }
    )
    return end


def _without_punctuation(text: str) -> str:
    """Without what ends the sentence; a closing bracket stays where its opening one is."""
    while text:
        last = text[-1]
        if (
            last in ".,;:!?'\"*_~”’»…"
            or (last == ")" and text.count("(") < text.count(")"))
            or (last in "]}" and text.count("[{"["]}".index(last)]) < text.count(last))
        ):
            text = text[:-1]
        else:
            break
    return text


def autolinks(md: Markdown) -> None:
    """Register the syntax."""
    md.inline.register("autolink", f"{_REST_OF_URL}|{_REST_OF_ID}", _parse, start_chars=":")
