"""A page's fingerprint: the same for the same facts, another for any other."""

from __future__ import annotations

import pytest

from paperkb.site.cards import Card
from paperkb.site.page import Page

PAGE = Page("a.html", "list.html", {"title": "A", "cards": [Card("k", "T")]})


def test_the_same_facts_have_the_same_fingerprint() -> None:
    same = Page("a.html", "list.html", {"title": "A", "cards": [Card("k", "T")]})
    assert same.fingerprint == PAGE.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        Page("b.html", PAGE.template, PAGE.data),
        Page(PAGE.path, "tag.html", PAGE.data),
        Page(PAGE.path, PAGE.template, {**PAGE.data, "title": "B"}),
        Page(PAGE.path, PAGE.template, {"title": "A", "cards": [Card("k", "T", rating=1)]}),
        Page(PAGE.path, PAGE.template, {**PAGE.data, "more": None}),
    ],
)
def test_any_other_fact_has_another(other: Page) -> None:
    assert other.fingerprint != PAGE.fingerprint


def test_any_text_has_a_fingerprint() -> None:
    assert Page("a.html", "", {"title": "\ud800\x00"}).fingerprint
