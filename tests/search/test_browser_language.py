"""The browser takes texts and queries apart as Python does."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from paperkb.search.query import parse_query
from paperkb.search.terms import Term, terms
from tests.search.files import SCRIPTS, STATIC
from tests.search.shown import query_from, show_query, show_terms

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parent / "vectors"
TERMS = json.loads((FOLDER / "terms.json").read_text("utf-8"))
QUERIES = json.loads((FOLDER / "queries.json").read_text("utf-8"))
TYPING = json.loads((FOLDER / "typing.json").read_text("utf-8"))

PARSE = """([text, typing]) => {
  try { return paperkb.parse(text, {typing}) }
  catch (error) { return {mistake: `! ${error.message} @ ${error.place}`, name: error.name} }
}"""
ALL_TERMS = """(texts) => texts.map(
  (text) => paperkb.terms(text).map(({text, place, isWhole}) => [text, place, isWhole])
)"""


# Terms


def test_terms_of_the_vectors(shared: Any) -> None:
    found = shared.evaluate(ALL_TERMS, [text for text, _ in TERMS])
    shown = [show_terms(Term(*term) for term in one) for one in found]
    assert [[text, one] for (text, _), one in zip(TERMS, shown, strict=True)] == TERMS


OTHERWISE: dict[str, str] = {}
"""Characters that another version of Unicode has otherwise, and how: none from 14 to 17, which are
those of Python 3.11 and of Chromium 156."""


@pytest.mark.slow
def test_every_character_is_the_same(shared: Any) -> None:
    chars = [chr(code) for code in range(0x110000)]
    assigned = [char for char in chars if unicodedata.category(char) not in ("Cn", "Co", "Cs")]
    texts = [f"x{char}y" for char in assigned] + [f"{char}\u0301" for char in assigned]
    found = shared.evaluate(ALL_TERMS, texts)
    other = {
        f"U+{ord(text.strip('xy') or text[1]):04X}"
        for text, one in zip(texts, found, strict=True)
        if [tuple(term) for term in one] != terms(text)
    }
    assert other == set(OTHERWISE)


# Queries


@pytest.mark.parametrize(
    ("vectors", "typing"), [(QUERIES, False), (TYPING, True)], ids=["whole", "typing"]
)
def test_queries_of_the_vectors(shared: Any, vectors: list[list[str]], typing: bool) -> None:
    found = []
    for text, _ in vectors:
        said = shared.evaluate(PARSE, [text, typing])
        if "mistake" in said:
            assert said["name"] == "QueryError"
            found.append([text, said["mistake"]])
        else:
            found.append([text, show_query(query_from(said))])
            assert query_from(said) == parse_query(text, typing=typing)
    assert found == vectors


# The files


def test_the_scripts_are_short_and_strict() -> None:
    for name in SCRIPTS:
        text = (STATIC / name).read_text("utf-8")
        assert '"use strict";' in text
        assert len(text.splitlines()) <= 350, name
        assert max(map(len, text.splitlines())) <= 100, name
        for word in ("eval(", "Function(", "innerHTML", "import(", "fetch(", "document.write"):
            assert word not in text, name
