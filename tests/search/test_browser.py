"""The browser's engine (``templates/static/search-*.js``) does what Python's does."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paperkb.search.query import parse_query
from paperkb.search.terms import Term, terms
from tests.search.files import SCRIPTS, STATIC, write_site
from tests.search.memory import index
from tests.search.papers import ANSWERS, PAPERS, TYPED
from tests.search.shown import query_from, show_query, show_terms

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parent / "vectors"
TERMS = json.loads((FOLDER / "terms.json").read_text("utf-8"))
QUERIES = json.loads((FOLDER / "queries.json").read_text("utf-8"))
TYPING = json.loads((FOLDER / "typing.json").read_text("utf-8"))
SOURCE = index(PAPERS)

PARSE = """([text, typing]) => {
  try { return paperkb.parse(text, {typing}) }
  catch (error) { return {mistake: `! ${error.message} @ ${error.place}`, name: error.name} }
}"""
SEARCH = """async ([text, options]) => {
  const found = await paperkb.search(text, options);
  const notes = found.map(({key, score, number}) => [key, score, number]);
  return {notes, total: found.total, numbers: found.numbers};
}"""
ALL_TERMS = """(texts) => texts.map(
  (text) => paperkb.terms(text).map(({text, place, isWhole}) => [text, place, isWhole])
)"""
HIGHLIGHT = "([text, query, options]) => paperkb.highlight(text, query, options)"
SNIPPET = "([text, query]) => paperkb.snippet({text}, query)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with the engine and an index of ``papers.py``, from disk."""
    return write_site(tmp_path_factory.mktemp("papers"), SOURCE).as_uri()


@pytest.fixture(scope="module")
def shared(browser: Any, address: str) -> Iterator[Any]:
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    yield page
    page.close()
    assert wrong == []


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page that has loaded nothing of the index yet."""
    page = browser.new_page()
    page.goto(address)
    yield page
    page.close()


# Terms


def test_terms_of_the_vectors(shared: Any) -> None:
    found = shared.evaluate(ALL_TERMS, [text for text, _ in TERMS])
    shown = [show_terms(Term(*term) for term in one) for one in found]
    assert [[text, one] for (text, _), one in zip(TERMS, shown, strict=True)] == TERMS


OTHERWISE: dict[str, str] = {}
"""Characters that another version of Unicode has otherwise, and how: none from 14 to 17, which are
those of Python 3.11 and of Chromium 156."""


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
    assert [SOURCE.keys[number] for number in found["numbers"]] == [key for key, _ in expected]
    assert [number for _, _, number in found["notes"]] == found["numbers"]


@pytest.mark.parametrize("query", ["", "-language", "bert OR memory", "tag:nlp", "sort:year"])
@pytest.mark.parametrize("limit", [0, 1, 2, 5])
def test_a_limit_cuts_the_notes_but_not_the_numbers(shared: Any, query: str, limit: int) -> None:
    expected = SOURCE.keys_for(query)
    found = shared.evaluate(SEARCH, [query, {"limit": limit}])
    assert [key for key, _, _ in found["notes"]] == expected[:limit]
    assert found["total"] == len(expected)
    assert sorted(SOURCE.keys[number] for number in found["numbers"]) == sorted(expected)


def test_no_limit(shared: Any) -> None:
    found = shared.evaluate("paperkb.search('', {limit: Infinity}).then((notes) => notes.length)")
    assert found == len(PAPERS)


def test_a_note_is_as_its_file_has_it(shared: Any) -> None:
    (found,) = shared.evaluate("paperkb.search('title:bertscore')")
    assert found == {
        "key": "zhang2020bertscore",
        "text": "",
        "number": SOURCE.keys.index("zhang2020bertscore"),
        "score": SOURCE.hits_for("title:bertscore")[0][1],
    }


def test_a_malformed_query_is_a_rejected_promise(shared: Any) -> None:
    caught = """paperkb.search("😀 (").catch(
      (error) => [error.name, error.message, error.place, error instanceof paperkb.QueryError]
    )"""
    assert shared.evaluate(caught) == ["QueryError", "missing )", 2, True]


# What is loaded


def _loaded(page: Any) -> list[str]:
    sources = page.evaluate(
        "Array.from(document.head.querySelectorAll('script[src]'), (s) => s.src)"
    )
    names = [source.partition("/search/")[2].removesuffix(".js") for source in sources]
    return sorted(name for name in names if name and not name.startswith(("notes/", "meta")))


def _shard(entry: str) -> str:
    starts = ["", *SOURCE.entries("")[3::3]]
    return max(start for start in starts if start <= entry).encode().hex() or "0"


@pytest.mark.parametrize("query", ["hochreiter", "-the hochreiter", "HOCHREITER!"])
def test_a_word_needs_one_file_and_no_order(page: Any, query: str) -> None:
    """Its answer is one note only, so typos are thought of."""
    page.evaluate(SEARCH, [query, {}])
    similar = [name for name in _loaded(page) if name.startswith("similar/")]
    assert [name for name in _loaded(page) if name not in similar] == [
        f"terms/{_shard('hochreiter')}"
    ]
    lengths = {str(len(name)) for name in SOURCE.names}
    assert similar == sorted(f"similar/{n}" for n in range(8, 13) if str(n) in lengths)


@pytest.mark.parametrize(
    ("query", "entries", "others"),
    [
        ("language", ["language"], []),
        ("tag:transformers", ["tag:transformers", "tag:transformers/"], []),
        ("title:bert", ["title:bert"], []),
        ("language models", ["language", "model"], []),
        ("status:read sort:year", ["status:read"], ["order/year"]),
        ("status:read OR status:queued", ["status:read", "status:queued"], ["order/key"]),
        ("-language", ["language"], ["order/key"]),
        ("", [], ["order/key"]),
        ("sort:title", [], ["order/key", "order/title"]),
        ("language OR status:inbox", ["language", "status:inbox"], ["order/key"]),
        ("recurrent OR status:inbox", ["recurrent", "status:inbox"], []),
        ('title:"language models"', ["title:language", "title:model"], ["places"]),
    ],
)
def test_no_more_is_loaded_than_needed(
    page: Any, query: str, entries: list[str], others: list[str]
) -> None:
    page.evaluate(SEARCH, [query, {}])
    expected = {f"terms/{_shard(entry)}" for entry in entries}
    for other in others:
        places = {f"places/{_shard(entry)}" for entry in entries}
        expected |= places if other == "places" else {other}
    assert set(_loaded(page)) == expected


def test_a_prefix_loads_where_its_words_are_but_no_fields(page: Any) -> None:
    page.evaluate(SEARCH, ["a*", {}])
    starts = ["", *SOURCE.entries("")[3::3]]
    words = [entry for entry in SOURCE.entries("a") if ":" not in entry]
    names = {f"terms/{_shard(entry)}" for entry in words}
    loaded = {name for name in _loaded(page) if name.startswith("terms/")}
    assert names <= loaded
    assert len(loaded - names) <= 4
    assert len(loaded) < sum(start.startswith("a") for start in starts)


def test_ties_after_the_limit_need_no_order(page: Any) -> None:
    page.evaluate(SEARCH, ["recurrent OR status:inbox OR status:read", {"limit": 1}])
    assert not [name for name in _loaded(page) if name.startswith("order/")]


def test_nothing_is_loaded_twice(page: Any) -> None:
    page.evaluate("Promise.all(['bert', 'bert', 'bert*'].map((text) => paperkb.search(text)))")
    before = _loaded(page)
    page.evaluate(SEARCH, ["bert", {}])
    assert _loaded(page) == before
    assert len(set(before)) == len(before)


@pytest.mark.parametrize("missing", ["meta", "terms", "places", "order", "notes", "similar"])
def test_what_is_missing_is_empty(browser: Any, tmp_path: Path, missing: str) -> None:
    address = write_site(tmp_path, SOURCE)
    target = tmp_path / "search" / missing
    target = target if target.is_dir() else target.with_suffix(".js")
    target.rename(tmp_path / "gone")
    page = browser.new_page()
    page.goto(address.as_uri())
    for query in ("bert", '"language models"', "tag:nlp OR bert", "atention", "-bert", "sort:year"):
        page.evaluate(SEARCH, [query, {}])
    page.close()


def test_an_index_of_nothing(browser: Any, tmp_path: Path) -> None:
    address = write_site(tmp_path, index({}))
    page = browser.new_page()
    page.goto(address.as_uri())
    for query in ("", "bert", "-bert", "ber*", "sort:year", "year:2017.."):
        assert page.evaluate(SEARCH, [query, {}])["total"] == 0
    page.close()


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


# Marks


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Attention is all you need", "attention", "[Attention] is all you need"),
        ("No networks here; a Network.", "networks", "No [networks] here; a [Network]."),
        ("self-attention, self", "self-attention", "[self-attention], [self]"),
        ("self-attention", "attention", "self-[attention]"),
        ("selfattention", "self-attention", "[selfattention]"),
        ("BERTScore and BERT", "bert", "[BERTScore] and [BERT]"),
        ("transformers and more", "transf*", "[transformers] and more"),
        ("self-attention", "self-att*", "[self-attention]"),
        ("A-MEM or MEM", "A-MEM", "[A-MEM] or MEM"),
        ("Schrödinger, Schro\u0308dinger", "schrodinger", "[Schrödinger], [Schro\u0308dinger]"),
        ("基于自注意力的模型", "注意力", "基于自[注意力]的模型"),
        ("机器学习", "机", "[机]器学习"),
        ("用BERT做", "bert", "用[BERT]做"),
        ("𠀀𠀁𠀂", "𠀁𠀂", "𠀀[𠀁𠀂]"),
        ("one two three", "one -two OR three", "[one] two [three]"),
        ("one two", '"one two"', "[one] [two]"),
        ("one two", "title:one author:two", "[one] [two]"),
        ("nlp 2017 read", "tag:nlp year:2017 status:read", "nlp 2017 read"),
        ("the of and", "the", "the of and"),
        ("anything", "", "anything"),
        ("missing", "(missing", "missing"),
        ("", "one", ""),
        ("<b>one</b> & two", "two", "<b>one</b> & [two]"),
    ],
)
def test_highlight(shared: Any, text: str, query: str, marked: str) -> None:
    pieces = shared.evaluate(HIGHLIGHT, [text, query, {}])
    assert "".join(piece for piece, _ in pieces) == text
    assert "".join(f"[{piece}]" if is_match else piece for piece, is_match in pieces) == marked


def test_highlight_while_typing(shared: Any) -> None:
    text = "transformers"
    assert shared.evaluate(HIGHLIGHT, [text, "transf", {"typing": True}]) == [[text, True]]
    assert shared.evaluate(HIGHLIGHT, [text, "transf", {}]) == [[text, False]]


FILL = " ".join(f"word{number}" for number in range(100))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("short needle", "needle"),
        (f"{FILL} needle {FILL}", "needle"),
        (f"needle {FILL}", "needle"),
        (f"{FILL} needle", "needle"),
        (f"needle {FILL} hay needle hay {FILL}", "hay needle"),
        ("字" * 300 + "注意" + "𠀀" * 300, "注意"),
        ("𠀀" * 300 + "注意" + "字" * 299, "注意"),
        (f"{'x' * 500} needle {'y' * 500}", "needle"),
        (f"{'x' * 500}needle", "needle"),
        (FILL, "nothing"),
        ("𠀀" * 300, "nothing"),
        ("x" * 500, "x*"),
        ("", "needle"),
    ],
)
def test_snippet(shared: Any, text: str, query: str) -> None:
    pieces = shared.evaluate(SNIPPET, [text, query])
    found = "".join(piece for piece, _ in pieces)
    assert sum(len(piece.encode("utf-16-le")) // 2 for piece, _ in pieces) <= 200
    assert found.strip("…") in text
    assert found.startswith("…") or text.startswith(found.strip("…"))
    assert found.endswith("…") or text.endswith(found.strip("…"))
    marked = [piece for piece, is_match in pieces if is_match]
    if {"needle", "注意"} & {query}:
        assert marked == ([query] if "needle" in text.split() or "注意" in text else [])
    if "hay" in query:
        assert marked == ["hay", "needle", "hay"]
    if not marked:
        assert not found.startswith("…")


# The files


def test_the_scripts_are_short_and_strict() -> None:
    for name in SCRIPTS:
        text = (STATIC / name).read_text("utf-8")
        assert '"use strict";' in text
        assert len(text.splitlines()) <= 350, name
        assert max(map(len, text.splitlines())) <= 100, name
        for word in ("eval(", "Function(", "innerHTML", "import(", "fetch(", "document.write"):
            assert word not in text, name
