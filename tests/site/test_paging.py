"""Long lists in parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.library.groups import Member
from paperkb.paths import nested
from paperkb.site.paging import PER_PAGE, Part, all_parts, count_parts, part_of, part_path


@pytest.mark.parametrize(
    ("papers", "parts"),
    [(0, [1]), (1, [1]), (100, [1]), (101, [1, 2]), (200, [1, 2]), (201, [1, 2, 3])],
)
def test_every_hundred_papers_begin_a_part(papers: int, parts: list[int]) -> None:
    assert list(count_parts(papers)) == parts


def test_the_first_part_has_the_address_of_the_list() -> None:
    assert part_path("tags/a.html", 1) == "tags/a.html"
    assert part_path("tags/a.html", 12) == "tags/a=12.html"


@given(st.text(max_size=8), st.text(max_size=8), st.integers(2, 20))
def test_a_part_is_in_the_place_of_no_other_list(name: str, other: str, part: int) -> None:
    assert part_path(f"tags/{nested(name)}.html", part) != f"tags/{nested(other)}.html"


def members(*years: int | None) -> list[Member]:
    return [Member(f"n{n}", year) for n, year in enumerate(years)]


@given(st.integers(0, 450))
def test_every_paper_is_in_one_part(count: int) -> None:
    papers = members(*range(count))
    parts = [part_of(papers, number) for number in count_parts(count)]
    assert [paper for part in parts for paper in part] == papers
    assert all(len(part) <= PER_PAGE for part in parts)


def test_a_list_on_one_page_offers_no_choice() -> None:
    assert all_parts(members(*range(1900, 2000)), "tags/a.html") == []


def test_parts_are_called_by_the_years_of_their_papers() -> None:
    papers = members(*[1958] * 100, *[1999] * 50, *[2001] * 50, *[2020] * 30, *[None] * 170)
    assert all_parts(papers, "tags/a.html") == [
        Part(1, "tags/a.html", "1958"),
        Part(2, "tags/a=2.html", "1999–2001"),
        Part(3, "tags/a=3.html", "2020"),
        Part(4, "tags/a=4.html", ""),
    ]


def test_years_are_in_order_where_the_latest_stand_first() -> None:
    papers = members(*[2020] * 100, *[1990] * 60)
    assert [part.span for part in all_parts([*papers], "x.html")] == ["2020", "1990"]
    papers = members(*[2020] * 60, *[1990] * 60)
    assert all_parts(papers, "x.html")[0].span == "1990–2020"
