"""The index: opened, made anew where it is damaged, done without where it cannot be."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.beside import aside
from paperkb.library.index import (
    Index,
    IndexDamaged,
    decode,
    encode,
    forget_index,
    index_path,
    open_index,
)
from paperkb.library.tables import SCHEMA
from paperkb.model import Fields, KnownWork, ParsedNote, Place, Work
from tests.vaults import load_indexed, write_files


def opened(root: Path) -> Index:
    """The index of a folder, which must work."""
    return open_index(root, pytest.fail)


def keep(index: Index, value: str) -> None:
    with index.transaction():
        index.set_state("name", value)


def test_what_is_kept_is_there_for_the_next(tmp_path: Path) -> None:
    index = opened(tmp_path)
    assert index.path == tmp_path / ".paperkb" / "index.sqlite" == index_path(tmp_path)
    assert index.state("name") == ""
    keep(index, "value")
    index.close()
    assert opened(tmp_path).state("name") == "value"


def test_an_index_in_memory_is_like_any_other_and_leaves_nothing() -> None:
    index = Index()
    keep(index, "value")
    assert index.state("name") == "value"
    assert index.path is None
    assert Index().state("name") == ""


def test_all_of_a_transaction_is_kept_or_nothing(tmp_path: Path) -> None:
    index = opened(tmp_path)
    keep(index, "before")
    with pytest.raises(KeyboardInterrupt), index.transaction():
        index.set_state("name", "after")
        raise KeyboardInterrupt
    assert index.state("name") == "before"
    keep(index, "later")
    assert index.state("name") == "later"


def test_a_wrong_query_is_no_damage() -> None:
    """The index would be removed, and the same fault met again."""
    with pytest.raises(sqlite3.ProgrammingError):
        Index().rows("select * from state where name = ?")


def test_a_query_has_rows_or_one_value_or_none() -> None:
    index = Index()
    with index.transaction():
        index.write("insert into state values (?, ?)", [("a", "1"), ("b", "2")])
    assert index.rows("select * from state order by name") == [("a", "1"), ("b", "2")]
    assert index.value("select value from state where name = ?", "b") == "2"
    assert index.value("select value from state where name = ?", "c") is None


@pytest.mark.parametrize(
    "damage",
    [b"", b"not a database at all, but long enough to look like one" * 40, None],
    ids=["empty", "garbage", "version"],
)
def test_a_damaged_index_is_a_new_one(tmp_path: Path, damage: bytes | None) -> None:
    index = opened(tmp_path)
    keep(index, "value")
    index.close()
    path = index_path(tmp_path)
    if damage is None:
        with sqlite3.connect(path) as connection:
            connection.execute(f"pragma user_version = {SCHEMA + 1}")
    else:
        path.write_bytes(damage)
    assert opened(tmp_path).state("name") == ""
    keep(opened(tmp_path), "new")
    assert opened(tmp_path).state("name") == "new"


@pytest.mark.parametrize("start", [100, 4096, 8192, 40_000])
def test_damage_inside_the_file_is_made_good_or_said(tmp_path: Path, start: int) -> None:
    write_files(tmp_path, {f"{n}.md": f"# {n}\n[[{n + 1}]] #tag{n}\n" for n in range(200)})
    library = load_indexed(tmp_path)
    notes, bodies = library.notes, [library.body(note) for note in library.notes]
    library.close()
    path = index_path(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[:start] + b"\xff" * (len(data) - start))
    for _ in range(2):
        try:
            library = load_indexed(tmp_path)
            assert library.notes == notes
            assert [library.body(note) for note in library.notes] == bodies
            break
        except IndexDamaged:
            forget_index(tmp_path)
    else:
        pytest.fail("a forgotten index is damaged")


def test_no_index_at_all_is_a_notice_and_one_in_memory(tmp_path: Path) -> None:
    (tmp_path / ".paperkb").write_text("in the way", encoding="utf-8")
    notices: list[str] = []
    index = open_index(tmp_path, notices.append)
    assert index.path is None
    keep(index, "value")
    assert index.state("name") == "value"
    assert [notice.partition(":")[0] for notice in notices] == ["the index is not used"]


def test_an_index_that_is_abandoned_says_so_and_goes_on_empty_in_memory(tmp_path: Path) -> None:
    notices: list[str] = []
    index = open_index(tmp_path, notices.append)
    keep(index, "value")
    index.abandon("the disk is full")
    assert (index.path, index.state("name")) == (None, "")
    assert notices == ["the index is not used: the disk is full"]
    assert opened(tmp_path).state("name") == "value"


def test_a_read_only_vaults_index_is_in_the_cache_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    vault = tmp_path / "vault"
    write_files(vault, {"a.md": "# A"})
    vault.chmod(0o555)
    try:
        load_indexed(vault).close()
        assert not (vault / ".paperkb").exists()
        assert index_path(vault).is_relative_to(tmp_path / "cache")
        assert index_path(vault).is_file()
        assert index_path(tmp_path / "other") != index_path(vault)
    finally:
        vault.chmod(0o755)


def test_a_process_that_was_forked_reads_by_a_connection_of_its_own(tmp_path: Path) -> None:
    index = Index(tmp_path / "index.sqlite")
    with index.transaction():
        index.set_state("word", "one")

    def other() -> bytes:
        index.reopen()
        return index.state("word").encode()

    seen = aside(other)
    with index.transaction():
        index.set_state("number", "1")
    assert (seen.result(), index.state("word"), index.state("number")) == (b"one", "one", "1")


def test_git_ignores_the_index(tmp_path: Path) -> None:
    opened(tmp_path).close()
    assert (tmp_path / ".paperkb" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_to_forget_an_index_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    forget_index(tmp_path)
    assert not (tmp_path / ".paperkb").exists()


def test_writers_wait_for_each_other_and_readers_for_nobody(tmp_path: Path) -> None:
    first = opened(tmp_path)
    keep(first, "0")

    def count() -> None:
        index = opened(tmp_path)
        for _ in range(20):
            with index.transaction():
                index.set_state("name", str(int(index.state("name")) + 1))
        index.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert first.state("name").isdigit()
    for thread in threads:
        thread.join()
    assert first.state("name") == "80"


VALUES: list[tuple[object, Any]] = [
    (ParsedNote(Fields(Work("T", year=2017, ids=frozenset({"doi:10.1000/x"})))), ParsedNote),
    (KnownWork("k", Work("K"), Place("a.bib", 2, 1)), KnownWork),
    ((Fields(Work("T"), rating=3), ("a", "b")), tuple[Fields, tuple[str, ...]]),
]


@pytest.mark.parametrize(("value", "kind"), VALUES, ids=["note", "known", "record"])
def test_values_are_read_as_they_were_written(value: object, kind: Any) -> None:
    assert decode(encode(value), kind) == value
    assert encode(decode(encode(value), kind)) == encode(value)


@pytest.mark.parametrize(
    "blob", [b"", b"\x00", b"\xff", b"\x80", encode([1]), encode("text"), None]
)
def test_a_value_that_nobody_wrote_is_damage(blob: Any) -> None:
    for kind in (ParsedNote, KnownWork, tuple[Fields, tuple[str, ...]]):
        with pytest.raises(IndexDamaged):
            decode(blob, kind)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_value_or_damage(blob: bytes) -> None:
    with pytest.raises(IndexDamaged):
        raise IndexDamaged(str(decode(blob, ParsedNote)))
