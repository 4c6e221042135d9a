"""Folder → library: what can be read is there, what cannot is a problem with a place."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from paperkb.model import Place
from tests.vaults import Vault


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
    assert [(p.code, p.place.path, p.message) for p in library.problems] == [
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
    assert library.parsed(library.by_key["long"]).words == 100_000
    links = library.parsed(library.by_key["many"]).links
    assert (len(links), links[-1].line) == (10_000, 10_000)
