"""The index changes nothing but time: with it, without it, and however it is damaged."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperkb.config import Settings
from paperkb.library import parse_files
from paperkb.library.index import Index, index_path, open_index
from paperkb.library.library import Library
from paperkb.library.load import load_library
from paperkb.model import Note
from tests.vaults import write_files

NOTES = {
    "a.md": "---\ntitle: A\nyear: 2017\n---\nSee [[b]] and $x^2$ and #tag.\n",
    "b.md": "# B\n\nSee [[a#Nowhere]].\n",
    "folder/c.md": "# C\n",
}


def read(root: Path, settings: Settings | None = None) -> Library:
    """The library of a folder, by way of its index."""
    return load_library(root, settings or Settings(), open_index(root, _no_notice))


def _no_notice(text: str) -> None:
    pytest.fail(text)


def contents(library: Library) -> list[Note]:
    """The notes with their bodies, wherever these came from; the index is closed then."""
    notes = [
        replace(note, parsed=replace(note.parsed, body=library.body(note)), unread=False)
        for note in library.notes
    ]
    library.close()
    return notes


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """What was parsed, as it happens."""
    parsed: list[bytes] = []
    original = parse_files.parse_chunk

    def counted(data: list[bytes], how: parse_files.ParseSettings) -> object:
        parsed.extend(data)
        return original(data, how)

    monkeypatch.setattr(parse_files, "parse_chunk", counted)
    yield parsed


def old(root: Path) -> None:
    """Files that were written long ago: their times can be trusted."""
    for path in root.rglob("*.md"):
        os.utime(path, (1_600_000_000, 1_600_000_000))


def test_what_is_known_is_not_parsed_again(tmp_path: Path, parses: list[bytes]) -> None:
    write_files(tmp_path, NOTES)
    old(tmp_path)
    first = contents(read(tmp_path))
    assert len(parses) == 3
    assert contents(read(tmp_path)) == first
    assert contents(load_library(tmp_path, Settings())) == first
    assert len(parses) == 3 + 3  # without an index


def test_one_edit_is_one_parse(tmp_path: Path, parses: list[bytes]) -> None:
    write_files(tmp_path, NOTES)
    old(tmp_path)
    read(tmp_path)
    (tmp_path / "b.md").write_text("# B again\n", encoding="utf-8")
    del parses[:]
    assert read(tmp_path).by_key["b"].work.title == "B again"
    assert parses == [b"# B again\n"]


def test_a_renamed_or_touched_file_is_not_parsed_again(tmp_path: Path, parses: list[bytes]) -> None:
    write_files(tmp_path, NOTES)
    read(tmp_path)
    (tmp_path / "b.md").rename(tmp_path / "d.md")
    (tmp_path / "a.md").touch()
    del parses[:]
    assert sorted(read(tmp_path).by_key) == ["a", "c", "d"]
    assert parses == []


def test_the_same_size_and_time_hide_no_edit_of_the_last_moment(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "# One\n"})
    read(tmp_path)
    before = (tmp_path / "a.md").stat()
    (tmp_path / "a.md").write_text("# Two\n", encoding="utf-8")
    os.utime(tmp_path / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read(tmp_path).by_key["a"].work.title == "Two"


def test_a_file_from_the_future_is_always_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "# One\n"})
    future = (4_000_000_000, 4_000_000_000)
    os.utime(tmp_path / "a.md", future)
    read(tmp_path)
    (tmp_path / "a.md").write_text("# Two\n", encoding="utf-8")
    os.utime(tmp_path / "a.md", future)
    assert read(tmp_path).by_key["a"].work.title == "Two"


def test_settings_are_part_of_the_key(tmp_path: Path, parses: list[bytes]) -> None:
    write_files(tmp_path, NOTES)
    read(tmp_path)
    del parses[:]
    read(tmp_path, Settings(macros=(("E", "x"),)))
    assert len(parses) == 3


@pytest.mark.parametrize(
    "damage",
    [b"", b"not a database at all, but long enough to look like one" * 40, None],
    ids=["empty", "garbage", "version"],
)
def test_a_damaged_index_is_made_again(tmp_path: Path, damage: bytes | None) -> None:
    write_files(tmp_path, NOTES)
    first = contents(read(tmp_path))
    path = index_path(tmp_path)
    if damage is None:
        with sqlite3.connect(path) as connection:
            connection.execute("pragma user_version = 99")
    else:
        path.write_bytes(damage)
    assert contents(read(tmp_path)) == first
    assert contents(read(tmp_path)) == first


def test_damaged_values_are_a_notice_and_correct_output(tmp_path: Path) -> None:
    write_files(tmp_path, NOTES)
    old(tmp_path)
    first = contents(read(tmp_path))
    with sqlite3.connect(index_path(tmp_path)) as connection:
        connection.execute("update parsed set note = x'00', body = x'ff'")
    notices: list[str] = []
    library = load_library(tmp_path, Settings(), open_index(tmp_path, notices.append))
    assert contents(library) == first
    assert len(notices) == 1


def test_an_index_that_goes_away_is_a_notice_and_correct_output(tmp_path: Path) -> None:
    write_files(tmp_path, NOTES)
    old(tmp_path)
    first = contents(read(tmp_path))
    library = read(tmp_path)
    library.close()
    assert contents(library) == first


def test_no_index_at_all(tmp_path: Path) -> None:
    write_files(tmp_path, NOTES)
    (tmp_path / ".paperkb").write_text("in the way", encoding="utf-8")
    notices: list[str] = []
    library = load_library(tmp_path, Settings(), open_index(tmp_path, notices.append))
    assert len(library.notes) == 3
    assert len(notices) == 1


def test_a_read_only_vaults_index_is_in_the_cache_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    vault = tmp_path / "vault"
    write_files(vault, NOTES)
    vault.chmod(0o555)
    try:
        read(vault)
        assert not (vault / ".paperkb").exists()
        assert index_path(vault).is_relative_to(tmp_path / "cache")
        assert index_path(vault).is_file()
    finally:
        vault.chmod(0o755)


def test_git_ignores_the_index(tmp_path: Path) -> None:
    write_files(tmp_path, NOTES)
    read(tmp_path)
    assert (tmp_path / ".paperkb" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_what_is_not_used_is_dropped(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{n}.md": f"# {n}\n" for n in range(120)})
    read(tmp_path)
    for n in range(110):
        (tmp_path / f"{n}.md").unlink()
    read(tmp_path)
    with sqlite3.connect(index_path(tmp_path)) as connection:
        assert connection.execute("select count(*) from parsed").fetchone() == (10,)
        assert connection.execute("select count(*) from file").fetchone() == (10,)


def test_many_readers_and_writers_at_once(tmp_path: Path) -> None:
    write_files(tmp_path, NOTES)
    results: list[int] = []

    def work(number: int) -> None:
        (tmp_path / f"n{number}.md").write_text(f"# {number}\n", encoding="utf-8")
        results.append(len(read(tmp_path).notes))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert contents(read(tmp_path)) == contents(load_library(tmp_path, Settings()))


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_number_of_processes_changes_nothing(tmp_path: Path, jobs: int) -> None:
    write_files(tmp_path, {f"{n:04}.md": f"# {n}\n[[{n - 1:04}]]\n" for n in range(450)})
    library = load_library(tmp_path, Settings(), jobs=jobs)
    assert contents(library) == contents(load_library(tmp_path, Settings(), jobs=1))


def test_any_executor_can_parse(tmp_path: Path) -> None:
    write_files(tmp_path, NOTES)
    with ThreadPoolExecutor(2) as pool:
        library = load_library(tmp_path, Settings(), executor=pool)
    assert contents(library) == contents(load_library(tmp_path, Settings()))


EDIT = st.tuples(
    st.sampled_from(["a.md", "b.md", "c/d.md"]),
    st.sampled_from(["", "# T\n", "---\ntitle: X\n---\n[[a]]\n", "#x\n", None]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(EDIT, max_size=6))
def test_with_the_index_equals_without(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str | None]]
) -> None:
    root = tmp_path_factory.mktemp("vault")
    for path, text in edits:
        if text is None:
            (root / path).unlink(missing_ok=True)
        else:
            write_files(root, {path: text})
        assert contents(read(root)) == contents(load_library(root, Settings()))


def test_a_closed_index_knows_nothing() -> None:
    index = Index(None, _no_notice)
    assert index.rows() == {}
    index.save({}, [])
    assert index.body(b"x") is None
