"""Files are read where they may have changed, and parsed where their bytes are new."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paperkb.beside import can_fork
from paperkb.config import Settings
from paperkb.library import parse_files
from paperkb.library.discover import FileEntry
from paperkb.library.index import Index, decode, index_path, open_index
from paperkb.library.library import Library
from paperkb.library.load import load_library
from paperkb.library.parse_files import Row, parse_chunk
from paperkb.model import NoteBody, ParsedNote
from paperkb.notes import parse
from paperkb.notes.parse_settings import ParseSettings
from tests.vaults import load, load_indexed, write_files

NOTES = {
    "a.md": "---\ntitle: A\nyear: 2017\n---\nSee [[b]] and $x^2$ and #tag.\n",
    "b.md": "# B\n\nSee [[a#Nowhere]].\n",
    "folder/c.md": "# C\n",
}
BIB = {"refs.bib": "@misc{bert, title={BERT}}\n@misc{"}


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """What was parsed, as it happens."""
    parsed: list[bytes] = []
    original = parse.parse_note

    def counted(data: bytes, settings: ParseSettings) -> ParsedNote:
        parsed.append(data)
        return original(data, settings)

    monkeypatch.setattr(parse, "parse_note", counted)
    yield parsed


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The paths of what was read, as it happens."""
    paths: list[str] = []
    original = parse_files.read_file

    def counted(entry: FileEntry, problems: Any) -> bytes | None:
        paths.append(entry.path)
        return original(entry, problems)

    monkeypatch.setattr(parse_files, "read_file", counted)
    yield paths


def contents(library: Library) -> list[tuple[object, ...]]:
    """The notes with everything that they say; the index is closed then."""
    notes = [(note, library.parsed(note), library.body(note)) for note in library.notes]
    known = [(work,) for work in library.known]
    problems = [(problem,) for problem in library.problems]
    library.close()
    return [*notes, *known, *problems]


def old(root: Path) -> None:
    """Files that were written long ago: their times can be trusted."""
    for path in root.rglob("*.*"):
        if path.is_file():
            os.utime(path, (1_600_000_000, 1_600_000_000))


def test_what_is_known_is_not_parsed_again_nor_even_read(
    tmp_path: Path, parses: list[bytes], reads: list[str]
) -> None:
    write_files(tmp_path, {**NOTES, **BIB})
    old(tmp_path)
    first = contents(load_indexed(tmp_path))
    assert (len(parses), len(reads)) == (3, 4)
    assert contents(load_indexed(tmp_path)) == first
    assert (len(parses), len(reads)) == (3, 4)
    assert contents(load(tmp_path)) == first
    assert (len(parses), len(reads)) == (3 + 3, 4 + 4)  # without an index


def test_one_edit_is_one_read_and_one_parse(
    tmp_path: Path, parses: list[bytes], reads: list[str]
) -> None:
    write_files(tmp_path, NOTES)
    old(tmp_path)
    load_indexed(tmp_path).close()
    (tmp_path / "b.md").write_text("# B again\n", encoding="utf-8")
    parses.clear()
    reads.clear()
    assert load_indexed(tmp_path).by_key["b"].work.title == "B again"
    assert (parses, reads) == ([b"# B again\n"], ["b.md"])


def test_a_renamed_or_touched_file_is_not_parsed_again(tmp_path: Path, parses: list[bytes]) -> None:
    write_files(tmp_path, NOTES)
    load_indexed(tmp_path).close()
    (tmp_path / "b.md").rename(tmp_path / "d.md")
    (tmp_path / "a.md").touch()
    parses.clear()
    assert sorted(load_indexed(tmp_path).by_key) == ["a", "c", "d"]
    assert parses == []


def test_two_files_with_the_same_bytes_are_parsed_once(tmp_path: Path, parses: list[bytes]) -> None:
    write_files(tmp_path, {"a.md": "# Same", "b.md": "# Same"})
    library = load_indexed(tmp_path)
    assert [note.work.title for note in library.notes] == ["Same", "Same"]
    assert parses == [b"# Same"]


def test_who_goes_back_to_an_earlier_text_need_not_parse_it(
    tmp_path: Path, parses: list[bytes]
) -> None:
    for text in ("# One", "# Two", "# One"):
        write_files(tmp_path, {"a.md": text})
        load_indexed(tmp_path).close()
    assert parses == [b"# One", b"# Two"]


def test_the_same_size_and_time_hide_no_edit_of_the_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"a.md": "# One\n"})
    before = (tmp_path / "a.md").stat()
    a_moment_later = before.st_mtime_ns + 10_000_000
    monkeypatch.setattr("paperkb.library.parse_files.time.time_ns", lambda: a_moment_later)
    load_indexed(tmp_path).close()
    (tmp_path / "a.md").write_text("# Two\n", encoding="utf-8")
    os.utime(tmp_path / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert load_indexed(tmp_path).by_key["a"].work.title == "Two"


@pytest.mark.parametrize("name", ["a.md", "refs.bib"])
def test_a_file_from_the_future_is_always_read(tmp_path: Path, name: str, reads: list[str]) -> None:
    write_files(tmp_path, {name: "@misc{one}"})
    future = (4_000_000_000, 4_000_000_000)
    for text in ("@misc{two}", "@misc{six}"):
        os.utime(tmp_path / name, future)
        load_indexed(tmp_path).close()
        (tmp_path / name).write_text(text, encoding="utf-8")
        os.utime(tmp_path / name, future)
    assert contents(load_indexed(tmp_path)) == contents(load(tmp_path))
    assert len(reads) == 4


def test_a_time_that_was_put_back_hides_no_edit(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "# One\n"})
    old(tmp_path)
    load_indexed(tmp_path).close()
    (tmp_path / "a.md").write_text("# Two\n", encoding="utf-8")
    old(tmp_path)
    assert load_indexed(tmp_path).by_key["a"].work.title == "Two"


def test_a_row_is_trusted_if_its_time_surely_changes_with_the_file() -> None:
    entry = FileEntry("a.md", "/a.md", size=5, mtime_ns=10**9, inode=7, ctime_ns=11)
    row = Row(5, 10**9, 7, ctime_ns=11, read_ns=2 * 10**9, key=b"k")
    assert row.is_current(entry)
    assert not row._replace(size=6).is_current(entry)
    assert not row._replace(mtime_ns=1).is_current(entry)
    assert not row._replace(inode=8).is_current(entry)
    assert not row._replace(ctime_ns=12).is_current(entry)
    assert not row._replace(read_ns=10**9).is_current(entry)
    assert not row._replace(read_ns=10**8).is_current(entry)  # from the future


@pytest.mark.parametrize(
    "settings", [Settings(macros=(("E", "x"),)), Settings(extra_fields=("mood",))]
)
def test_settings_are_part_of_the_key(
    tmp_path: Path, parses: list[bytes], settings: Settings
) -> None:
    write_files(tmp_path, NOTES)
    old(tmp_path)
    load_indexed(tmp_path).close()
    parses.clear()
    library = load_library(tmp_path, settings, open_index(tmp_path, pytest.fail))
    assert len(parses) == 3
    assert contents(library) == contents(load_library(tmp_path, settings))


def test_a_bibliography_knows_its_path_when_another_has_the_same_bytes(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.bib": BIB["refs.bib"]})
    load_indexed(tmp_path).close()
    write_files(tmp_path, {"b.bib": BIB["refs.bib"]})
    (tmp_path / "a.bib").unlink()
    library = load_indexed(tmp_path)
    assert library.known_by_key["bert"].place.path == "b.bib"
    assert {problem.place.path for problem in library.problems} == {"b.bib"}


def test_a_task_gives_what_is_stored_of_each_note_in_order() -> None:
    data = [(b"1", b"# One\n\ntext"), (b"2", b"# Two")]
    (key, note, body, *_), second = parse_chunk((data, ParseSettings()))
    parsed = parse.parse_note(b"# One\n\ntext", ParseSettings())
    assert (key, second[0]) == (b"1", b"2")
    assert decode(body, NoteBody) == parsed.body != NoteBody()
    assert decode(note, ParsedNote).body == NoteBody()
    assert decode(note, ParsedNote).fields == parsed.fields


def test_what_a_killed_run_parsed_is_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parses: list[bytes]
) -> None:
    write_files(tmp_path, {f"{n:03}.md": f"# {n}" for n in range(100)})
    monkeypatch.setattr(parse_files, "_BATCH", 1)
    original = parse_files.read_file

    def killed(entry: FileEntry, problems: Any) -> bytes | None:
        if entry.path == "080.md":
            raise KeyboardInterrupt
        return original(entry, problems)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(parse_files, "read_file", killed)
        load_indexed(tmp_path)
    load_indexed(tmp_path).close()
    assert len(parses) == 100


def test_what_is_not_used_is_dropped(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{n}.md": f"# {n}\n" for n in range(120)})
    load_indexed(tmp_path).close()
    for n in range(110):
        (tmp_path / f"{n}.md").unlink()
    load_indexed(tmp_path).close()
    index = Index(index_path(tmp_path))
    assert index.value("select count(*) from parsed") == 10
    assert index.value("select count(*) from file") == 10


def test_what_is_used_is_never_dropped(tmp_path: Path) -> None:
    for day in range(200):
        write_files(tmp_path, {"a.md": f"# {day}", "b.md": "# Same", "c.bib": "@misc{c}"})
        load_indexed(tmp_path).close()
    assert contents(load_indexed(tmp_path)) == contents(load(tmp_path))
    assert Index(index_path(tmp_path)).value("select count(*) from parsed") < 60


def test_a_few_notes_are_parsed_beside_while_something_else_is_done(
    tmp_path: Path, parses: list[bytes]
) -> None:
    write_files(tmp_path, {**NOTES, **BIB})
    done: list[int] = []
    beside = load_library(tmp_path, Settings(), jobs=2, meanwhile=lambda: done.append(len(parses)))
    assert done == [0]
    assert (parses == []) is can_fork()
    here = load_library(tmp_path, Settings(), jobs=1)
    assert len(parses) >= len(NOTES)
    assert contents(beside) == contents(here)
