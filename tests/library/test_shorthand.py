"""The words that results are written short with: those of a sample of public notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from paperkb.library.cells import cell
from paperkb.library.index import Index
from paperkb.library.shorthand import shorthand_words
from tests.vaults import load_indexed, write_files

NOTES = {f"n{n}.md": f"# Note {n}\nAll say shared{n % 2} words.\n" for n in range(6)}


@pytest.fixture(autouse=True)
def small() -> Iterator[None]:
    with (
        patch("paperkb.library.shorthand.FEWEST", 6),
        patch("paperkb.library.shorthand.SAMPLE", 4),
    ):
        yield


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    write_files(tmp_path, NOTES)
    return tmp_path


def _index(root: Path) -> Index:
    return load_indexed(root).index


def _sample(index: Index) -> list[str]:
    rows = index.rows("select path from note where private = 0 order by number limit 4")
    return [path for (path,) in rows]


def test_words_are_those_of_several_notes_of_the_sample(vault: Path) -> None:
    assert shorthand_words(_index(vault)) == ["all", "say", "words"]


def test_an_edit_elsewhere_changes_nothing(vault: Path) -> None:
    sample = _sample(_index(vault))
    others = [path for path in NOTES if path not in sample]
    write_files(vault, dict.fromkeys(others, "# New\nOther words, other words.\n"))
    index = _index(vault)
    assert shorthand_words(index) == ["all", "say", "words"]
    assert _touched(index) == 1  # when there was no library yet


def test_an_edit_in_the_sample_changes_the_words(vault: Path) -> None:
    sample = _sample(_index(vault))
    write_files(vault, dict.fromkeys(sample[:3], "# New\nOther things, again.\n"))
    index = _index(vault)
    assert shorthand_words(index) == ["again", "other", "things"]
    assert _touched(index) == 2


def test_private_notes_give_no_words_and_a_small_library_has_none(vault: Path) -> None:
    sample = _sample(_index(vault))
    secret = "---\nprivate: true\n---\n# S\nSecretly said. All secretly.\n"
    write_files(vault, {"more.md": "# More\nAll say words.\n", sample[0]: secret})
    words = shorthand_words(_index(vault))
    assert "all" in words and "secretly" not in words
    write_files(vault, {sample[1]: secret})
    assert shorthand_words(_index(vault)) == []


def _touched(index: Index) -> int:
    """In which update the words last changed."""
    return index.value("select generation from cell where id = ?", cell("shorthand")) or 1
