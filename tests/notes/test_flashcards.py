"""Paragraphs of questions and answers, told from prose that only has the sign."""

from __future__ import annotations

import pytest

from paperkb.notes.flashcards import Flashcard, has_flashcards, with_flashcards
from paperkb.notes.parse import parse_note


def test_an_answer_goes_on_to_the_next_question() -> None:
    body = "<p>x</p>\n<p>Why? :: Because.\nReally.\nWhen? :: Now.</p>"
    seen: list[Flashcard] = []
    assert with_flashcards(body, lambda card: seen.append(card) or "card") == (
        "<p>x</p>\ncard\ncard"
    )
    assert seen == [("Why?", "Because.\nReally."), ("When?", "Now.")]
    assert has_flashcards(body)


@pytest.mark.parametrize(
    "body",
    [
        "<p>std::vector</p>",
        "<p>prose\nWhy? :: Because.</p>",
        "<p>the type <code>a :: b</code> is</p>",
        "<p><em>Why :: not</em></p>",
        "<p>Why? :: </p>",
        "<h2>Why? :: Because.</h2>",
    ],
)
def test_prose_stays(body: str) -> None:
    assert with_flashcards(body, str) == body
    assert not has_flashcards(body)


def test_a_note_knows_whether_it_has_any() -> None:
    assert parse_note(b"Why *that*? :: See [[other]].\n").has_flashcards
    assert not parse_note(b"Why? Because.\n\n    Why :: because\n").has_flashcards
