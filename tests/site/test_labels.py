"""What links and citations show. (As HTML: test_fill.py; as Markdown: test_markdown.py.)"""

from __future__ import annotations

import pytest

from paperkb.model import Found, Hidden, Known, Link, Missing, Person, Resolution, Work
from paperkb.site.cards import known_card
from paperkb.site.context import SiteContext
from paperkb.site.labels import citation_label, link_label
from tests.vaults import Vault

VAULT = {
    "a/key.md": "---\ntitle: T\nyear: 1843\nauthors: [Ada Lovelace]\naliases: [Nick]\n---\n",
    "bare.md": "# Bare",
    "x.md": "[@known]",
    "refs.bib": "@misc{known, title={K}, author={B, A}, year={1900}}",
}


@pytest.mark.parametrize(
    ("target", "more", "resolution", "label"),
    [
        ("key", {}, Found("key"), "Lovelace (1843)"),
        ("a/key.md", {"anchor": "^part"}, Found("key"), "Lovelace (1843) § part"),
        ("key", {"label": "mine"}, Found("key"), "mine"),
        ("Nick", {}, Found("key"), "Nick"),
        ("bare", {}, Found("bare"), "Bare"),
        ("known", {}, Known("known"), "B (1900)"),
        ("gone", {"anchor": "Head"}, Missing("work"), "gone#Head"),
        ("", {"anchor": "Head"}, Missing("work"), "Head"),
        ("secret", {}, Hidden(), "private note"),
        ("secret", {"label": "secret.md"}, Hidden(), "private note"),
        ("secret", {"label": "a talk"}, Hidden(), "a talk"),
    ],
)
def test_a_link(
    vault: Vault, target: str, more: dict[str, str], resolution: Resolution, label: str
) -> None:
    context = SiteContext(vault(VAULT))
    assert link_label(context, Link("wikilink", target, **more), resolution) == label


ADA = (Person("Lovelace", "Ada"),)


@pytest.mark.parametrize(
    ("work", "more", "label"),
    [
        (Work("T", ADA, 1843), {}, "Lovelace, 1843"),
        (Work("T", ADA, 1843), {"bare": True}, "Lovelace (1843)"),
        (Work("T", ADA, 1843), {"suppress_author": True}, "1843"),
        (Work("T", ADA), {}, "Lovelace"),
        (Work("T", ADA), {"bare": True}, "T"),
        (Work("T", ADA), {"suppress_author": True}, "T"),
        (Work("T"), {}, "T"),
    ],
)
def test_a_citation(work: Work, more: dict[str, bool], label: str) -> None:
    card = known_card("key", work, "")
    assert citation_label(Link("citation", "key", **more), card) == label
