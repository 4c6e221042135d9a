from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.library.published import bits_for, numbers_by_key, published
from paperkb.library.search_source import IndexSource
from tests.vaults import load_indexed, write_files

NUMBERS = st.lists(st.integers(0, (1 << 24) - 1), unique=True, max_size=200).map(sorted)


@given(NUMBERS)
def test_numbers_on_the_site_rise_with_those_of_the_index(numbers: list[int]) -> None:
    found = list(published(numbers).values())
    assert all(before < after for before, after in pairwise(found))


@given(NUMBERS.filter(bool), st.data())
def test_a_note_more_moves_only_those_beside_it(numbers: list[int], data: st.DataObject) -> None:
    without = [*numbers]
    gone = without.pop(data.draw(st.integers(0, len(numbers) - 1)))
    if bits_for(len(numbers)) != bits_for(len(without)):
        return
    before, after = published(without), published(numbers)
    moved = [number for number in without if before[number] != after[number]]
    first = numbers.index(gone) + 1
    assert moved == numbers[first : first + len(moved)]


@pytest.mark.parametrize(
    ("notes", "bits"), [(0, 12), (1000, 12), (1024, 13), (10_000, 16), (100_000, 19), (1 << 23, 24)]
)
def test_three_of_four_numbers_are_free(notes: int, bits: int) -> None:
    assert bits_for(notes) == bits


@pytest.mark.parametrize("many", [0, 100])
def test_entries_of_notes_that_moved_count_as_changed(tmp_path: Path, many: int) -> None:
    """Of 40 notes that come one by one, some take a number that another had."""
    moves = 0
    before: dict[str, int] = {}
    few = patch("paperkb.library.published.FEWEST", 0)
    with few, patch("paperkb.library.published.MANY", many):
        for number in range(40):
            write_files(tmp_path, {f"n{number}.md": f"# N{number}\n\nword{number} all"})
            library = load_indexed(tmp_path)
            sizes = IndexSource(library.index).sizes()
            changed = dict(zip(sizes.entry, sizes.changed, strict=True))
            generation = int(library.index.state("generation"))
            now = numbers_by_key(dict(library.index.rows("select key, number from note")))
            moved = {key for key in before if before[key] != now[key]}
            assert all(changed[f"word{key[1:]}"] == generation for key in moved)
            moves += len(moved)
            before = now
            library.close()
    assert moves > 3
