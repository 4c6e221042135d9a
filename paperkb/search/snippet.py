"""The part of a text that shows best why a query found it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperkb.search.query import And, Node, Or, Words
from paperkb.search.terms import is_cjk, terms

LENGTH = 200
"""Characters of a snippet."""

_WORD = re.compile(r"[^\W_]+(?:[-_'’./][^\W_]+)*")

Pieces = list[tuple[str, bool]]
"""(text, whether it matches) in order."""


def wanted_terms(node: Node) -> Iterator[tuple[str, bool]]:
    """(term, whether it may go on) of all words that a note is wanted to have."""
    match node:
        case Words():
            for term, _ in node.parts:
                yield term, node.is_prefix and not node.whole
            if node.whole:
                yield node.whole, node.is_prefix
        case And(children) | Or(children):
            for child in children:
                yield from wanted_terms(child)
        case _:
            return


def highlight(text: str, root: Node) -> Pieces:
    """A text in pieces, with those that match a query marked."""
    pieces: Pieces = []
    end = 0
    for start, stop in _matches(text, root):
        if start > end:
            pieces.append((text[end:start], False))
        pieces.append((text[start:stop], True))
        end = stop
    if end < len(text):
        pieces.append((text[end:], False))
    return pieces


def snippet(text: str, root: Node) -> Pieces:
    """About ``LENGTH`` characters of a text, where most of what matches stands together."""
    text = " ".join(text.split())
    matches = list(_matches(text, root))
    begin = 0
    if matches:
        counts = [
            (sum(start <= other and stop <= start + LENGTH - 40 for other, stop in matches), -start)
            for start, _ in matches
        ]
        begin = max(-max(counts)[1] - 40, 0)
    if begin:
        begin = text.find(" ", begin) + 1 or begin
    end = len(text)
    if end > begin + LENGTH:
        end = text.rfind(" ", begin, begin + LENGTH)
        end = end if end > begin else begin + LENGTH
    pieces = highlight(text[begin:end], root)
    if begin and pieces:
        pieces.insert(0, ("… ", False))
    if end < len(text) and pieces:
        pieces.append((" …", False))
    return pieces


def _matches(text: str, root: Node) -> list[tuple[int, int]]:
    wanted = list(wanted_terms(root))
    if not wanted:
        return []
    exact = {term for term, _ in wanted}
    prefixes = tuple(term for term, is_prefix in wanted if is_prefix)
    found = []
    for word in _WORD.finditer(text):
        made = {term.text for term in terms(word[0])}
        if any(is_cjk(term) for term in made):
            found += _cjk_matches(word[0], word.start(), [t for t in exact if is_cjk(t)])
        elif made & exact or (prefixes and any(term.startswith(prefixes) for term in made)):
            found.append(word.span())
    return found


def _cjk_matches(word: str, start: int, wanted: list[str]) -> list[tuple[int, int]]:
    marked = [False] * len(word)
    for term in wanted:
        at = word.find(term)
        while at >= 0:
            marked[at : at + len(term)] = [True] * len(term)
            at = word.find(term, at + 1)
    spans: list[tuple[int, int]] = []
    for offset, is_match in enumerate(marked):
        if is_match and spans and spans[-1][1] == start + offset:
            spans[-1] = (spans[-1][0], start + offset + 1)
        elif is_match:
            spans.append((start + offset, start + offset + 1))
    return spans
