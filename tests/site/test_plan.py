"""Which pages a site has."""

from __future__ import annotations

from collections import Counter

import pytest

from paperkb.site.context import SiteContext
from paperkb.site.page import PageId
from paperkb.site.plan import KINDS, compose, plan_site
from paperkb.site.renew import plan_pages
from tests.site.conftest import SEARCH
from tests.vaults import EXAMPLE_VAULT, Vault, load

FILES = {
    "a.md": "---\ntitle: A\nyear: 2017\nvenue: NeurIPS\n"
    "results:\n  - {task: T, dataset: D, metric: m, value: 1}\n"
    "authors: [Ada B, C D]\ntopics: [x/y]\n---\n#t/u ![](p.png)",
    "b.md": "---\nyear: 1999\naliases: [Other]\n---\n#t [[a]]",
    "secret.md": "---\nprivate: true\nyear: 1901\nauthors: [Mata H]\n---\n#s ![](s.png)",
    "p.png": b"P", "s.png": b"S", "unused.png": b"U",
}  # fmt: skip

OF_NOTES = {
    "note", "markdown", "topic", "topic-feed", "tag", "author", "venue", "year", "result", "file",
    "redirect", "citing",
}  # fmt: skip
"""Kinds that have no page where there is no note."""


def names(context: SiteContext, kind: str) -> list[str]:
    return [page.name for page in KINDS[kind].plan(context)]


def test_there_is_a_page_for_everything_that_is_public(vault: Vault) -> None:
    context = SiteContext(vault(FILES))
    assert {kind: names(context, kind) for kind in KINDS if kind not in {"static", *SEARCH}} == {
        "home": [""], "notes": [""], "note": ["a", "b"], "topics": [""], "topic": ["x", "x/y"],
        "tags": [""], "tag": ["t", "t/u"], "authors": [""], "author": ["Ada B", "C D"],
        "years": [""], "year": ["1999", "2017"], "404": [""], "feed": [""], "file": ["p.png"],
        "nojekyll": [""], "words": [""], "markdown": ["a", "b"], "topic-feed": ["x", "x/y"],
        "json-feed": [""], "papers-bib": [""], "papers-json": [""], "llms": [""],
        "redirect": ["aliases/other\x1eb"], "venues": [""], "venue": ["neurips"],
        "results": [""], "result": ["t/d"], "status": [""], "missing": [""],
        "citing": [],
    }  # fmt: skip


def test_a_page_is_of_the_kind_that_planned_it_and_named_once(vault: Vault) -> None:
    context = SiteContext(vault(FILES))
    for name, kind in KINDS.items():
        assert {page.kind for page in kind.plan(context)} <= {name}
    counts = Counter(str(page) for page in plan_site(context))
    assert set(counts.values()) == {1}


def test_a_long_list_has_a_page_for_each_part(vault: Vault) -> None:
    context = SiteContext(vault({f"{n}.md": "---\nyear: 2017\n---\n#t #t" for n in range(201)}))
    for kind, name in (("tag", "t"), ("year", "2017")):
        assert list(KINDS[kind].plan(context)) == [PageId(kind, name, part) for part in (1, 2, 3)]


def test_who_cites_a_note_has_pages_where_these_are_many(vault: Vault) -> None:
    citing = {f"{n}.md": "[[b]] [[c]]" if n < 100 else "[[b]] [[b]]" for n in range(201)}
    context = SiteContext(vault({**citing, "b.md": "[[b]]", "c.md": ""}))
    assert list(KINDS["citing"].plan(context)) == [PageId("citing", "b", part) for part in (1, 2)]


def test_two_pages_never_have_one_path() -> None:
    context = SiteContext(load(EXAMPLE_VAULT))
    paths = Counter(compose(context, page).path.casefold() for page in plan_site(context))
    assert [path for path, count in paths.items() if count > 1] == []
    assert plan_pages(load(EXAMPLE_VAULT)) == len(paths) + 1  # and the sitemap


def test_an_empty_vault_has_a_site(vault: Vault) -> None:
    context = SiteContext(vault({}))
    kinds = {page.kind for page in plan_site(context)}
    assert kinds - SEARCH == {*KINDS} - SEARCH - OF_NOTES


@pytest.mark.parametrize("kind", sorted({"notes", *OF_NOTES}))
def test_a_plan_that_depends_on_notes_says_so(vault: Vault, kind: str) -> None:
    context = SiteContext(vault(FILES))
    assert not context.reads
    list(KINDS[kind].plan(context))
    assert context.reads
