"""Which pages are stale, said by a process beside this one or, where there is none, by this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.library.cells import cell, packed
from paperkb.library.changes import Changes
from paperkb.library.index import Index
from paperkb.library.site_record import PageRecord, SiteRecord
from paperkb.library.stale_pages import SiteState, StalePages
from paperkb.watch import SILENT


@pytest.fixture(params=[True, False], ids=["beside", "here"])
def index(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Index:
    """An index that remembers a site in ``tmp_path``."""
    monkeypatch.setattr("paperkb.beside.can_fork", lambda: request.param)
    made = Index(tmp_path / "index.sqlite")
    save(made, tmp_path, "m", {"home": "one", "a": "two"})
    return made


def save(index: Index, out: Path, manifest: str, pages: dict[str, str]) -> None:
    with index.transaction():
        Changes(index, SILENT).record()
    rows = [(id_, PageRecord(id_, packed({cell(name)}))) for id_, name in pages.items()]
    SiteRecord(index, out, "", "t").save(manifest, "t", rows, [])


def ask(pages: StalePages, state: SiteState, name: str) -> set[str]:
    pages.ask(state, {cell(name), cell("nothing")})
    return pages.answer()


@pytest.mark.parametrize(("name", "stale"), [("one", {"home"}), ("two", {"a"}), ("three", set())])
def test_pages_are_stale_that_read_what_was_touched(
    index: Index, tmp_path: Path, name: str, stale: set[str]
) -> None:
    assert index.path
    pages = StalePages(index.path, tmp_path)
    assert ask(pages, SiteState("m", "t", 1), name) == stale


def test_a_site_that_another_build_made_in_between_is_read_again(
    index: Index, tmp_path: Path
) -> None:
    assert index.path
    pages = StalePages(index.path, tmp_path)
    save(index, tmp_path, "n", {"home": "one", "b": "one"})
    assert ask(pages, SiteState("n", "t", 2), "one") == {"home", "b"}
