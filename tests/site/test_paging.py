"""Where the parts of long lists are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperkb.library.groups import Member
from paperkb.library.shelves import ALL, cut
from paperkb.paths import nested
from paperkb.site.paging import Place, offered, part_path, places


def test_the_first_part_has_the_address_of_the_list() -> None:
    assert part_path("tags/a.html", 1) == "tags/a.html"
    assert part_path("tags/a.html", 12) == "tags/a=12.html"


@given(st.text(max_size=8), st.text(max_size=8), st.integers(2, 20))
def test_a_part_is_in_the_place_of_no_other_list(name: str, other: str, part: int) -> None:
    assert part_path(f"tags/{nested(name)}.html", part) != f"tags/{nested(other)}.html"


def members(*years: int | None) -> list[Member]:
    return [Member(f"n{n}", year) for n, year in enumerate(years)]


def test_a_list_on_one_page_offers_no_choice() -> None:
    assert places(members(*range(1900, 2000)), cut("tag", 100), "tags/a.html") == []


def test_parts_are_called_by_the_years_of_their_papers() -> None:
    papers = members(*[1958] * 100, *[1999] * 50, *[2001] * 50, *[2020] * 30, *[None] * 170)
    assert places(papers, cut("tag", 400), "tags/a.html") == [
        Place(1, "tags/a.html", "1958"),
        Place(2, "tags/a=2.html", "1999–2001"),
        Place(3, "tags/a=3.html", "2020"),
        Place(4, "tags/a=4.html", ""),
    ]


def test_parts_from_the_end_keep_their_addresses() -> None:
    papers = members(*[2020] * 130, *[1999] * 100, *[1958] * 100)
    assert places(papers, cut(ALL[0], 330), "notes/index.html") == [
        Place(1, "notes/index.html", "2020"),
        Place(2, "notes/index=3.html", "1999"),
        Place(3, "notes/index=2.html", "1958"),
    ]


def list_of(number: int) -> list[Place]:
    return [Place(n, part_path("tags/a.html", n), "") for n in range(1, number + 1)]


@given(st.integers(1, 1200), st.data())
def test_of_very_many_parts_a_page_offers_some(number: int, data: st.DataObject) -> None:
    parts = list_of(number)
    here = data.draw(st.sampled_from(parts))
    pages = offered(parts, here.path)
    shown = [page for page in pages if page]
    assert len(pages) <= 36
    assert shown == sorted(set(shown))
    assert {parts[0], here, parts[-1]} <= set(shown)
    assert {*parts[max(0, here.place - 2) : here.place + 1]} <= set(shown)  # beside it
    assert (None in pages) == (len(shown) < number)


def test_what_is_left_out_is_a_gap() -> None:
    shown = [page.place if page else None for page in offered(list_of(100), "tags/a=35.html")]
    assert shown == [
        1, None, 10, None, 20, None, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, None, 50, None,
        60, None, 70, None, 80, None, 90, None, 100,
    ]  # fmt: skip
    assert offered(list_of(24), "tags/a=3.html") == list_of(24)
