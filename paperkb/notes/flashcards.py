"""Flashcards: a paragraph of lines ``question :: answer``; an answer goes on to the next question.

They are found in HTML, where the sign within code, or between two halves of emphasis, is told from
one that parts a question from its answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from paperkb.notes.html_tags import is_balanced

_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*? :: (?:(?!</?p>).)*)</p>", re.S)
_SIGN = " :: "


class Flashcard(NamedTuple):
    """A question and its answer, as HTML."""

    question: str
    answer: str


def has_flashcards(body: str) -> bool:
    """Whether any paragraph of a body's HTML is flashcards."""
    return _SIGN in body and any(_cards(match[1]) for match in _PARAGRAPH.finditer(body))


def with_flashcards(body: str, shown: Callable[[Flashcard], str]) -> str:
    """A body's HTML with what is ``shown`` of each flashcard."""
    if _SIGN not in body:
        return body
    return _PARAGRAPH.sub(
        lambda match: "\n".join(map(shown, _cards(match[1]))) or match[0],
        body,
    )


def _cards(paragraph: str) -> list[Flashcard]:
    """The cards of a paragraph; none if it is prose."""
    cards: list[Flashcard] = []
    for line in paragraph.split("\n"):
        if _SIGN in line:
            cards.append(Flashcard(*line.split(_SIGN, 1)))
        elif cards:
            question, answer = cards.pop()
            cards.append(Flashcard(question, f"{answer}\n{line}"))
        else:
            return []
    whole = all(text.strip() and is_balanced(text) for card in cards for text in card)
    return cards if whole else []
