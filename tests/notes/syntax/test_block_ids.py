"""``^block-id`` at the end of a paragraph."""

from __future__ import annotations

import pytest

from paperkb.notes.parse import parse_note
from tests.notes.cases import shown


@pytest.mark.parametrize(
    ("text", "name"),
    [("Text ^a1-b", "a1-b"), ("- item ^x", "x"), ("^alone", "alone"), ("Two\nlines ^x ", "x")],
)
def test_id(text: str, name: str) -> None:
    html = shown(parse_note(text.encode()))
    assert f'<span id="^{name}"></span>' in html
    assert html.count("^") == 1


@pytest.mark.parametrize("text", ["x^2", "a ^b c", "`^x`", "^a_b", "a ^", "x^y"])
def test_no_id(text: str) -> None:
    assert "id=" not in shown(parse_note(text.encode()))


def test_of_two_that_are_called_the_same_the_first_counts() -> None:
    parsed = parse_note(b"- a ^x\n- b ^x\n")
    assert parsed.body.html.count('id="^x"') == 1
    assert parsed.block_ids == ("^x",)
