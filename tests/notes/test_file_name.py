"""Titles and dates from file names, when nothing else tells them."""

from __future__ import annotations

import datetime

import pytest

from paperkb.notes.file_name import read_file_name

DAY = datetime.date(2019, 5, 1)


@pytest.mark.parametrize(
    ("stem", "title", "added"),
    [
        ("vaswani2017attention", "vaswani2017attention", None),
        ("2019-05-01-attention-is-all", "Attention is all", DAY),
        ("2019-13-45-no-such-day", "No such day", None),
        ("@vaswani2017", "vaswani2017", None),
        ("snake_case_name", "snake case name", None),
        ("1706.03762", "1706.03762", None),
        ("_", "_", None),
    ],
)
def test_a_stem(stem: str, title: str, added: datetime.date | None) -> None:
    assert read_file_name(stem) == (title, added)
