"""The order of papers on a shelf, and its parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.library.shelves import ALL, CITING, PER_PART, cut, span
from tests.vaults import Vault


def test_oldest_first_exact_dates_before_the_year_alone_undated_last(vault: Vault) -> None:
    library = vault(
        {
            "a.md": "text",
            "b.md": "---\nyear: 2017\n---\n",
            "c.md": "---\ndate: 2017-12-01\n---\n",
            "d.md": "---\ndate: 2017-01-02\n---\n",
            "e.md": "---\nyear: 1986\n---\n",
        }
    )
    assert [line.key for line in library.lines()] == ["e", "d", "c", "b", "a"]


@pytest.mark.parametrize(
    ("papers", "parts"),
    [(0, [1]), (1, [1]), (100, [1]), (101, [1, 2]), (200, [1, 2]), (201, [1, 2, 3])],
)
def test_every_hundred_papers_begin_a_part(papers: int, parts: list[int]) -> None:
    assert [part.number for part in cut("tag", papers)] == parts


@pytest.mark.parametrize(
    ("papers", "parts"),
    [
        (0, [(1, 0, 0)]),
        (199, [(1, 0, 199)]),
        (200, [(1, 0, 100), (2, 100, 200)]),
        (301, [(1, 0, 101), (3, 101, 201), (2, 201, 301)]),
    ],
)
def test_a_list_that_begins_with_the_latest_is_cut_from_its_end(
    papers: int, parts: list[tuple[int, int, int]]
) -> None:
    assert [tuple(part) for part in cut(ALL[0], papers)] == parts


@given(st.integers(0, 900), st.sampled_from(("tag", CITING, ALL[0])))
def test_every_paper_is_in_one_part(size: int, kind: str) -> None:
    parts = cut(kind, size)
    assert [n for part in parts for n in range(part.start, part.end)] == list(range(size))
    assert all(part.end - part.start < 2 * PER_PART for part in parts)
    assert sorted(part.number for part in parts) == list(range(1, len(parts) + 1))


@given(st.integers(200, 900))
def test_a_new_paper_changes_the_part_that_grows(size: int) -> None:
    """As seen from the oldest paper, all others stay where they are."""
    before = {p.number: size - p.start for p in cut(ALL[0], size)[1:]}
    after = {p.number: size + 1 - p.start for p in cut(ALL[0], size + 1)[1:]}
    assert before.items() <= after.items()


def test_years_are_written_as_a_span() -> None:
    assert span([]) == span([None]) == ""
    assert span([2017, None, 2017]) == "2017"
    assert span([2017, 1999]) == "1999–2017"
