"""The sentence around a link, as plain text: what a backlink shows as its context."""

from __future__ import annotations

import re

from paperkb.notes.syntax.comments import COMMENT

MAX_LENGTH = 400
"""Longer sentences are cut around the link, in characters."""

_ABBREVIATIONS = (
    "et al",
    "e.g",
    "i.e",
    "cf",
    "vs",
    "Fig",
    "Figs",
    "Eq",
    "Eqs",
    "Sec",
    "Tab",
    "Ref",
)
_NOT_AFTER = "".join(rf"(?<!\b{re.escape(word)}[.])" for word in (*_ABBREVIATIONS, "p", "pp"))
_END = re.compile(
    rf"(?<![A-Z][.]){_NOT_AFTER}[.!?…][\"')”’\]]*\s+(?=[^\sa-z])"
    r"|[。！？][”’」』）]?"
    r"|\n(?=\s*(?:[-*+]|\d+[.)])\s)"
)
_INLINE_LINK = re.compile(
    r"!?\[([^\[\]]*)\]\((?:<[^<>\n]*>|[^()\s]*)(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"
)
_PLAIN = (
    (COMMENT, ""),
    (re.compile(r"!?\[\[([^\[\]\n]*?\\?\|)?([^\[\]\n|]+)\]\]"), r"\2"),
    (_INLINE_LINK, r"\1"),
    (re.compile(r"(?<!\w)\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"<[/a-zA-Z][^<>]*>"), ""),
    (re.compile(r"\[\^[^\]\s]+\]"), ""),
    (re.compile(r"(\*\*|__|==|~~|`+)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?!\w)"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (re.compile(r"\s+"), " "),
)


def plain(text: str) -> str:
    """Markdown without its marks. Comments are gone: they are nobody else's to read."""
    for pattern, replacement in _PLAIN:
        text = pattern.sub(replacement, text)
    return text.strip()


def sentence_at(source: str, start: int, end: int) -> str:
    """The sentence of ``source`` that holds the span from ``start`` to ``end``.

    At most about ``MAX_LENGTH`` characters of it, with ``…`` where it was cut. The search for the
    sentence's ends looks at a window only, so that a paragraph of 10,000 links costs 10,000
    windows and not 10,000 paragraphs.
    """
    if "%%" in source or "<!--" in source:  # before cutting, or half of a comment could stay
        source = COMMENT.sub(lambda match: " " * len(match[0]), source)
    low, high = max(0, start - 2 * MAX_LENGTH), min(len(source), end + 2 * MAX_LENGTH)
    begin, cut_before = low, low > 0
    for match in _END.finditer(source, low, start):
        begin, cut_before = match.end(), False
    closing = _END.search(source, end, high)
    finish = closing.end() if closing else high
    cut_after = closing is None and high < len(source)
    if start - begin > MAX_LENGTH:
        begin, cut_before = _word_edge(source, start - MAX_LENGTH, start), True
    if finish - end > MAX_LENGTH:
        finish, cut_after = source.rfind(" ", end, end + MAX_LENGTH), True
        finish = finish if finish > end else end + MAX_LENGTH
    text = plain(source[begin:finish])
    return f"{'… ' if cut_before else ''}{text}{' …' if cut_after else ''}"


def _word_edge(source: str, position: int, limit: int) -> int:
    space = source.find(" ", position, limit)
    return space + 1 if space >= 0 else position
