"""The sentence around a link, as plain text: what a backlink shows as its context."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from mistune.util import unescape

from paperkb.notes.html_tags import strip_tags
from paperkb.notes.plain_tex import plain_tex
from paperkb.notes.syntax.comments import blank_comments
from paperkb.notes.syntax.wikilinks import NO_ADDRESS
from paperkb.notes.text import CODE_SPAN, SLOT, SLOT_CLOSE, SLOT_OPEN

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
    # An initial («J. Smith») ends no sentence, and a capital at a word's end («in NLP.») does.
    rf"[.!?…](?<!\b[A-Z][.]){_NOT_AFTER}[\"')”’\]]*\s+(?=[^\sa-z])"
    r"|[。！？][”’」』）]?"
    r"|\n(?=\s*(?:[-*+]|\d+[.)])\s)"
)
_INLINE_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:<[^<>\n]*>|[^()\s]*)(?:\([^()]*\)[^()\s]*)*"
    r"(?:\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'))?\)"
)
_EMPHASIS = re.compile(r"(\*\*|__|==|~~|`+)(?=\S)(.+?)(?<=\S)\1")
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\s]*)>")  # <https://…>
_CODE_OR_TEX = re.compile(
    rf"\\.|{CODE_SPAN}"
    r"|(?P<mark>\$\$?)(?![\s$])(?P<tex>(?:[^$\\]|\\.)*?(?:[^\s$\\]|\\.))(?P=mark)(?!\d)"
)
_TEX = re.compile(r"[\\{]")
_BRACKETS = (
    (re.compile(r"!\[(\[?[^\[\]|\n]+)\|\d+(?:x\d+)?\]"), r"![\1]"),  # an image's width is no text
    (re.compile(r"!?\[\[([^\[\]\n]*?\\?\|)?([^\[\]\n|]+)\]\]" + NO_ADDRESS), r"\2"),
    (_INLINE_LINK, r"\1"),
    (_INLINE_LINK, r"\1"),  # once more: an image may be the text of a link
    (re.compile(r"(?<!\w)\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"\[\^[^\]\s]+\]"), ""),
)
_MARKS = (
    (re.compile(r"\s+"), " "),  # emphasis may run over several lines
    (_EMPHASIS, r"\2"),
    (_EMPHASIS, r"\2"),  # once more: one may stand in another
    (re.compile(r"(?<![\w*\\])\*(?=\S)([^*]+?)(?<=[^\s\\])\*(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w\\])_(?=\S)([^_]+?)(?<=[^\s\\])_(?!\w)"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_ANY_MARK = re.compile(r"[*_=~`\\]")


def plain(text: str, *, keep_tex: bool = False) -> str:
    """Markdown without its marks. Comments are gone: they are nobody else's to read. ``keep_tex``:
    formulas with commands stay between their ``$``, for who can show them."""
    formulas: list[str] = []

    def put_aside(match: re.Match[str]) -> str:  # what is no Markdown must not be read as such
        if match["tex"] is None:
            return match[0]
        tex = " ".join(match["tex"].split())
        formulas.append(f"${tex}$" if keep_tex and _TEX.search(tex) else plain_tex(tex))
        return f"{SLOT_OPEN}{len(formulas) - 1}{SLOT_CLOSE}"

    text = blank_comments(text)
    if _ANY_MARK.search(text) or "$" in text:
        text = _CODE_OR_TEX.sub(put_aside, text)
    if "<" in text:
        text = strip_tags(_AUTOLINK.sub(r"\1", text))
    # Most sentences have few kinds of marks: only what may be there is looked for.
    patterns = (_BRACKETS if "[" in text else ()) + (_MARKS if _ANY_MARK.search(text) else ())
    for pattern, replacement in patterns:
        text = pattern.sub(replacement, text)
    text = " ".join(text.split())
    if "&" in text:
        text = unescape(text)
    if formulas:
        text = SLOT.sub(lambda match: formulas[int(match[1])], text)
    return text.strip()


@lru_cache(maxsize=2)
def _sentences(source: str) -> tuple[str, list[int], list[int]]:
    """A text without its comments, and where the ends of its sentences start and end.

    Told once a paragraph: one with 10,000 links must not be read 10,000 times. Comments go before
    the cutting, or half of one could stay.
    """
    source = blank_comments(source)
    spans = [match.span() for match in _END.finditer(source)]
    return source, [start for start, _ in spans], [end for _, end in spans]


def sentence_at(source: str, start: int, end: int) -> str:
    """The sentence of ``source`` that holds the span from ``start`` to ``end``.

    At most about ``MAX_LENGTH`` characters of it, with ``…`` where it was cut.
    """
    source, begins, ends = _sentences(source)
    low, high = max(0, start - 2 * MAX_LENGTH), min(len(source), end + 2 * MAX_LENGTH)
    before = bisect_right(ends, start) - 1
    begin = ends[before] if before >= 0 else 0
    cut_before = begin < low
    begin = max(begin, low)
    after = bisect_left(begins, end)
    finish = ends[after] if after < len(ends) else len(source)
    cut_after = finish > high
    finish = min(finish, high)
    if start - begin > MAX_LENGTH:
        begin, cut_before = _word_edge(source, start - MAX_LENGTH, start), True
    if finish - end > MAX_LENGTH:
        finish, cut_after = source.rfind(" ", end, end + MAX_LENGTH), True
        finish = finish if finish > end else end + MAX_LENGTH
    text = plain(source[begin:finish], keep_tex=True)
    return f"{'… ' if cut_before else ''}{text}{' …' if cut_after else ''}"


def _word_edge(source: str, position: int, limit: int) -> int:
    space = source.find(" ", position, limit)
    return space + 1 if space >= 0 else position
