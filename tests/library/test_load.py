"""Folder → library: what can be read is there, what cannot is a problem with a place."""

from __future__ import annotations

import datetime
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperkb.config import Settings
from paperkb.library import parse_files
from paperkb.library.index import Index, IndexDamaged, forget_index, index_path, open_index
from paperkb.library.library import Library
from paperkb.library.load import load_library
from paperkb.model import Place
from paperkb.watch import Watch
from tests.vaults import Vault, load, load_indexed, write_files


def test_an_empty_folder_is_an_empty_library(vault: Vault) -> None:
    library = vault({})
    assert (library.notes, library.known, library.files, library.problems) == ((), (), (), ())


def test_a_name_tells_what_nothing_else_told(vault: Vault) -> None:
    library = vault({"2019-05-01-word-embeddings.md": "text", "my_note.md": "text", "c.md": "# T"})
    assert [note.work.title for note in library.notes] == ["Word embeddings", "T", "my note"]
    assert library.notes[0].fields.added == datetime.date(2019, 5, 1)


def test_an_impossible_date_in_a_name_is_no_date(vault: Vault) -> None:
    assert vault({"2019-13-45-x.md": "text"}).notes[0].fields.added is None


def test_bibliographies_of_the_vault_are_read_and_the_first_of_two_entries_counts(
    vault: Vault,
) -> None:
    library = vault(
        {
            "a.bib": "@misc{key, title={First}}",
            "z.bib": "@misc{key, title={Second}}\n@misc{b, title={B}}",
        }
    )
    assert [(entry.key, entry.work.title) for entry in library.known] == [
        ("key", "First"),
        ("b", "B"),
    ]
    assert library.known_by_key["b"].place == Place("z.bib", 2, 1)
    assert library.files == ("a.bib", "z.bib")


def test_a_file_that_vanishes_or_locks_while_reading(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.stem == "locked":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    library = vault({"locked.md": "x", "locked.bib": "x", "open.md": "[[locked]]"})
    assert [note.key for note in library.notes] == ["open"]
    assert [(p.code, p.place.path, p.message) for p in sorted(library.problems)] == [
        ("PKB001", "locked.bib", "this file cannot be read: Permission denied"),
        ("PKB001", "locked.md", "this file cannot be read: Permission denied"),
    ]


def test_settings_reach_the_parser(vault: Vault) -> None:
    library = vault(
        {
            "paperkb.toml": '[vault]\nextra_fields = ["mood"]\n'
            '[math.macros]\nE = "\\\\mathbb{E}"\n',
            "a.md": "---\ntitle: T\nmood: good\n---\n$\\E[x]$",
        }
    )
    assert library.parsed(library.notes[0]).problems == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe\xff", "PKB002"), (b"# Caf\xe9", "PKB002"), (b"a\x00b", "PKB003"),
        (b"", "PKB004"), (b" \r\n\t", "PKB004"), (b"---\ntitle: [a\n---\nx", "PKB010"),
        (b"---\ntitle: a\n\nx", "PKB011"), (b"x" * 8_000_001, "PKB005"),
        (b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\nx", None), ("# 题目".encode("utf-16"), None),
    ],
)  # fmt: skip
def test_bad_bytes_are_problems_of_a_note_that_is_still_there(
    vault: Vault, data: bytes, code: str | None
) -> None:
    library = vault({"bad.md": data})
    (note,) = library.notes
    assert [problem.code for problem in library.parsed(note).problems] == ([code] if code else [])


def test_a_note_of_half_a_megabyte_and_one_of_ten_thousand_links(vault: Vault) -> None:
    library = vault({"long.md": "word " * 100_000, "many.md": "[[long]]\n" * 10_000})
    assert library.body(library.by_key["long"]).text.count("word") == 100_000
    links = library.parsed(library.by_key["many"]).links
    assert (len(links), links[-1].line) == (10_000, 10_000)


def everything(library: Library) -> list[object]:
    """All that a library knows; the index is closed then."""
    both = (library, library.public)
    said = [(note, library.parsed(note), library.body(note)) for note in library.notes]
    graph = [(one.resolutions, one.references(), one.count_references()) for one in both]
    groups = [one.groups(kind) for one in both for kind in ("tag", "topic", "author", "year")]
    lists = [(one.lines(), one.dated(), one.newest_first(), one.statuses()) for one in both]
    library_wide = (library.known, library.files, library.problems, library.linked_files())
    library.close()
    return [said, graph, groups, lists, library_wide]


def test_nothing_is_done_where_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"a.md": "# A\n[[b]]", "b.md": "# B", "r.bib": "@misc{", "p.png": b"P"})
    for path in tmp_path.iterdir():
        if path.is_file():
            os.utime(path, (1_600_000_000, 1_600_000_000))
    first = everything(load_indexed(tmp_path))

    def never(*_: object) -> None:
        raise AssertionError("the listing is as it was")

    monkeypatch.setattr("paperkb.library.parse_files.read_contents", never)
    assert everything(load_indexed(tmp_path)) == first


def test_what_could_not_be_read_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"a.md": "# A", "locked.md": "# L", "locked.bib": "@misc{x}"})
    for path in tmp_path.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.stem == "locked":
            raise PermissionError(13, "Permission denied")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read_bytes)
        for _ in range(2):
            library = load_indexed(tmp_path)
            assert [note.key for note in library.notes] == ["a"]
            assert len(library.problems) == 2
            library.close()
    assert everything(load_indexed(tmp_path)) == everything(load(tmp_path))


def test_many_readers_and_writers_at_once(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "# A\n[[n1]] [[n2]]", "b.md": "# B\n[[a]]"})
    results: list[int] = []

    def work(number: int) -> None:
        (tmp_path / f"n{number}.md").write_text(f"# {number}\n[[a]]", encoding="utf-8")
        results.append(len(load_indexed(tmp_path).notes))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert everything(load_indexed(tmp_path)) == everything(load(tmp_path))


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_number_of_processes_changes_nothing(tmp_path: Path, jobs: int) -> None:
    notes = {f"{n:04}.md": f"# {n}\n[[{n - 1:04}]] #t{n % 7}\n" for n in range(450)}
    assert len(notes) > parse_files.PARALLEL_FROM
    write_files(tmp_path, {**notes, "r.bib": "@misc{x, title={X}}"})
    library = load_library(tmp_path, Settings(), jobs=jobs)
    assert everything(library) == everything(load_library(tmp_path, Settings(), jobs=1))


def test_any_executor_can_parse(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "# A\n$x$ [[b]]", "b.md": "# B", "r.bib": "@misc{x}"})
    with ThreadPoolExecutor(2) as pool:
        library = load_library(tmp_path, Settings(), executor=pool)
        assert pool.submit(int, "1").result() == 1  # it stays its owner's
    assert everything(library) == everything(load(tmp_path))


def test_damaged_values_are_damage_until_the_index_is_forgotten(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "# A\n[[b]]", "b.md": "# B"})
    load_indexed(tmp_path).close()
    with sqlite3.connect(index_path(tmp_path)) as connection:
        connection.execute("update parsed set note = x'00', body = x'ff'")
        connection.execute("update note set record = x'00'")
    with pytest.raises(IndexDamaged):
        everything(load_indexed(tmp_path))
    forget_index(tmp_path)
    assert everything(load_indexed(tmp_path)) == everything(load(tmp_path))


def test_an_index_that_cannot_be_written_is_a_notice_and_correct_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"a.md": "# A\n[[b]]", "b.md": "# B"})
    notices: list[str] = []
    index = open_index(tmp_path, notices.append)
    original = Index.write

    def full(self: Index, query: str, rows: object) -> None:
        if self.path:
            raise sqlite3.OperationalError("database or disk is full")
        original(self, query, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "write", full)
    library = load_library(tmp_path, Settings(), index)
    assert notices == ["the index is not used: database or disk is full"]
    assert library.index.path is None
    assert everything(library) == everything(load(tmp_path))


class Told(Watch):
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.steps: dict[str, list[int]] = {}

    @contextmanager
    def step(self, name: str, total: int = 0) -> Iterator[None]:
        self.now = self.steps[name] = [0, total]
        yield

    def advance(self, parts: int = 1) -> None:
        self.now[0] += parts


def test_every_step_goes_from_nothing_to_all(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{n}.md": f"# {n}" for n in range(70)})
    told = Told()
    load_library(tmp_path, Settings(), watch=told)
    assert told.steps.items() >= {
        "read and parse": [70, 70], "relate": [70, 70], "resolve links": [70, 70],
    }.items()  # fmt: skip


EDIT = st.tuples(
    st.sampled_from(["a.md", "b.md", "c/d.md", "c/a.md", "r.bib"]),
    st.sampled_from(
        ["", "# T\n", "---\ntitle: X\naliases: [T]\n---\n[[a]]\n", "#x [[T]]\n",
         "---\nprivate: true\n---\n#x\n", "@misc{a, title={A}}", None]
    ),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(EDIT, max_size=6))
def test_with_the_index_equals_without(edits: list[tuple[str, str | None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in edits:
            if text is None:
                (root / path).unlink(missing_ok=True)
            else:
                write_files(root, {path: text})
            assert everything(load_indexed(root)) == everything(load(root))
