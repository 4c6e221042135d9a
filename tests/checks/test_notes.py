"""Problems that parsing and reading found, with the path of their file."""

from __future__ import annotations

from paperkb.checks.notes import check_files, check_notes
from paperkb.graph.network import ReferenceGraph
from tests.vaults import Vault


def test_a_note_with_a_title_only_is_not_empty(vault: Vault) -> None:
    library = vault(
        {"title.md": "---\ntitle: T\n---\n", "heading.md": "# T", "comment.md": "%%x%%"}
    )
    empty = [p.place.path for p in check_notes(library, ReferenceGraph(library))]
    assert empty == ["comment.md"]


def test_emptiness_is_said_once(vault: Vault) -> None:
    library = vault({"a.md": ""})
    graph = ReferenceGraph(library)
    assert [p.code for p in check_notes(library, graph)] == ["PKB004"]


def test_lines_are_right_in_a_long_ugly_note(vault: Vault) -> None:
    text = "---\r\ntitle: T\r\nmood: x\r\n---\r\n" + "filler\r\n\r\n" * 500 + "[[gone]]\r\n"
    library = vault({"a.md": text})
    (unknown,) = check_notes(library, ReferenceGraph(library))
    assert str(unknown.place) == "a.md:3:1"
    assert library.parsed(library.by_key["a"]).links[0].line == 1005


def test_problems_of_files_are_passed_on(vault: Vault) -> None:
    library = vault({"refs.bib": "@misc{a, title={A}}\n@misc{a, title={B}}\n"})
    assert tuple(check_files(library, ReferenceGraph(library))) == library.problems != ()
