"""What ``cites:`` and ``citedby:`` find follows the links."""

from __future__ import annotations

from pathlib import Path

from paperkb.library.library import Library
from tests.vaults import load, load_indexed, write_files


def _facts(library: Library) -> dict[str, list[int]]:
    query = "select entry, hits from posting where entry like 'cite%' order by entry"
    return dict(library.index.rows(query))


def test_keys_that_differ_in_case_share_an_entry(tmp_path: Path) -> None:
    """Of two notes that the query language cannot tell apart, one may come and go."""
    steps: list[dict[str, str | None]] = [
        {"a.md": "[[b]] text", "b.md": "[[a]] and [[A]]", "A.md": "x"},
        {"A.md": "[[b]]"},
        {"a.md": "no more"},
        {"a.md": "[[b]]"},
        {"A.md": None},
        {"A.md": "[[b]]"},
        {"a.md": "no more", "A.md": "no more"},
    ]
    for step in steps:
        write_files(tmp_path, {name: text for name, text in step.items() if text is not None})
        for name, text in step.items():
            if text is None:
                (tmp_path / name).unlink()
        library = load_indexed(tmp_path)
        assert _facts(library) == _facts(load(tmp_path))
        library.close()
