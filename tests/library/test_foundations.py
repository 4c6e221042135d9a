"""The papers that most others of a shelf cite."""

from __future__ import annotations

from paperkb.library.foundations import MOST, foundations
from tests.vaults import Vault

SHELF = "---\ntopics: [t/u]\n---\n"


def test_cited_by_three_others_of_the_shelf_at_least(vault: Vault) -> None:
    citing = {
        f"n{n}.md": f"{SHELF}[[base]] [[base]] [[out]] {'[[two]]' * (n < 2)}" for n in range(4)
    }
    library = vault(
        {
            **citing,
            "base.md": f"{SHELF}[[base]]",
            "two.md": SHELF,
            "out.md": "# Of no shelf",
            "other.md": "[[two]]",
            "p.md": "---\nprivate: true\ntopics: [t]\n---\n[[two]]",
        }
    )
    for topic in ("t", "t/u"):
        assert foundations(library.public, topic) == [("base", 4)]
    assert foundations(library.public, "gone") == []


def test_the_most_cited_first_and_only_a_few(vault: Vault) -> None:
    names = [f"b{n}" for n in range(MOST + 2)]
    links = " ".join(f"[[{name}]]" for name in names)
    files = {f"{name}.md": SHELF for name in names}
    files |= {f"n{n}.md": f"{SHELF}{links} {'[[x]]' * (n < 4)}" for n in range(4)}
    files |= {"n9.md": f"{SHELF}[[b3]]"}
    found = foundations(vault(files).public, "t")
    assert [one.key for one in found] == ["b3", "b0", "b1", "b2", "b4"]
    assert [one.citing for one in found] == [5, 4, 4, 4, 4]
