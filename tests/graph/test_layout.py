"""Drawings of a note's neighbours: everything inside, and no label on another."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from paperkb.graph.layout import RADIUS, ROW, WIDTH, Layout, Work, label_box, lay_out, shortened

LABELS = st.text("aWi 注力é", max_size=60).map(shortened)
YEARS = st.none() | st.integers(1900, 2030)
WORKS = st.lists(st.builds(Work, LABELS, YEARS), max_size=24)


def drawn(
    layout: Layout, note: Work, cited: list[Work], citing: list[Work]
) -> list[tuple[float, float, float, float]]:
    """(left, right, x, y) of every dot with its label."""
    pairs = zip((layout.note, *layout.cited, *layout.citing), (note, *cited, *citing), strict=True)
    boxes = []
    for dot, work in pairs:
        start, end = label_box(dot, work.label, is_bold=dot is layout.note)
        boxes.append((min(start, dot.x - RADIUS), max(end, dot.x + RADIUS), dot.x, dot.y))
    return boxes


@settings(max_examples=150)
@given(st.builds(Work, LABELS, YEARS), WORKS, WORKS)
def test_nothing_overlaps_and_nothing_is_outside(
    note: Work, cited: list[Work], citing: list[Work]
) -> None:
    layout = lay_out(note, cited, citing)
    boxes = drawn(layout, note, cited, citing)
    for (left, right, _, y), (other_left, other_right, _, other_y) in itertools.combinations(
        boxes, 2
    ):
        assert abs(y - other_y) >= ROW or right <= other_left or other_right <= left
    for left, right, _, y in boxes:
        assert 0 <= left < right <= WIDTH
        assert ROW <= y <= layout.height - ROW
    assert layout == lay_out(note, cited, citing)


@settings(max_examples=100)
@given(st.builds(Work, LABELS, YEARS), WORKS, WORKS)
def test_years_run_from_left_to_right(note: Work, cited: list[Work], citing: list[Work]) -> None:
    layout = lay_out(note, cited, citing)
    works = (note, *cited, *citing)
    dots = (layout.note, *layout.cited, *layout.citing)
    years = [(work.year or 0, dot.x) for work, dot in zip(works, dots, strict=True)]
    for (year, x), (other, other_x) in itertools.combinations(years, 2):
        assert (year < other) == (x < other_x)
    ticks = [tick.x for tick in layout.ticks]
    assert all(second - first >= 40 for first, second in itertools.pairwise(ticks))


def test_what_a_note_cites_is_above_it_and_what_cites_it_below() -> None:
    layout = lay_out(Work("a", 2000), [Work("b", 1990)], [Work("c", 2010)])
    assert layout.cited[0].y < layout.note.y < layout.citing[0].y


def test_one_old_paper_leaves_room_for_the_others() -> None:
    layout = lay_out(Work("a", 2020), [Work("b", 1905), Work("c", 2018), Work("d", 2019)], [])
    assert layout.note.x - layout.cited[1].x > WIDTH / 8


def test_long_labels_are_cut() -> None:
    assert shortened("Vaswani 2017") == "Vaswani 2017"
    assert shortened("x" * 50) == "x" * 25 + "…"
    assert len(shortened("注" * 50)) < 20
