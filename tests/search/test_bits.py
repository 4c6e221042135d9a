"""Lists of numbers in bits: what Python writes, the browser reads."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.search.bits import (
    fixed,
    gamma,
    listed,
    packed,
    placed,
    ranked,
    rice,
    rice_width,
    rising,
)
from paperkb.search.document import pack_places

SETS = [
    [],
    [0],
    [7],
    [(1 << 24) - 1],
    [0, 1, 2, 3],
    [5, 6, 70_000],
    list(range(0, 3000, 3)),
    sorted(random.Random(1).sample(range(1 << 16), 500)),
    [*range(100), (1 << 24) - 1],
]
PLACES = [
    [[0]],
    [[], [3], [0, 1, 2], [500]],
    [[250, 300, 4000]] * 3,
    [[number] for number in range(100)],
    [list(range(200)), []],
]


def test_short_numbers_are_short() -> None:
    assert [gamma(number) for number in (1, 2, 3, 4, 9)] == ["1", "010", "011", "00100", "0001001"]
    assert [rice(2, number) for number in (0, 3, 4, 13)] == ["000", "011", "1000", "111001"]
    assert [fixed(3, number) for number in (0, 5)] == ["000", "101"]
    assert (fixed(0, 0), rice(0, 3)) == ("", "1110")


@pytest.mark.parametrize(
    ("total", "count", "width"), [(0, 0, 0), (0, 3, 0), (3, 3, 0), (8, 4, 1), (4000, 4, 9)]
)
def test_a_width_is_that_of_what_is_usual(total: int, count: int, width: int) -> None:
    assert rice_width(total, count) == width


def test_bits_are_filled_up_to_bytes() -> None:
    assert [packed(bits) for bits in ("", "1", "00000001", "111111110")] == ["", "gA", "AQ", "/wA"]


@given(st.sets(st.integers(0, (1 << 24) - 1), min_size=1, max_size=300))
def test_numbers_take_little_more_than_they_must(numbers: set[int]) -> None:
    """Of each, two bits more than the usual distance has; and what goes before."""
    usual = ((1 << 24) // len(numbers)).bit_length()
    assert len(rising(sorted(numbers))) <= len(numbers) * (usual + 2) + 40


@pytest.mark.browser
def test_the_browser_reads_them(shared: Any) -> None:
    read = """([sets, lists, places]) => [
      sets.map((packed) => new paperkb.Bits(packed).rising()),
      lists.map((packed) => new paperkb.Bits(packed).listed()),
      places.map(([packed, notes]) => new paperkb.Bits(packed).placed(notes)),
    ]"""
    lists = [[3, 1, 2], [], [0], [1 << 23, 0], [*reversed(range(1000))]]
    written = [
        [packed(rising(numbers)) for numbers in SETS],
        [packed(listed(numbers)) for numbers in lists],
        [(packed(placed([pack_places(note) for note in notes])), len(notes)) for notes in PLACES],
    ]
    assert shared.evaluate(read, written) == [SETS, lists, PLACES]


@pytest.mark.browser
def test_the_browser_reads_weights_by_their_rank(shared: Any) -> None:
    read = "([packed, size]) => Array.from({length: size}, function () { return this.gamma(); },"
    read += " new paperkb.Bits(packed))"
    among, values = [872, 983, 12], [12, 872, 983, 983, 872]
    ranks = shared.evaluate(read, [packed(ranked(values, among)), len(values)])
    assert [among[rank - 1] for rank in ranks] == values
