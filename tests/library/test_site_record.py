"""What is remembered of a site, and when nothing is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from paperkb.library.cells import cell, packed
from paperkb.library.changes import Changes
from paperkb.library.index import Index
from paperkb.library.site_record import PageRecord, SiteRecord
from paperkb.watch import SILENT

HOME = PageRecord("index.html", packed({cell("one"), cell("two")}))
NOTE = PageRecord("notes/a.html", packed({cell("three")}))
MADE = [("home", HOME), ("note\x1fa\x1f1", NOTE)]
IDS = ["home", "note\x1fa\x1f1", "note\x1fb\x1f1"]
PATHS = {id_: record.path for id_, record in MADE}


def touch(index: Index, *names: str) -> None:
    changes = Changes(index, SILENT)
    for name in names:
        changes.touch(name)
    with index.transaction():
        changes.record()


@pytest.fixture
def built(tmp_path: Path) -> Index:
    """An index that remembers a site in ``tmp_path``."""
    index = Index()
    touch(index, "before")
    SiteRecord(index, tmp_path, "", "t").save("m", "t", MADE, [])
    return index


def test_of_a_new_site_nothing_is_known(tmp_path: Path) -> None:
    record = SiteRecord(Index(), tmp_path, "m", "t")
    assert (record.touched, record.paths_of(IDS), record.generation) == (None, {}, 0)
    assert (record.ids_of("note"), record.stale(["index.html"])) == (set(), set())


def test_a_site_is_remembered_with_its_pages(built: Index, tmp_path: Path) -> None:
    record = SiteRecord(built, tmp_path, "m", "t")
    assert record.touched == set()
    assert record.paths_of(IDS) == PATHS
    assert record.stale([]) == set()


@pytest.mark.parametrize(
    ("names", "changed", "stale"),
    [
        (["two"], [], {"home"}),
        (["three", "four"], [], {"note\x1fa\x1f1"}),
        (["four"], ["index.html", "nothing.html"], {"home"}),
        (["one", "three"], ["index.html"], {"home", "note\x1fa\x1f1"}),
    ],
)
def test_a_page_is_stale_if_a_cell_was_touched_or_its_file_changed(
    built: Index, tmp_path: Path, names: list[str], changed: list[str], stale: set[str]
) -> None:
    touch(built, *names)
    assert SiteRecord(built, tmp_path, "m", "t").stale(changed) == stale


def test_what_was_touched_since_is_known(built: Index, tmp_path: Path) -> None:
    touch(built, "after")
    assert SiteRecord(built, tmp_path, "m", "t").touched == {cell("after")}
    SiteRecord(built, tmp_path, "m", "t").save("m", "t", [], [])
    assert SiteRecord(built, tmp_path, "m", "t").touched == set()


@pytest.mark.parametrize(
    "other",
    [
        lambda index, out: SiteRecord(index, out, "other", "t"),
        lambda index, out: SiteRecord(index, out, "m", "other"),
        lambda index, out: SiteRecord(index, out / "x", "m", "t"),
        lambda index, out: SiteRecord(index, out, "", "t"),
    ],
    ids=["manifest", "templates", "folder", "no site"],
)
def test_a_site_that_is_not_as_remembered_is_not_known(
    built: Index, tmp_path: Path, other: Callable[[Index, Path], SiteRecord]
) -> None:
    record = other(built, tmp_path)
    assert (record.touched, record.paths_of(IDS)) == (None, {})


def test_pages_are_made_anew_stay_and_go(built: Index, tmp_path: Path) -> None:
    new = PageRecord("notes/b.html", b"")
    SiteRecord(built, tmp_path, "m", "t").save("n", "t", [("note\x1fb\x1f1", new)], ["home"])
    record = SiteRecord(built, tmp_path, "n", "t")
    assert record.paths_of(IDS) == {"note\x1fa\x1f1": NOTE.path, "note\x1fb\x1f1": new.path}


def test_a_site_that_was_not_known_is_remembered_alone(built: Index, tmp_path: Path) -> None:
    SiteRecord(built, tmp_path, "other", "t").save("m", "t", [("home", HOME)], [])
    assert SiteRecord(built, tmp_path, "m", "t").paths_of(IDS) == {"home": HOME.path}


def test_pages_of_a_kind_are_found_by_their_ids(built: Index, tmp_path: Path) -> None:
    more = [(f"{kind}\x1fx\x1f1", HOME) for kind in ("notes", "not", "note", "plan")]
    record = SiteRecord(built, tmp_path, "m", "t")
    record.save("m", "t", more, [])
    assert record.ids_of("note") == {"note\x1fa\x1f1", "note\x1fx\x1f1"}


def test_an_edit_while_the_site_is_built_is_noticed(built: Index, tmp_path: Path) -> None:
    record = SiteRecord(built, tmp_path, "m", "t")
    assert not record.is_behind()
    touch(built, "meanwhile")
    assert record.is_behind()
    record.save("m", "t", MADE, [])
    assert SiteRecord(built, tmp_path, "m", "t").touched == {cell("meanwhile")}


def test_a_site_of_before_all_was_forgotten_is_not_known(built: Index, tmp_path: Path) -> None:
    """Its build was under way while another process forgot what was touched when."""
    record = SiteRecord(built, tmp_path, "m", "t")
    changes = Changes(built, SILENT, is_first=True)
    with built.transaction():
        changes.record()
    record.save("m", "t", MADE, [])
    assert SiteRecord(built, tmp_path, "m", "t").touched is None
    SiteRecord(built, tmp_path, "", "t").save("m", "t", MADE, [])
    assert SiteRecord(built, tmp_path, "m", "t").touched == set()


def test_sites_whose_folders_are_gone_are_forgotten(built: Index, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    SiteRecord(built, gone, "m", "t").save("m", "t", MADE, [])
    gone.rmdir()
    SiteRecord(built, tmp_path, "m", "t").save("m", "t", [], [])
    assert built.rows("select distinct out from page") == [(str(tmp_path),)]
    assert built.rows("select out from site") == [(str(tmp_path),)]


def test_two_sites_of_one_vault_are_remembered_apart(built: Index, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    SiteRecord(built, other, "m", "t").save("m", "t", [("home", NOTE)], [])
    assert SiteRecord(built, other, "m", "t").paths_of(IDS) == {"home": NOTE.path}
    assert SiteRecord(built, tmp_path, "m", "t").paths_of(IDS) == PATHS


def test_pages_may_be_kept_before_the_site_is_saved(built: Index, tmp_path: Path) -> None:
    new = PageRecord("notes/b.html", b"")
    record = SiteRecord(built, tmp_path, "m", "t")
    record.keep([("note\x1fb\x1f1", new)])
    record.keep([("home", NOTE)])
    assert SiteRecord(built, tmp_path, "m", "t").paths_of(IDS) == PATHS
    record.save("n", "t", [], [])
    after = SiteRecord(built, tmp_path, "n", "t")
    assert after.paths_of(IDS) == {**PATHS, "home": NOTE.path, "note\x1fb\x1f1": new.path}
    assert built.rows("select * from made") == []


def test_a_site_that_is_made_as_a_whole_is_known_when_all_of_it_is_made(
    built: Index, tmp_path: Path
) -> None:
    record = SiteRecord(built, tmp_path, "m", "other")
    record.keep([("home", NOTE)])
    for made_from in ("t", "other"):  # as if that build was killed here
        assert SiteRecord(built, tmp_path, "m", made_from).touched is None
    record.keep([("note\x1fb\x1f1", NOTE)])
    record.save("n", "other", [], [])
    after = SiteRecord(built, tmp_path, "n", "other")
    assert after.paths_of(IDS) == {"home": NOTE.path, "note\x1fb\x1f1": NOTE.path}


@pytest.mark.parametrize("keeps", [True, False])
def test_what_a_killed_build_kept_is_forgotten(
    built: Index, tmp_path: Path, *, keeps: bool
) -> None:
    SiteRecord(built, tmp_path, "m", "t").keep([("home", NOTE)])
    record = SiteRecord(built, tmp_path, "m", "t")
    if keeps:
        record.keep([])
    record.save("n", "t", [], [])
    assert SiteRecord(built, tmp_path, "n", "t").paths_of(IDS) == PATHS


def test_pages_that_could_not_be_kept_are_a_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices: list[str] = []
    index = Index(None, notices.append)
    record = SiteRecord(index, tmp_path, "", "t")

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as disk:
        disk.setattr(index, "write", full)
        record.keep(MADE[:1])
    record.keep(MADE[1:])
    record.save("m", "t", [], [])
    assert len(notices) == 1 and "full" in notices[0]
    assert SiteRecord(index, tmp_path, "m", "t").touched is None


def test_what_cannot_be_remembered_is_a_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices: list[str] = []
    index = Index(None, notices.append)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(index, "write", full)
    SiteRecord(index, tmp_path, "", "t").save("m", "t", MADE, [])
    assert len(notices) == 1
    assert SiteRecord(index, tmp_path, "m", "t").touched is None
