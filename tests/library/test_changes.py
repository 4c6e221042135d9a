"""What an update touched, and who read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.library import changes as module
from paperkb.library.cells import cell, packed
from paperkb.library.changes import Changes
from paperkb.library.index import Index
from paperkb.library.site_record import PageRecord, SiteRecord
from paperkb.watch import SILENT


def recorded(index: Index, *names: str, is_first: bool = False) -> Changes:
    changes = Changes(index, SILENT, is_first)
    for name in names:
        changes.touch("work", name)
    with index.transaction():
        changes.record()
    return changes


def cells(index: Index) -> dict[int, int]:
    return dict(index.rows("select id, generation from cell"))


def test_every_update_is_a_generation_that_its_cells_bear() -> None:
    index = Index()
    recorded(index, is_first=True)
    recorded(index, "a", "b")
    recorded(index, "b")
    assert index.state("generation") == "3"
    assert cells(index) == {cell("work", "a"): 2, cell("work", "b"): 3}


def test_nobody_can_have_read_anything_before_the_first() -> None:
    index = Index()
    changes = recorded(index, "a", is_first=True)
    assert (changes.touched, cells(index)) == (set(), {})


def test_those_who_read_a_touched_cell_are_named() -> None:
    index = Index()
    with index.transaction():
        index.write(
            "insert into reads values (?, ?)",
            [("a", packed({1, cell("name", "stem", "x")})), ("b", packed({1, 2}))],
        )
    changes = Changes(index, SILENT)
    changes.touch("text", "a")  # nothing that a link asks for
    assert changes.readers() == set()
    changes.touch_names({("stem", "x"), ("alias", "y")})
    assert changes.readers() == {"a"}


@pytest.mark.parametrize("is_first", [False, True])
def test_where_cells_are_forgotten_every_site_is_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_first: bool
) -> None:
    """The first note of a vault, or more cells than are kept: all that was made is stale."""
    index = Index()
    recorded(index, "a")
    record = SiteRecord(index, tmp_path, "m", "t")
    record.save("m", "t", [("home", PageRecord("index.html", b""))], [])
    assert SiteRecord(index, tmp_path, "m", "t").touched == set()
    monkeypatch.setattr(module, "_MOST_CELLS", 0)
    recorded(index, "b", is_first=is_first)
    assert cells(index) == {}
    again = SiteRecord(index, tmp_path, "m", "t")
    assert (again.touched, again.ids_of("note")) == (None, set())
