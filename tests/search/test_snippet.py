"""What of a text is shown and marked: in Python, and in the browser."""

from __future__ import annotations

from typing import Any

import pytest

from paperkb.model import Fields, NoteBody, Work
from paperkb.search.query import parse_query
from paperkb.search.snippet import LENGTH, LONGEST_TEXT, highlight, result_text, snippet
from tests.search.marks import HIGHLIGHTS, SNIPPETS, shown


@pytest.mark.parametrize(("text", "query", "expected"), HIGHLIGHTS)
def test_highlight(text: str, query: str, expected: str) -> None:
    assert shown(highlight(text, parse_query(query).root)) == expected


@pytest.mark.parametrize(("text", "query", "expected"), SNIPPETS)
def test_snippet(text: str, query: str, expected: str) -> None:
    pieces = snippet(text, parse_query(query).root)
    assert shown(pieces) == expected
    assert sum(len(piece) for piece, _ in pieces) <= LENGTH + len("… ") + len(" …")


def test_the_text_of_snippets_has_single_spaces_and_an_end() -> None:
    fields = Fields(Work("A title"), tldr="")
    assert result_text(fields, NoteBody(abstract=" a  b\n", text="\tc")) == "a b c"
    assert len(result_text(fields, NoteBody(text="x " * LONGEST_TEXT))) == LONGEST_TEXT - 1


@pytest.mark.browser
def test_the_browser_marks_the_same(shared: Any) -> None:
    texts = [[text, query] for text, query, _ in HIGHLIGHTS]
    marked = "paperkb.highlight(text, query)"
    found = shared.evaluate(f"(texts) => texts.map(([text, query]) => {marked})", texts)
    assert [shown(pieces) for pieces in found] == [expected for *_, expected in HIGHLIGHTS]


@pytest.mark.browser
def test_the_browser_shows_the_same(shared: Any) -> None:
    texts = [[text, query] for text, query, _ in SNIPPETS]
    cut = "paperkb.snippet({text}, query)"
    found = shared.evaluate(f"(texts) => texts.map(([text, query]) => {cut})", texts)
    assert [shown(pieces) for pieces in found] == [expected for *_, expected in SNIPPETS]


@pytest.mark.browser
def test_highlight_while_typing(shared: Any) -> None:
    text = "transformers"
    marks = "([text, query, options]) => paperkb.highlight(text, query, options)"
    assert shared.evaluate(marks, [text, "transf", {"typing": True}]) == [[text, True]]
    assert shared.evaluate(marks, [text, "transf", {}]) == [[text, False]]


@pytest.mark.browser
def test_a_malformed_query_marks_nothing(shared: Any) -> None:
    assert shared.evaluate("paperkb.highlight('missing', '(missing')") == [["missing", False]]
