"""The figures of the home page: numbers of what notes say, and nothing of what day it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperkb.library.calendar import Days
from paperkb.site.figures import FEWEST_MONTHS, HEIGHT, MONTHS, WEEKS, months, streak


def added(*days: str) -> list[Days]:
    return [Days(f"n{n}", "", day, "", "") for n, day in enumerate(days)]


def finished(*days: str) -> list[Days]:
    return [Days(f"n{n}", "", "", "", day) for n, day in enumerate(days)]


def test_months_end_with_the_last_event_and_count_what_happened() -> None:
    made = months([*added("2024-01-31", "2024-03-01", "2024-03-02"), *finished("2024-02-29")])
    assert [(m.name, m.added, m.finished) for m in made[-3:]] == [
        ("2024-01", 1, 0), ("2024-02", 0, 1), ("2024-03", 2, 0),
    ]  # fmt: skip
    assert [(m.up, m.down) for m in made[-3:]] == [
        (HEIGHT // 2, 0), (0, HEIGHT // 2), (HEIGHT, 0),
    ]  # fmt: skip
    assert len(made) == FEWEST_MONTHS
    assert made[0].name == "2023-04"


def test_only_the_last_months_and_weeks_are_shown() -> None:
    assert len(months(added("1999-01-01", "2024-03-01"))) == MONTHS
    found = streak(finished("1999-01-01", "2024-03-01"))
    assert found
    assert len(found.weeks) == WEEKS


def test_without_a_day_there_is_no_figure() -> None:
    assert months(added("")) == ()
    assert streak(added("2024-01-01")) is None


def test_weeks_in_a_row_at_most_and_at_the_end() -> None:
    # Mondays: 2024-01-01, -08, -15; then a gap; 2024-02-05 and a Sunday of the next week.
    found = streak(finished("2024-01-01", "2024-01-14", "2024-01-15", "2024-02-05", "2024-02-18"))
    assert found
    assert (found.longest, found.last) == (3, 2)
    assert [(w.monday, w.events) for w in found.weeks[-2:]] == [
        ("2024-02-05", 1), ("2024-02-12", 1),
    ]  # fmt: skip


@given(st.lists(st.dates().map(str), max_size=8))
def test_any_days_make_figures(days: list[str]) -> None:
    for month in months([*added(*days), *finished(*days)]):
        assert 0 <= month.up == month.down <= HEIGHT
    found = streak(finished(*days))
    assert (found is None) == (not days)
