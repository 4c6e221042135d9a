"""The numbers of BM25F (docs/search.md, «Scores»)."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.search.scores import FIELDS, rarity, rounded, saturated, share, weight


def test_the_table_of_fields() -> None:
    assert list(FIELDS) == [
        "title", "aliases", "authors", "tags", "tldr", "abstract", "headings", "body",
    ]  # fmt: skip
    assert [field.boost for field in FIELDS.values()] == [6, 5, 4, 4, 3, 2, 2, 1]
    assert [field.usual for field in FIELDS.values()] == [8, 3, 8, 5, 20, 150, 15, 400]


@pytest.mark.parametrize("name", FIELDS)
def test_a_share_is_the_boost_by_how_long_the_field_is(name: str) -> None:
    boost, usual = FIELDS[name]
    for words, steps in ((1, 0), (2, 3), (10, 10), (1000, 30)):
        length = 1.25**steps
        assert length <= words < length * 1.25
        assert share(name, words) == pytest.approx(boost / (0.5 + 0.5 * length / usual))


def test_a_share_counts_lengths_in_steps() -> None:
    assert share("body", 400) == share("body", 401)
    assert share("body", 300) > share("body", 400)
    assert share("title", 0) == share("title", 1)


@pytest.mark.parametrize(
    ("hits", "stored"),
    [(0.0004, 1), (0.0015, 2), (1.0, 1000), (1.2344, 1234), (1.2346, 1235), (1000.0, 65535)],
)
def test_a_weight_is_in_thousandths_and_fits(hits: float, stored: int) -> None:
    assert weight(hits) == stored


def test_rarity_is_the_inverse_document_frequency() -> None:
    assert rarity(10, 1) == pytest.approx(math.log(1 + 9.5 / 1.5))
    assert rarity(10, 10) == pytest.approx(math.log(1 + 0.5 / 10.5))


def test_weights_saturate() -> None:
    assert saturated(1200) == pytest.approx(1.1)
    assert saturated(0) == 0
    assert saturated(65535) < 2.2


@pytest.mark.parametrize(
    ("score", "nine"),
    [(0.0, 0.0), (0.1234567894, 0.123456789), (1.0000000006, 1.000000001), (12.0, 12.0)],
)
def test_scores_have_nine_decimals(score: float, nine: float) -> None:
    assert rounded(score) == nine


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_rarer_a_term_the_more_it_counts(notes: int, of_them: int) -> None:
    of_them = min(of_them, notes)
    assert rarity(notes, of_them) > 0
    assert rarity(notes, of_them) >= rarity(notes, min(of_them + 1, notes))


@given(st.integers(1, 65534))
def test_more_weight_is_more_score(stored: int) -> None:
    assert 0 < saturated(stored) < saturated(stored + 1)
