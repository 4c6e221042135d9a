"""Two notes with one key, and two notes of one paper."""

from __future__ import annotations

from paperkb.checks.duplicates import check_ids, check_keys
from paperkb.graph.network import ReferenceGraph
from tests.vaults import Vault


def test_names_that_stand_in_every_folder_are_no_keys(vault: Vault) -> None:
    library = vault({"README.md": "1", "x/readme.md": "2", "y/index.md": "3", "z/index.md": "4"})
    assert list(check_keys(library, ReferenceGraph(library))) == []


def test_each_of_three_notes_names_the_others(vault: Vault) -> None:
    library = vault({"a.md": "1", "x/a.md": "2", "y/A.md": "3"})
    problems = list(check_keys(library, ReferenceGraph(library)))
    assert [(p.place.path, p.message) for p in problems] == [
        ("a.md", "the key «a» is shared with x/a.md, y/A.md"),
        ("x/a.md", "the key «a» is shared with a.md, y/A.md"),
        ("y/A.md", "the key «A» is shared with a.md, x/a.md"),
    ]


def test_one_paper_under_two_spellings(vault: Vault) -> None:
    library = vault(
        {
            "a.md": "---\ntitle: A\nurl: https://arxiv.org/abs/1706.03762v5\n---\n",
            "b.md": "---\narxiv: 1706.03762\n---\n",
            "c.md": "---\narxiv: 1706.03763\n---\n",
        }
    )
    problems = list(check_ids(library, ReferenceGraph(library)))
    arxiv = [(str(p.place), p.message) for p in problems if p.message.startswith("arxiv:")]
    assert arxiv == [
        ("a.md:3:1", "arxiv:1706.03762 is also the paper of b.md"),
        ("b.md:2:1", "arxiv:1706.03762 is also the paper of a.md"),
    ]
