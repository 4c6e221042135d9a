"""The browser's engine (``templates/static/search-*.js``) answers as Python's does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from paperkb.search.engine import answer
from paperkb.search.query import parse_query
from tests.search.files import write_site
from tests.search.memory import index
from tests.search.papers import ANSWERS, MANY_NOTES, PAPERS, TYPED

pytestmark = pytest.mark.browser

SOURCE = index(PAPERS)

SEARCH = """async ([text, options]) => {
  const found = await paperkb.search(text, options);
  const notes = found.map(({key, score, number}) => [key, score, number]);
  return {notes, total: found.total, numbers: found.numbers};
}"""


# Answers


@pytest.mark.parametrize(
    ("query", "typing"),
    [*((query, False) for query in ANSWERS), *((query, True) for query in TYPED)],
)
def test_answers_are_the_same(page: Any, query: str, typing: bool) -> None:
    """By a page that has loaded nothing yet, so that nothing stands there by chance."""
    found = page.evaluate(SEARCH, [query, {"typing": typing}])
    expected = SOURCE.hits_for(query, typing=typing)
    assert [key for key, _, _ in found["notes"]] == [key for key, _ in expected]
    scores = [score for _, score, _ in found["notes"]]
    assert scores == pytest.approx([score for _, score in expected], abs=1e-9)
    assert found["total"] == len(expected)
    assert found["numbers"] == sorted(number for _, _, number in found["notes"])


@pytest.mark.parametrize("query", ["", "-language", "bert OR memory", "tag:nlp", "sort:year"])
@pytest.mark.parametrize("limit", [0, 1, 2, 5])
def test_a_limit_cuts_the_notes_but_not_the_numbers(shared: Any, query: str, limit: int) -> None:
    expected = SOURCE.keys_for(query)
    found = shared.evaluate(SEARCH, [query, {"limit": limit}])
    assert [key for key, _, _ in found["notes"]] == expected[:limit]
    assert found["total"] == len(expected)
    assert found["numbers"] == sorted(map(SOURCE.keys.index, expected))


def test_no_limit(shared: Any) -> None:
    found = shared.evaluate("paperkb.search('', {limit: Infinity}).then((notes) => notes.length)")
    assert found == len(PAPERS)


def test_a_note_is_as_its_file_has_it(shared: Any) -> None:
    (found,) = shared.evaluate("paperkb.search('title:bertscore')")
    assert found == {
        **dict.fromkeys(("title", "venue", "status", "path"), ""),
        **{"authors": [], "tags": [], "year": 0, "rating": 0},
        "key": "zhang2020bertscore",
        "text": "Note zhang2020bertscore",
        "number": SOURCE.keys.index("zhang2020bertscore"),
        "score": SOURCE.hits_for("title:bertscore")[0][1],
    }


def test_a_malformed_query_is_a_rejected_promise(shared: Any) -> None:
    caught = """paperkb.search("😀 (").catch(
      (error) => [error.name, error.message, error.place, error instanceof paperkb.QueryError]
    )"""
    assert shared.evaluate(caught) == ["QueryError", "missing )", 2, True]


# Prefixes of many words

MANY = {
    f"note{number}": {"title": f"abc{number:03}", "body": f"de{number:03} xyz{number % 7}"}
    for number in range(150)
}


@pytest.mark.parametrize(
    ("query", "cut"),
    [
        ("abc*", ["abc"]),
        ("title:abc*", ["title:abc"]),
        ("a* OR -d*", ["a", "d"]),
        ("ab* abc01*", ["ab"]),
        ("abc1*", []),
        ("xyz*", []),
        ("abc149", []),
    ],
)
def test_a_prefix_stands_for_so_many_words_and_says_so(
    browser: Any, tmp_path: Path, query: str, cut: list[str]
) -> None:
    source = index(MANY)
    expected = answer(source, parse_query(query))
    assert list(expected.cut) == cut
    page = browser.new_page()
    page.goto(write_site(tmp_path, source).as_uri())
    found = page.evaluate(SEARCH, [query, {"limit": 1000}])
    assert [(number, score) for _, score, number in found["notes"]] == expected.hits
    assert page.evaluate("(text) => paperkb.search(text).then(({cut}) => cut)", query) == cut
    page.close()


@pytest.mark.parametrize("query", ["tranformer", "bert", "tranformer OR attentoin", "nothing"])
def test_what_was_looked_for_instead_is_said(shared: Any, query: str) -> None:
    said = shared.evaluate("(text) => paperkb.search(text).then(({instead}) => instead)", query)
    assert tuple(said) == answer(SOURCE, parse_query(query)).instead


@pytest.mark.parametrize("query", ["word*", "worda*", "wordb*", "-word* OR wordb*"])
def test_a_prefix_stands_for_words_of_so_many_notes(
    browser: Any, tmp_path: Path, query: str
) -> None:
    source = index(MANY_NOTES)
    expected = answer(source, parse_query(query))
    page = browser.new_page()
    page.goto(write_site(tmp_path, source).as_uri())
    found = page.evaluate(SEARCH, [query, {"limit": 3}])
    assert [(number, score) for _, score, number in found["notes"]] == expected.hits[:3]
    assert found["numbers"] == sorted(hit.number for hit in expected.hits)
    cut = page.evaluate("(text) => paperkb.search(text).then(({cut}) => cut)", query)
    assert tuple(cut) == expected.cut
    page.close()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("transf", "transf*"),
        ("language", "language"),
        ("bert OR transf", "bert OR transf*"),
        ("tranformer", "tranformer"),
        ("title:bert", "title:bert"),
        ("of", "of"),
        ("", ""),
    ],
)
def test_what_is_typed_can_be_said_in_full(shared: Any, typed: str, said: str) -> None:
    query = "(text) => paperkb.search(text, {typing: true}).then(({query}) => query)"
    assert shared.evaluate(query, typed) == said


# Groups


@pytest.mark.parametrize("query", ["", "bert", "rating:>=4", "year:2019", "nothing"])
def test_facets_count_the_notes_that_were_found(shared: Any, query: str) -> None:
    keys = set(SOURCE.keys_for(query))
    found = shared.evaluate(
        "(text) => paperkb.search(text).then(({numbers}) => paperkb.facets(numbers))", query
    )
    assert list(found) == ["tag", "topic", "year", "status", "author"]
    for kind, groups in found.items():
        expected = []
        for entry in SOURCE.entries(f"{kind}:") if kind != "author" else ():
            posting = SOURCE.posting(entry)
            assert posting is not None
            count = sum(SOURCE.keys[number] in keys for number in posting.numbers)
            name = entry.partition(":")[2]
            expected += [[name, name.title(), count]] if count else []
        assert groups == expected
