"""Spans: where something stands."""

from __future__ import annotations

from paperkb.notes.syntax.tokens import Span


def test_the_first_line_of_a_span() -> None:
    source = "a\nb [[x]]\n[[y]]"
    assert [Span(source, at, at + 1, 10).first_line for at in (0, 1, 2, 9, 10)] == [
        10,
        10,
        11,
        11,
        12,
    ]
