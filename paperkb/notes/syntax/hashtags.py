"""``#tag``, ``#nested/tag``, and ``\\#tag`` on a line of tags.

Not headings, not URL fragments, not code or math, not numbers (``#12``).
"""

from __future__ import annotations

import re

from mistune import InlineParser, InlineState, Markdown

from paperkb.notes.syntax.tokens import PLAIN_IN_LINK, span

# Letters of any script, digits, `_`, `-`, `/` and emoji, which include the zero-width joiner.
NAME = (
    r"[^\s\x00-\x2c.\x3a-\x40\x5b-\x5e\x60\x7b-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf"
    r"\u2000-\u200c\u200e-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    r"\ufdd0\ufdd1]+"
)
_BEFORE = r"(?<![^\s(\[{,;|\"'“‘（「、，。：:>*_~=])"
HASHTAG = re.compile(rf"{_BEFORE}\\?#({NAME})")
_TAG_LABEL = re.compile(r"(?i)\b(?:tags?|keywords|hashtags)\W{0,4}:")
_ONLY_TAGS = re.compile(rf"[\s,;|*_-]*(?:\\?#{NAME}[\s,;|*_-]*)+")

MAX_TAG_LINE = 4000
"""Characters; a longer line is prose, and is not read anew for each of its thousand tags."""


def clean_tag(name: str) -> str:
    """The tag's name without stray slashes and hyphens at its end, or empty if it is none."""
    name = name.lstrip("/").rstrip("/-")
    return "" if not name.strip("_-/") or name.replace("/", "").isdigit() else name


def is_tag_line(source: str, position: int) -> bool:
    """Whether the line around ``position`` is a line of tags, where ``\\#`` marks one too."""
    start = source.rfind("\n", 0, position) + 1
    end = source.find("\n", position)
    end = end if end >= 0 else len(source)
    if end - start > MAX_TAG_LINE:
        return False
    line = source[start:end]
    labelled = _TAG_LABEL.search(line)
    return bool(labelled and start + labelled.end() <= position + 1) or bool(
        _ONLY_TAGS.fullmatch(line)
    )


def _parse(_inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    escaped = match[0].startswith("\\")
    name = clean_tag(match[0].lstrip("\\")[1:])
    if escaped and not (name and is_tag_line(state.src, match.start())):
        state.append_token({"type": "text", "raw": "#"})
        return match.start() + 2
    if not name or state.in_link:
        return None
    end = match.start() + escaped + 1 + len(name)
    where = span(state, match.start(), end)
    written = state.src[match.start() : end]
    state.append_token({"type": "hashtag", "name": name, "span": where, PLAIN_IN_LINK: written})
    return end


def hashtags(md: Markdown) -> None:
    """Register the syntax."""
    md.inline.register("escaped_hashtag", rf"\\#{NAME}", _parse, before="escape", start_chars="\\")
    md.inline.register("hashtag", rf"{_BEFORE}#{NAME}", _parse, start_chars="#")
