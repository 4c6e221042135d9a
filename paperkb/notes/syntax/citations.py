"""Pandoc's citations: ``[@key]``, ``[see @a, p. 3; -@b]``, ``@key``.

Source: Pandoc User's Guide, «Citation syntax».
"""

from __future__ import annotations

import re

from mistune import InlineParser, InlineState, Markdown

from paperkb.notes.syntax.tokens import Reference, reference_token, span

# A key may hold punctuation inside but not at its end: `@key.` ends a sentence.
_KEY = r"(?:\{[^{}\s]+\}|\w(?:[\w]|[:.#$%&+?<>~/-](?=\w))*)"
_GROUP = r"\[(?=[^\[\]]*?@[\w{])[^\[\]]+\](?![(\[])"
_BARE = rf"(?<![\w@/.\\])@{_KEY}"
_PART = re.compile(rf"^(?P<prefix>(?:[^@]*\s)?)(?P<minus>-)?@(?P<key>{_KEY})(?P<suffix>.*)$", re.S)


def _parse_group(_inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    if state.in_link:
        return None
    references = []
    for part in match[0][1:-1].split(";"):
        found = _PART.match(part.strip())
        if not found or "@" in found["suffix"]:
            return None
        reference = Reference(
            "citation",
            found["key"].strip("{}"),
            locator=" ".join(found["suffix"].lstrip(",").split()),
            prefix=" ".join(found["prefix"].split()),
            suppress_author=bool(found["minus"]),
        )
        references.append(reference)
    state.append_token(reference_token(tuple(references), span(state, match.start(), match.end())))
    return match.end()


def _parse_bare(_inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    if state.in_link:
        return None
    reference = Reference("citation", match[0][1:].strip("{}"), label=match[0], bare=True)
    state.append_token(reference_token((reference,), span(state, match.start(), match.end())))
    return match.end()


def citations(md: Markdown) -> None:
    """Register the syntax."""
    md.inline.register("citation", _GROUP, _parse_group, before="link", start_chars="[")
    md.inline.register("bare_citation", _BARE, _parse_bare, start_chars="@")
