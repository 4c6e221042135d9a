"""A vault, read: keys, tags, what may be published, and what a reader may mean."""

from __future__ import annotations

import pytest

from paperkb.model import Ambiguous, Found, Hidden
from tests.vaults import Vault


def test_no_note_is_lost_when_two_share_a_name(vault: Vault) -> None:
    library = vault({"x/a.md": "one", "y/a.md": "two", "a.md": "three"})
    assert sorted(library.by_key) == ["a", "x/a", "y/a"]


PRIVATE = {
    "secret.md": "---\nprivate: true\ntags: [undercover]\n---\n[[open]]",
    "x/twin.md": "---\nprivate: true\n---\n",
    "y/twin.md": "---\nprivate: true\n---\n",
    "v/half.md": "---\nprivate: true\n---\n",
    "w/half.md": "x",
    "open.md": "[[secret]] [[twin]] [[half]] #open",
}


def test_links_to_private_notes_are_hidden_in_the_public_part(vault: Vault) -> None:
    library = vault(PRIVATE)
    assert library.resolutions["open"] == (
        Found("secret"), Ambiguous(("x/twin", "y/twin")), Ambiguous(("v/half", "w/half")),
    )  # fmt: skip
    assert library.public.resolutions["open"] == (Hidden(), Hidden(), Found("w/half"))


def test_the_public_part_holds_nothing_private(vault: Vault) -> None:
    public = vault(PRIVATE).public
    assert [note.key for note in public.notes] == ["open", "w/half"]
    assert [tag.label for tag in public.groups("tag")] == ["open"]
    assert list(public.resolutions) == ["open", "w/half"]


@pytest.mark.parametrize(
    "name",
    ["he2015deep", "papers/he2015deep.md", "papers/he2015deep", "@HE2015deep", "resnet",
     "arxiv:1512.03385"],
)  # fmt: skip
def test_a_reader_may_call_a_note_by_many_names(vault: Vault, name: str) -> None:
    library = vault({"papers/he2015deep.md": "---\narxiv: 1512.03385\naliases: ResNet\n---\n"})
    assert [note.key for note in library.find(name)] == ["he2015deep"]


def test_several_notes_may_be_meant_or_none(vault: Vault) -> None:
    library = vault({"x/a.md": "1", "y/a.md": "2"})
    assert [note.key for note in library.find("a")] == ["x/a", "y/a"]
    assert library.find("b") == ()
