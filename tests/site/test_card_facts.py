"""Cards: of notes, of known works, many at once."""

from __future__ import annotations

import pytest

from paperkb.library.cells import cell
from paperkb.site.context import SiteContext
from tests.vaults import Vault

VAULT = {
    "a b.md": "# One",
    "a-b.md": "# Two\n[@known]",
    "p.md": "---\nprivate: true\n---\n# Hidden",
    "refs.bib": "@misc{known, title={Known}, doi={10.1/x}}",
}
KEYS = ["known", "a-b", "a b"]


def test_many_cards_are_those_of_each(vault: Vault) -> None:
    together, apart = SiteContext(vault(VAULT)), SiteContext(vault(VAULT))
    cards = together.cards(KEYS)
    assert cards == [apart.card(key) for key in KEYS]
    assert [card.title for card in cards] == ["Known", "Two", "One"]
    assert together.reads.cells == apart.reads.cells
    assert len({card.path for card in cards}) == 3
    assert [together.note_path(card.key) for card in cards[1:]] == [c.path for c in cards[1:]]


def test_what_was_asked_for_before_is_taken_down_again(vault: Vault) -> None:
    context = SiteContext(vault(VAULT))
    context.cards(KEYS)
    context.reads.restart()
    assert context.cards(["known"]) == [context.card("known")]
    assert context.reads.cells == {cell("work", "known")}


@pytest.mark.parametrize("key", ["p", "nobody"])
def test_what_is_private_or_unknown_has_no_card(vault: Vault, key: str) -> None:
    context = SiteContext(vault(VAULT))
    for _ in range(2):
        with pytest.raises(KeyError):
            context.cards(["a b", key])
    assert context.reads.cells >= {cell("work", key)}
