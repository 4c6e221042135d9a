"""What ``cites:`` and ``citedby:`` find follows the links."""

from __future__ import annotations

from pathlib import Path

from paperkb.library.library import Library
from paperkb.model import Found, Known
from tests.vaults import load, load_indexed, write_files


def _facts(library: Library) -> dict[str, list[int]]:
    query = "select entry, hits from posting where entry like 'cite%' order by entry"
    return dict(library.index.rows(query))


def test_a_private_note_about_a_known_work_does_not_show_in_what_cites_it(tmp_path: Path) -> None:
    entry = "@article{smith, title={Things}, author={Smith, Ann}, year={2001}, doi={10.1000/abc}}"
    citing = "Builds on [@smith], [[smith]] and https://doi.org/10.1000/abc."
    write_files(tmp_path, {"refs.bib": entry, "a.md": citing})
    alone = load(tmp_path).public.resolutions_of("a")
    assert alone == (Known("smith"),) * 3
    write_files(tmp_path, {"p.md": "---\nprivate: true\ndoi: 10.1000/abc\n---\n"})
    library = load(tmp_path)
    assert library.public.resolutions_of("a") == alone
    assert library.resolutions_of("a") == (Found("p"),) * 3


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
        {"a.md": "[[a]]", "A.md": "[[a]]"},
        {"A.md": "no more"},  # the other one names itself, which is no citation
    ]
    for step in steps:
        write_files(tmp_path, {name: text for name, text in step.items() if text is not None})
        for name, text in step.items():
            if text is None:
                (tmp_path / name).unlink()
        library = load_indexed(tmp_path)
        assert _facts(library) == _facts(load(tmp_path))
        library.close()
