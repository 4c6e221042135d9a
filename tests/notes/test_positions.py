"""Lines of blocks and columns of spans. (Whole notes: test_parse.py and ``cases/long.txt``.)"""

from __future__ import annotations

from typing import Any

import pytest

from paperkb.notes.parse import parse_note
from paperkb.notes.positions import Locator
from paperkb.notes.syntax.tokens import Span


def lines(body: str, *texts: str, first: int = 1) -> list[int]:
    tokens: list[dict[str, Any]] = [{"type": "paragraph", "text": text} for text in texts]
    Locator(body, first).locate(tokens)
    return [token["line"] for token in tokens]


def test_blocks_are_found_in_order() -> None:
    assert lines("a\n\na\n\nb", "a", "a", "b") == [1, 3, 5]
    assert lines("\n\nx\ny\n\nx", "x\ny", "x", first=10) == [12, 15]


def test_a_text_that_is_not_there_stays_in_the_file() -> None:
    assert lines("a\nb", "z", "y", "x") == [1, 2, 2]


@pytest.mark.parametrize(
    ("body", "source", "start", "column"),
    [
        ("see [[a]]", "see [[a]]", 4, 5),
        ("> - `[[a]]` [[a]]", "`[[a]]` [[a]]", 8, 13),
        ("|  [[a]] | [[a]] |", "[[a]]", 0, 4),
        ("altered [[a]]", "otherwise [[a]]", 10, 9),
        ("nothing", "[[a]]", 0, 1),
    ],
)
def test_column(body: str, source: str, start: int, column: int) -> None:
    where = Span(source, start, start + 5, 1)
    assert Locator(body, 1).column(where) == column


def test_equal_cells_are_told_apart() -> None:
    note = parse_note(b"| [[a]] | [[a]] |\n|---|---|\n| [[a]] | x [[a]] |\n")
    places = [(link.line, link.column) for link in note.links]
    assert places == [(1, 3), (1, 11), (3, 3), (3, 13)]


def test_lines_below_many_definitions() -> None:
    definitions = "".join(f"[r{number}]: x.md\n" for number in range(300))
    note = parse_note(f"Text.\n\n{definitions}\n[[a]]\n".encode())
    assert [link.line for link in note.links] == [304]
