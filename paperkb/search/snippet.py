"""The part of a text that shows best why a query found it, and where it matches. docs/search.md has
the rules; the browser has the same (``templates/static/search-marks.js``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from paperkb.model import Fields, NoteBody
from paperkb.search.query import And, Node, Or, Words
from paperkb.search.terms import is_cjk, runs, terms

LONGEST_TEXT = 12_000
"""Characters of a note among which a snippet is looked for."""
LENGTH = 200
"""Characters of a snippet."""
BEFORE = 40
"""Characters of them before the first match."""

_WORD = re.compile(r"[^\W_]+(?:[-_'’./][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_MAYBE_MARK = re.compile(r"[^\x00-\x7f\w\s\u3099\u309a]")

Pieces = list[tuple[str, bool]]
"""(text, whether it matches) in order."""
Range = tuple[int, int]


def result_text(fields: Fields, body: NoteBody) -> str:
    """What snippets of a note are cut from: its TL;DR, abstracts and body, with single spaces."""
    parts = (fields.tldr, fields.work.abstract, body.abstract, body.text)
    return " ".join(" ".join(parts).split())[:LONGEST_TEXT].rstrip()


def highlight(text: str, root: Node) -> Pieces:
    """A text in pieces, with those that match a query marked."""
    return _pieces(text, _matches(text, root), 0, len(text))


def snippet(text: str, root: Node) -> Pieces:
    """About ``LENGTH`` characters of a text of single spaces, where most matches stand together."""
    matches = _matches(text, root)
    start, end = _window(text, matches)
    pieces = _pieces(text, matches, start, end)
    return [
        *([("… ", False)] if start else []),
        *pieces,
        *([(" …", False)] if end < len(text) else []),
    ]


def _window(text: str, matches: Sequence[Range]) -> Range:
    """Where a snippet begins and ends."""
    first, stop = _densest(matches)
    start = max(0, min(first - BEFORE, len(text) - LENGTH))
    if start:
        start = text.find(" ", start - 1, first) + 1 or start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        space = text.rfind(" ", stop, end + 1)
        end = space if space > start else end
    return start, end


def _densest(matches: Sequence[Range]) -> Range:
    """The first match of most that fit into a snippet with it, and where the last of them ends."""
    best, most, last = (0, 0), 0, 0
    for number, (start, _) in enumerate(matches):
        while last < len(matches) and matches[last][1] <= start + LENGTH - BEFORE:
            last += 1
        if last - number > most:
            best, most = (start, matches[last - 1][1]), last - number
    return best


def _pieces(text: str, matches: Sequence[Range], start: int, end: int) -> Pieces:
    pieces: Pieces = []
    place = start
    for low, high in matches:
        if low < start or high > end:
            continue
        if low > place:
            pieces.append((text[place:low], False))
        if pieces and pieces[-1][1]:  # side by side
            pieces[-1] = (pieces[-1][0] + text[low:high], True)
        else:
            pieces.append((text[low:high], True))
        place = high
    if place < end:
        pieces.append((text[place:end], False))
    return pieces


class _Matcher:
    """How many characters at the beginning of a term a query asks for; 0 if it does not."""

    def __init__(self, root: Node) -> None:
        wanted = list(_words(root))
        self.exact = {term for words in wanted for term, _ in words.parts}
        self.exact.update(words.whole for words in wanted if words.whole)
        self.prefixes = [
            words.whole or words.parts[0][0] for words in wanted if words.is_prefix and words.parts
        ]

        self._beginnings = {term[:2] for term in (*self.exact, *self.prefixes)}

    def may_match(self, word: str) -> bool:
        """Rules a word out at once if it can be: its terms are made of its own letters, of which
        only the last ones ever change."""
        if not (word.isascii() and word.isalnum()):
            return True
        lower = word.lower()
        return any(beginning in lower for beginning in self._beginnings)

    def __call__(self, term: str) -> int:
        if term in self.exact:
            return len(term)
        return next((len(prefix) for prefix in self.prefixes if term.startswith(prefix)), 0)


def _words(node: Node) -> Iterator[Words]:
    """All words that a note is wanted to have."""
    match node:
        case Words():
            yield node
        case And(children) | Or(children):
            for child in children:
                yield from _words(child)
        case _:
            return


def _matches(text: str, root: Node) -> list[Range]:
    """Where the words of a query stand in a text, in order."""
    match = _Matcher(root)
    if not match.exact:
        return []
    # A mark belongs to its word; Python's expressions take it for a sign.
    shadow = _MAYBE_MARK.sub(_letter_for_mark, text) if not text.isascii() else text
    known: dict[str, list[Range]] = {}
    found = []
    for place in _WORD.finditer(shadow):
        start, end = place.span()
        word = text[start:end]
        if not match.may_match(word):
            continue
        if word not in known:
            known[word] = list(_in_word(word, place[0], match))
        found += [(start + low, start + high) for low, high in known[word]]
    return found


def _letter_for_mark(match: re.Match[str]) -> str:
    return "a" if unicodedata.category(match[0])[0] == "M" else match[0]


def _in_word(word: str, shadow: str, match: _Matcher) -> Iterator[Range]:
    if any(term.is_whole and match(term.text) for term in terms(word)):
        yield 0, len(word)
        return
    for part in _PART.finditer(shadow):
        end = part.start()
        for run in runs(part[0]):
            start, end = end, end + len(run)
            if is_cjk(word[start:end]):
                yield from _in_signs(word, start, end, match)
            elif any(match(term.text) for term in terms(word[start:end])):
                yield start, end


def _in_signs(word: str, start: int, end: int, match: _Matcher) -> Iterator[Range]:
    """Each sign of a run that belongs to a match."""
    marked = 0
    for place in range(start, end):
        pair = terms(word[place : min(place + 2, end)])
        marked = max(marked, place + (match(pair[0].text) if pair else 0))
        if place < marked:
            yield place, place + 1
