"""What the index holds is read as it was written."""

from __future__ import annotations

import pytest

from paperkb.library.index import encode
from paperkb.library.rows import link_rows
from paperkb.library.stored import introduction_key, link_table, read_record, resolution_of
from paperkb.model import (
    Ambiguous,
    Fields,
    Found,
    FoundFile,
    Hidden,
    Known,
    Link,
    Missing,
    Note,
    Resolution,
    SamePage,
    Work,
)


@pytest.mark.parametrize(
    "resolution",
    [
        Found("b", "anchor"), Known("b"), FoundFile("x/y.png"), SamePage("here"), Missing("work"),
        Missing("file"), Missing("outside"), Ambiguous(("x/a", 'y/"a')), Hidden(),
    ],
)  # fmt: skip
def test_a_resolution_is_read_as_it_was_written(resolution: Resolution) -> None:
    (row,) = link_rows(
        Note("x", "x.md", Fields(Work("X"))), (Link("wikilink", "w"),), (resolution,), (resolution,)
    )
    assert resolution_of(row.outcome, row.target, row.anchor) == resolution


def test_a_record_is_the_fields_and_the_tags() -> None:
    record = (Fields(Work("T", year=1843), status="read"), ("tag",))
    assert read_record(encode(record)) == record


def test_links_of_introductions_are_kept_apart() -> None:
    assert link_table("key") != link_table(introduction_key("nlp"))
