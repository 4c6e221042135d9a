"""Queries, answered (docs/search.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.search.engine import answer, distance, search
from paperkb.search.query import QueryError, parse_query
from paperkb.search.scores import rarity, rounded, saturated, share, weight
from tests.search.memory import MemorySource, Text, index
from tests.search.papers import ANSWERS, KEYS, MANY_NOTES, PAPERS, TYPED

SOURCE = index(PAPERS)


def _short(keys: Iterable[str]) -> str:
    """Keys, each by its beginning."""
    return " ".join(re.split(r"\d", key)[0] for key in keys)


@pytest.mark.parametrize(("query", "keys"), ANSWERS.items())
def test_answers(query: str, keys: str) -> None:
    assert _short(SOURCE.keys_for(query)) == keys


@pytest.mark.parametrize(("query", "keys"), TYPED.items())
def test_answers_while_typing(query: str, keys: str) -> None:
    assert _short(SOURCE.keys_for(query, typing=True)) == keys


# Scores


def _scores(notes: Mapping[str, Mapping[str, Text]], query: str) -> dict[str, float]:
    return dict(index(notes).hits_for(query))


@pytest.mark.parametrize(
    "field", ["title", "aliases", "authors", "tags", "tldr", "abstract", "headings", "body"]
)
def test_the_score_of_a_word_is_by_its_field(field: str) -> None:
    notes = {"a": {field: ["one two three"]}, "b": {}, "c": {}}
    expected = rarity(3, 1) * saturated(weight(share(field, 3)))
    assert _scores(notes, "two") == {"a": rounded(expected)}


def test_shares_of_fields_add_up() -> None:
    notes = {"a": {"title": "one", "body": "one and one"}, "b": {}}
    hits = share("title", 1) + 2 * share("body", 3)
    assert _scores(notes, "one") == {"a": rounded(rarity(2, 1) * saturated(weight(hits)))}


NOTES: dict[str, dict[str, Text]] = {
    "a": {"title": "alpha beta alphabet", "tags": ["alpha"]},
    "b": {"title": "beta", "venue": "alpha"},
    "c": {"title": "betamax", "authors": ["Alpha Gamma"]},
}


def test_words_side_by_side_add_up() -> None:
    alone = [_scores(NOTES, word)["a"] for word in ("alpha", "beta")]
    assert _scores(NOTES, "alpha beta")["a"] == pytest.approx(sum(alone), abs=2e-9)
    assert _scores(NOTES, '"alpha beta"') == _scores(NOTES, "alpha beta")


def test_of_two_sides_the_larger_score_counts() -> None:
    alone = [_scores(NOTES, word)["a"] for word in ("alpha", "beta")]
    assert _scores(NOTES, "alpha OR beta")["a"] == max(alone)


def test_what_only_filters_adds_nothing() -> None:
    plain = SOURCE.hits_for("bert")
    assert SOURCE.hits_for("bert tag:nlp year:2019..2020 -status:read") == plain
    assert {score for _, score in SOURCE.hits_for("tag:nlp OR year:2017 OR -bert")} == {0.0}
    assert _scores(NOTES, "venue:alpha") == {"b": 0.0}


def test_title_and_author_score_on_their_field_alone() -> None:
    assert _scores(NOTES, "author:gamma") == {
        "c": rounded(rarity(3, 1) * saturated(weight(share("authors", 2))))
    }
    assert _scores(NOTES, "title:alpha") == {
        "a": rounded(rarity(3, 1) * saturated(weight(share("title", 3))))
    }


def test_a_longer_word_than_the_prefix_counts_less() -> None:
    assert _scores(NOTES, "betam*") == {
        "c": pytest.approx(0.7 * _scores(NOTES, "betamax")["c"], abs=1e-9)
    }
    assert _scores(NOTES, "beta*")["b"] == _scores(NOTES, "beta")["b"]


def test_a_prefix_stands_for_words_of_so_many_notes() -> None:
    source = index(MANY_NOTES)
    found = answer(source, parse_query("word*"))
    keys = {source.keys[hit.number] for hit in found.hits}
    assert ("within" in keys, "beyond" in keys, found.cut) == (True, False, ("word",))
    assert answer(source, parse_query("word", typing=True)).cut == ()
    assert answer(source, parse_query("worda*")).cut == ()


def test_a_typo_counts_less_and_two_still_less() -> None:
    notes = {"a": {"title": "recurrence"}, "b": {}}
    right = _scores(notes, "recurrence")["a"]
    assert _scores(notes, "recurence") == {"a": pytest.approx(0.4 * right, abs=1e-9)}
    assert _scores(notes, "recurance") == {"a": pytest.approx(0.2 * right, abs=1e-9)}
    assert _scores(notes, "recuranze") == {}


def test_what_was_looked_for_instead_is_said() -> None:
    source = index({"a": {"title": "sparse attention"}, "b": {"title": "beta"}})
    assert answer(source, parse_query("atention")).instead == ("attention",)
    assert answer(source, parse_query("atention sparce")).instead == ("attention", "sparse")
    assert answer(source, parse_query("beta")).instead == ()


def test_typos_are_not_thought_of_where_three_notes_are_found() -> None:
    notes = {key: {"title": "bert"} for key in "abc"} | {"d": {"title": "bart"}}
    assert list(_scores(notes, "bert")) == ["a", "b", "c"]
    assert list(_scores(notes, "bart")) == ["d", "a", "b", "c"]


@pytest.mark.parametrize(
    ("word", "is_found"),
    [("brt", False), ("bertx", True), ("bxrt", True), ("ebrt", True), ("berxx", False)],
)
def test_how_many_typos_are_forgiven(word: str, is_found: bool) -> None:
    assert bool(_scores({"a": {"title": "bert"}}, word)) is is_found


@pytest.mark.parametrize("field", ["tldr", "abstract", "headings", "body", "aliases"])
def test_a_typo_is_for_a_word_of_a_title_author_or_tag(field: str) -> None:
    assert _scores({"a": {field: "transformer"}}, "transfromer") == {}


@pytest.mark.parametrize(
    ("titles", "word", "found"),
    [
        (("bart", "berg", "xert"), "bert", ["bart", "berg"]),  # begin like it
        (("recurrence", "recurring", "recurrent"), "recurren", ["recurrence", "recurrent"]),
        (("xecurrence", "recurrenze", "recurrexxe"), "recurrence", ["recurrenze", "xecurrence"]),
    ],
)
def test_a_mistyped_word_stands_for_the_two_nearest_names(
    titles: tuple[str, ...], word: str, found: list[str]
) -> None:
    assert set(_scores({title: {"title": title} for title in titles}, word)) == set(found)


def test_a_word_that_finds_enough_by_itself_is_right_while_another_may_be_wrong() -> None:
    notes = {key: {"title": "sparse attention"} for key in "abc"} | {
        "d": {"title": "spare attention"}
    }
    assert list(_scores(notes, "sparse atention")) == ["a", "b", "c"]


def test_of_words_that_are_found_the_rarest_may_be_wrong() -> None:
    notes = {key: {"title": "casual talk"} for key in "abc"}
    notes |= {key: {"title": "causal inference"} for key in "defg"}
    assert list(_scores(notes, "casual inference")) == ["d", "e", "f", "g"]


def test_what_is_excluded_stands_for_itself() -> None:
    notes = {"a": {"title": "bert model"}, "b": {"title": "bart model"}}
    assert list(_scores(notes, "model -bert")) == ["b"]


# Phrases


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ('"one two"', True),
        ('"two three"', False),  # two fields
        ('"four five"', False),  # two authors
        ('"six seven"', True),
        ('"six the seven"', False),
        ('"six eight"', False),
        ('"six of eight"', True),
        ('"eight seven"', False),
        ('"eight"', True),
    ],
)
def test_phrases_end_with_their_field(query: str, is_found: bool) -> None:
    note: dict[str, Text] = {
        "title": "one two",
        "aliases": ["three"],
        "authors": ["four", "five"],
        "body": "six seven eight",
    }
    assert bool(_scores({"a": note}, query)) is is_found


def test_a_phrase_may_begin_anywhere() -> None:
    notes = {"a": {"body": "one one two one two three"}, "b": {"body": "one three two"}}
    assert list(_scores(notes, '"one two three"')) == ["a"]


# Order


def test_equal_scores_stand_by_key() -> None:
    keys = ["b", "a", "B", "ä", "\uffff", "😀", "a2", "a10"]
    source = index({key: {"title": "same"} for key in keys})
    assert source.keys_for("same") == sorted(keys)
    assert source.keys_for("same OR other") == sorted(keys)
    assert source.keys_for("") == sorted(keys)


def test_sorting_changes_neither_notes_nor_scores() -> None:
    for query in ("bert OR memory", "-language", "tag:nlp bert"):
        hits = SOURCE.hits_for(query)
        for sort in ("year", "added", "rating", "title", "cited"):
            assert sorted(SOURCE.hits_for(f"{query} sort:{sort}")) == sorted(hits)


# Laws


_WORD = st.sampled_from(
    ["bert", "attention", "memory", "-bert", "tag:nlp", "trans*", '"language models"', "year:2019"]
)
_QUERY = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)


def _found(query: str, source: MemorySource = SOURCE) -> set[str]:
    return set(source.keys_for(query))


@given(_QUERY)
def test_not_is_everything_else(query: str) -> None:
    assert _found(f"-({query})") == set(KEYS) - _found(query)


@given(_QUERY, _QUERY)
def test_both_and_either(one: str, other: str) -> None:
    assert _found(f"({one}) ({other})") == _found(one) & _found(other)
    assert _found(f"({one}) OR ({other})") == _found(one) | _found(other)


@given(st.text(), st.booleans())
def test_any_query_has_an_answer_or_a_mistake(text: str, typing: bool) -> None:
    try:
        query = parse_query(text, typing=typing)
    except QueryError:
        return
    hits = search(SOURCE, query)
    assert len({hit.number for hit in hits}) == len(hits)
    assert search(SOURCE, query) == hits


# Typos


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("bert", "bert", 0),
        ("bert", "bart", 1),
        ("bert", "berts", 1),
        ("bert", "ert", 1),
        ("bert", "ebrt", 1),
        ("bert", "ebtr", 2),
        ("abc", "ca", 3),
        ("", "ab", 2),
        ("𝔟𝔢", "𝔢𝔟", 1),
    ],
)
def test_distance(one: str, other: str, edits: int) -> None:
    assert distance(one, other, 9) == edits


_SHORT = st.text("abc", max_size=6)


@given(_SHORT, _SHORT, st.integers(0, 3))
def test_distance_goes_no_farther_than_asked(one: str, other: str, most: int) -> None:
    exact = distance(one, other, 99)
    assert distance(other, one, 99) == exact
    found = distance(one, other, most)
    assert found == exact if exact <= most else found > most


DAYS = st.dates(date(2023, 11, 25), date(2024, 3, 5))


@given(st.lists(DAYS, max_size=12), st.none() | DAYS, st.none() | DAYS)
def test_a_range_of_days_is_its_days_whatever_months_it_takes(
    days: list[date], low: date | None, high: date | None
) -> None:
    notes = {str(n): {"facts": [f"added:{day}"]} for n, day in enumerate(days)}
    wanted = f"added:{low or ''}..{high or ''}" if low or high else "added:1900.."

    found = index(notes).keys_for(wanted)

    within = [n for n, day in enumerate(days) if (low or day) <= day <= (high or day)]
    assert sorted(found) == sorted(map(str, within))
