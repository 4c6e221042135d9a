"""A query → what it asks for (docs/search.md, «The language»)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.model import STATUSES
from paperkb.search.query import (
    DEEPEST,
    FILTERS,
    SORTS,
    THINGS,
    And,
    Label,
    Not,
    Or,
    QueryError,
    Range,
    Words,
    parse_query,
)
from tests.search.shown import show_error, show_query

FOLDER = Path(__file__).parent / "vectors"
VECTORS = json.loads((FOLDER / "queries.json").read_text("utf-8"))
TYPING = json.loads((FOLDER / "typing.json").read_text("utf-8"))


def _shown(text: str, *, typing: bool = False) -> str:
    try:
        return show_query(parse_query(text, typing=typing))
    except QueryError as error:
        return show_error(error)


@pytest.mark.parametrize(("text", "shown"), VECTORS)
def test_vectors(text: str, shown: str) -> None:
    assert _shown(text) == shown


@pytest.mark.parametrize(("text", "shown"), TYPING)
def test_vectors_while_typing(text: str, shown: str) -> None:
    assert _shown(text, typing=True) == shown


def _word(text: str) -> Words:
    return Words(((text, 0),), is_plain=True)


def test_an_empty_query_is_all_notes() -> None:
    assert parse_query("").root == parse_query(" \t\n").root == And(())


def test_words_side_by_side_are_all_wanted() -> None:
    assert parse_query("one two").root == And((_word("one"), _word("two")))


def test_or_holds_less_than_what_stands_side_by_side() -> None:
    one, two, three = map(_word, ("one", "two", "three"))
    assert parse_query("one two OR three").root == Or((And((one, two)), three))
    assert parse_query("one (two OR three)").root == And((one, Or((two, three))))


def test_or_is_written_in_capitals() -> None:
    assert parse_query("one or two").root == And(
        (_word("one"), Words((), is_plain=True), _word("two"))
    )
    assert parse_query("one Or two") == parse_query("one or two")


@pytest.mark.parametrize("text", ["-one", "-(one)", "(-one)"])
def test_not(text: str) -> None:
    assert parse_query(text).root == Not(_word("one"))


def test_not_counts_only_at_the_start_of_a_word() -> None:
    assert parse_query("one-two").root == Words(
        (("one", 0), ("two", 1)), whole="onetwo", is_plain=True
    )


def test_a_phrase_keeps_distances() -> None:
    assert parse_query('"attention is all"').root == Words((("attention", 0), ("all", 2)))


@pytest.mark.parametrize("text", ["bert*", "bert**", "BERT*", "berts*"])
def test_a_prefix(text: str) -> None:
    assert parse_query(text).root == Words((("bert", 0),), is_prefix=True)


def test_a_stop_word_may_be_a_prefix() -> None:
    assert parse_query("The*").root == Words((("the", 0),), is_prefix=True)


def test_the_joined_form_may_be_a_prefix() -> None:
    assert parse_query("self-att*").root == Words((("self", 0), ("att", 1)), "selfatt", "", True)


def test_a_joined_word_with_stop_words_is_its_joined_form() -> None:
    assert parse_query("A-MEM").root == _word("amem")
    assert parse_query("and/or").root == _word("andor")


def test_a_token_of_several_words_has_no_joined_form() -> None:
    assert parse_query("GPT4,BERT").root == Words(
        (("gpt", 0), ("4", 1), ("bert", 2)), is_plain=True
    )


def test_a_sign_is_a_prefix_and_the_last_of_a_run_says_nothing() -> None:
    assert parse_query("力").root == Words((("力", 0),), is_prefix=True, is_plain=True)
    assert parse_query("自注意").root == Words((("自注", 0), ("注意", 1)), is_plain=True)


@pytest.mark.parametrize("name", [name for name in FILTERS if name != "sort"])
@pytest.mark.parametrize("written", [str.lower, str.upper, str.title])
def test_names_of_filters_in_any_case(name: str, written: type[str]) -> None:
    values = {"year": "2017", "rating": "4", "added": "2026", "status": "read", "has": "code"}
    value = values.get(name, "x")
    assert parse_query(f"{written(name)}:{value}") == parse_query(f"{name}:{value}")
    assert not isinstance(parse_query(f"{name}:{value}").root, And)


@pytest.mark.parametrize("text", ["http://x", "Re:x", "note:x", "sorted:x"])
def test_another_name_before_a_colon_is_a_word(text: str) -> None:
    found = parse_query(text).root
    assert isinstance(found, Words)
    assert found.is_plain
    assert found.parts[-1][0] == "x"


@pytest.mark.parametrize("sort", SORTS)
def test_sort_holds_for_the_whole_query(sort: str) -> None:
    for text in (f"sort:{sort} one", f"one sort:{sort}", f"(one sort:{sort})"):
        assert parse_query(text).root == _word("one")
        assert parse_query(text).sort == sort
    assert parse_query(f"sort:year one sort:{sort}").sort == sort
    assert parse_query(f"sort:{sort}").root == And(())


@pytest.mark.parametrize("field", ["title", "author", "venue", "via"])
def test_text_filters(field: str) -> None:
    assert parse_query(f"{field}:bert").root == Words((("bert", 0),), field=field)
    assert parse_query(f"{field}:bert*").root == Words((("bert", 0),), field=field, is_prefix=True)
    assert parse_query(f'{field}:"a deep net"').root == Words(
        (("deep", 1), ("net", 2)), field=field
    )


@pytest.mark.parametrize("text", ["tag:nlp", "#nlp", "#NLP", "TAG:nlp", 'tag:"nlp"', "#/nlp/"])
def test_a_tag_and_those_in_it(text: str) -> None:
    assert parse_query(text).root == Label("tag:nlp", nested=True)


def test_labels_that_begin_so() -> None:
    assert parse_query("#nl*").root == Label("tag:nl", is_prefix=True)
    assert parse_query("topic:nl*").root == Label("topic:nl", is_prefix=True)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("year:2017", "2017", "2017"),
        ("year:2017..2019", "2017", "2019"),
        ("year:2017..", "2017", ""),
        ("year:..2017", "", "2017"),
        ("year:>=2017", "2017", ""),
        ("year:<=2017", "", "2017"),
        ("year:>2017", "2017~", ""),
        ("year:<2017", "", "2016~"),
        ("rating:4", "4", "4"),
        ("rating:>=4", "4", ""),
        ("added:2026", "2026-01-01", "2026-12-31"),
        ("added:2024-02", "2024-02-01", "2024-02-29"),
        ("added:2026-01-09", "2026-01-09", "2026-01-09"),
        ("added:>2026-01", "2026-01-31~", ""),
        ("added:<2026-02", "", "2026-02-00~"),
        ("added:2026-01..2026-03", "2026-01-01", "2026-03-31"),
    ],
)
def test_ranges(text: str, low: str, high: str) -> None:
    assert parse_query(text).root == Range(text.partition(":")[0], low, high)


@pytest.mark.parametrize("status", STATUSES)
def test_statuses(status: str) -> None:
    assert parse_query(f"status:{status.upper()}").root == Label(f"status:{status}")


@pytest.mark.parametrize("thing", THINGS)
def test_things_to_have(thing: str) -> None:
    assert parse_query(f"has:{thing}").root == Label(f"has:{thing}")


@pytest.mark.parametrize(
    "value",
    [
        "1706.03762", "1706.03762v5", "arXiv:1706.03762", "https://arxiv.org/abs/1706.03762v1",
        "http://www.arxiv.org/pdf/1706.03762v5.pdf", "arxiv.org/pdf/1706.03762.pdf",
    ],
)  # fmt: skip
def test_an_arxiv_id_however_it_is_written(value: str) -> None:
    assert parse_query(f"arxiv:{value}").root == Label("arxiv:1706.03762")


@pytest.mark.parametrize(
    "value", ["10.1/AB", "doi:10.1/ab", "https://doi.org/10.1/ab", "dx.doi.org/10.1/ab"]
)
def test_a_doi_however_it_is_written(value: str) -> None:
    assert parse_query(f"doi:{value}").root == Label("doi:10.1/ab")


def test_keys_are_folded() -> None:
    assert parse_query("cites:Devlin2019BERT").root == Label("cites:devlin2019bert")
    assert parse_query('citedby:"A  Key"').root == Label("citedby:a key")


# Mistakes: `^` marks the place


@pytest.mark.parametrize(
    ("message", "marked"),
    [
        ("missing )", "one ^(two"),
        ("missing )", "^((one)"),
        ("missing )", "(one ^("),
        ("missing )", "-^(one"),
        ("nothing to close", "one ^)"),
        ("nothing to close", "(one)^)"),
        ('missing "', 'one ^"two'),
        ('missing "', 'title:^"two'),
        ('missing "', '"one" -^"'),
        ("nothing to search for", "^OR one"),
        ("nothing to search for", "one ^OR"),
        ("nothing to search for", "one ^OR OR two"),
        ("nothing to search for", "one OR two ^OR"),
        ("nothing to search for", "(one ^OR)"),
        ("nothing to search for", "one ^()"),
        ("nothing to search for", "one ^( )"),
        ("nothing to search for", "^- one"),
        ("nothing to search for", "one ^-"),
        ("nothing to search for", "^tag: one"),
        ("nothing to search for", "-^title:"),
        ("nothing to search for", "one ^year:()"),
        ("nothing to search for", "^sort:"),
        ("nothing to search for", '^sort:"year"'),
        ("not a year", "year:^17"),
        ("not a year", "year:^.."),
        ("not a year", "year:>^x"),
        ("not a year", "year:2017..^x"),
        ("not a year", 'year:"^x"'),
        ("not a rating", "rating:^6"),
        ("not a rating", "rating:>=^0"),
        ("not a date", "added:^2026-13"),
        ("not a date", "added:^2026-02-29"),
        ("not a date", "added:2026..^soon"),
        ("not a date", "added:^0000"),
        ("not a status", "status:^done"),
        ("not a sort", "one sort:^size"),
        ("not a thing to have", "has:^wings"),
        ("not a thing to have", "😀 𠀀 é has:^wings"),
    ],
)
def test_mistakes(message: str, marked: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(marked.replace("^", ""))
    assert (caught.value.message, caught.value.place) == (message, marked.index("^"))


def test_parentheses_within_parentheses() -> None:
    assert parse_query("(" * DEEPEST + "one" + ")" * DEEPEST).root == _word("one")
    with pytest.raises(QueryError) as caught:
        parse_query("(" * 9999)
    assert (caught.value.message, caught.value.place) == ("too many (", 50)


# The word that is being typed


@pytest.mark.parametrize("text", ["att", "one att", "-att", "one OR att"])
def test_the_last_word_may_go_on(text: str) -> None:
    assert "{att@0 *~}" in show_query(parse_query(text, typing=True))
    assert "{att@0 ~}" in show_query(parse_query(text))


@pytest.mark.parametrize("text", ["at", "att ", "att one", '"att"', "title:att", "the"])
def test_other_words_may_not(text: str) -> None:
    shown = show_query(parse_query(text, typing=True))
    assert "*" not in shown.replace("{one@0 *~}", "")


_PIECES = st.sampled_from(
    [
        *"()\"-*#:", " ", "OR", " OR ", "att", "自注意", "year:", "added:", "2017", "..", ">=",
        "title:", "sort:", "has:", "😀", "\u0301", "$", "\\x", "arxiv:", "tag:", "-", "\x1c",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)), st.booleans())
def test_a_mistake_is_the_only_thing_that_can_happen(text: str, typing: bool) -> None:
    try:
        parse_query(text, typing=typing)
    except QueryError as error:
        assert 0 <= error.place <= len(text)
        assert error.message
