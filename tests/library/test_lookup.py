"""Who answers to a name, asked one by one or all at once."""

from __future__ import annotations

import pytest

from paperkb.library.cells import cell
from paperkb.library.lookup import Anchors, Lookup, NameKind
from tests.vaults import Vault

FILES = {
    "papers/a.md": "---\ntitle: A\naliases: [First]\narxiv: 1706.03762\n---\n"
    "## Über uns\ntext ^mark\n",
    "x/twin.md": "---\naliases: [first]\n---\n",
    "y/Twin.md": "",
    "img/Fig.png": b"P",
    "refs.bib": "@misc{bert, title={B}, eprint={1810.04805}, archivePrefix={arXiv}}",
}  # fmt: skip


@pytest.mark.parametrize("preload", [False, True])
@pytest.mark.parametrize(
    ("kind", "name", "answers"),
    [
        ("path", "papers/a", [("papers/a.md", "a")]),
        ("stem", "a", [("papers/a.md", "a")]),
        ("stem", "twin", [("x/twin.md", "twin"), ("y/Twin.md", "Twin")]),
        ("alias", "first", [("papers/a.md", "a"), ("x/twin.md", "twin")]),
        ("id", "arxiv:1706.03762", [("papers/a.md", "a")]),
        ("file", "fig.png", [("img/Fig.png", "img/Fig.png")]),
        ("known", "bert", [("refs.bib\x1f00000000", "bert")]),
        ("known-id", "arxiv:1810.04805", [("refs.bib\x1f00000000", "bert")]),
        ("stem", "nobody", []),
    ],
)
def test_all_who_answer_to_a_name_in_order(
    vault: Vault, preload: bool, kind: NameKind, name: str, answers: list[tuple[str, str]]
) -> None:
    lookup = Lookup(vault(FILES).index, preload=preload)
    assert lookup.named(kind, name) == answers
    assert lookup.reads == {cell("name", kind, name)}


def test_the_places_of_a_note(vault: Vault) -> None:
    lookup = Lookup(vault(FILES).index)
    assert lookup.anchors("a") == Anchors("A", (("Über uns", "über-uns"),), ("^mark",))
    lookup.reads.clear()
    lookup.anchors("a")  # remembered, but read again
    assert lookup.reads == {cell("anchors", "a")}


def test_the_identifiers_of_a_known_paper(vault: Vault) -> None:
    lookup = Lookup(vault(FILES).index)
    assert "arxiv:1810.04805" in lookup.ids_of_known("bert")
    assert lookup.ids_of_known("a") == []
