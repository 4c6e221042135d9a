"""Cells: a number for every fact, and whether something is stale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.library.cells import cell, is_stale, packed

CELLS = st.sets(st.integers(-(2**63), 2**63 - 1), max_size=30)


def test_a_fact_has_one_number_whoever_asks_and_whenever() -> None:
    assert cell("work", "vaswani2017attention") == -2863251627863070542
    assert cell("a", "b") != cell("b", "a")
    assert cell("a", "b") != cell("ab")


@pytest.mark.parametrize("name", ["", "\ud800", "日本語" * 1000])
def test_any_text_may_name_a_fact(name: str) -> None:
    assert -(2**63) <= cell("work", name) < 2**63


@given(CELLS, CELLS)
def test_stale_is_what_read_a_cell_that_was_touched(read: set[int], touched: set[int]) -> None:
    assert is_stale(packed(read), touched) == bool(read & touched)


@given(CELLS)
def test_the_same_cells_are_stored_as_the_same_bytes(cells: set[int]) -> None:
    assert packed(cells) == packed(sorted(cells, reverse=True))
    assert len(packed(cells)) == 8 * len(cells)
