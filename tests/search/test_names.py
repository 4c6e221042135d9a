"""Names in short."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.search.names import common_start, packed_names


@pytest.mark.parametrize(
    ("names", "packed"),
    [
        ([], ""),
        (["bert"], "Abert"),
        (["bart", "bert", "berg", "gpt4"], "AbartBertDgAgpt4"),
        (["a" * 30, "a" * 30 + "b"], f"A{'a' * 30}Zaaaaab"),
        (["𝔟𝔢", "𝔟𝔯"], "A𝔟𝔢B𝔯"),
    ],
)
def test_a_name_is_what_it_adds_to_the_one_before(names: list[str], packed: str) -> None:
    assert packed_names(names) == packed


@given(st.lists(st.text("ab4é注", min_size=1, max_size=40), min_size=1, max_size=9))
def test_packed_names_can_be_read(names: list[str]) -> None:
    last, found = "", []
    for sign, letters in re.findall("([A-Z])([^A-Z]*)", packed_names(names)):
        last = last[: ord(sign) - ord("A")] + letters
        found.append(last)
    assert found == names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("bert", "berg", "ber"), ("bert", "ber", "ber"), ("", "bert", ""), ("ebrt", "bert", "")],
)
def test_with_what_two_words_begin(one: str, other: str, same: str) -> None:
    assert common_start(one, other) == common_start(other, one) == same
