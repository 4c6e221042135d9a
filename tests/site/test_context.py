"""Addresses, groups and cards of a site, and which facts each answer was made from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from paperkb.library.cells import cell
from paperkb.site.context import SiteContext
from paperkb.site.plan import KINDS
from tests.vaults import Vault


def paths(context: SiteContext, kind: str) -> dict[str, str]:
    """Group → address, as lists have it; the address that it has alone is the same."""
    found = {group.name: group.path for group in context.groups(kind)}
    assert found == {name: context.group_path(kind, name) for name in found}
    return found


def files(context: SiteContext) -> dict[str, str]:
    """The files that are published, and where."""
    pages = [KINDS["file"].compose(context, page) for page in KINDS["file"].plan(context)]
    root = context.library.root
    return {str((page.source or root).relative_to(root)): page.path for page in pages}


def test_notes_tags_topics_and_authors_have_addresses(vault: Vault) -> None:
    context = SiteContext(
        vault(
            {
                "x/My Note.md": "---\ntags: [A/B]\ntopics: ['Deep Learning/CNN']\n"
                "authors: [Ada Lovelace]\nyear: 1843\n---\nx",
                "y/twin.md": "",
                "z/twin.md": "#a/c",
            }
        )
    )
    assert {note.key: context.note_path(note.key) for note in context.library.notes} == {
        "My Note": "notes/My-Note.html",
        "y/twin": "notes/y/twin.html",
        "z/twin": "notes/z/twin.html",
    }
    assert paths(context, "tag") == {
        "a": "tags/A.html", "a/b": "tags/A/B.html", "a/c": "tags/A/c.html",
    }  # fmt: skip
    assert paths(context, "topic") == {
        "deep learning": "topics/Deep-Learning.html",
        "deep learning/cnn": "topics/Deep-Learning/CNN.html",
    }
    assert paths(context, "author") == {"Ada Lovelace": "authors/Ada-Lovelace.html"}
    assert paths(context, "year") == {"1843": "years/1843.html"}


def test_names_that_would_share_an_address_get_one_each(vault: Vault) -> None:
    context = SiteContext(
        vault(
            {
                "a b.md": "---\nauthors: [A B]\ntopics: [x y]\n---\n#x/y",
                "a-b.md": "---\nauthors: [A-B]\ntopics: [x-y]\n---\n#x/Y",
                "A-B.md": "",
            }
        )
    )
    notes = [context.note_path(key) for key in ("a b", "a-b", "A-B")]
    assert len({path.casefold() for path in notes}) == 3
    for kind, count in (("author", 2), ("topic", 2), ("tag", 2)):
        assert len({path.casefold() for path in paths(context, kind).values()}) == count


def test_only_files_that_public_notes_refer_to_are_published(vault: Vault) -> None:
    context = SiteContext(
        vault(
            {
                "a.md": "![](img/x.PNG) [pdf](img/x.pdf)",
                "p.md": "---\nprivate: true\n---\n![](img/secret.png)",
                "img/x.PNG": b"", "img/x.pdf": b"", "img/secret.png": b"", "img/other.png": b"",
            }
        )
    )  # fmt: skip
    assert files(context) == {
        "img/x.PNG": "files/img/x.png", "img/x.pdf": "files/img/x.pdf",
    }  # fmt: skip


def test_private_notes_are_in_no_group_and_no_list(vault: Vault) -> None:
    context = SiteContext(
        vault(
            {
                "p.md": "---\nprivate: true\nyear: 1901\nauthors: [A B]\ntopics: [t]\n"
                "status: read\nadded: 2024-01-01\n---\n#tag [[b]]",
                "b.md": "",
            }
        )
    )
    assert {kind: context.groups(kind) for kind in ("year", "author", "topic", "tag")} == {
        "year": [], "author": [], "topic": [], "tag": [],
    }  # fmt: skip
    assert (context.shelves(), context.dated(), context.statuses()) == ([], [], {})
    assert context.all_keys() == ["b"]
    assert (context.note("p"), context.work("p")) == (None, None)
    assert (context.citing("b"), context.count_references()) == ([], 0)
    with pytest.raises(KeyError):
        context.card("p")


def test_a_private_note_shares_no_address_and_spells_no_label(vault: Vault) -> None:
    context = SiteContext(
        vault({"a b.md": "#tag", "a-b.md": "---\nprivate: true\n---\n#TAG #TAG #TAG"})
    )
    assert context.note_path("a b") == "notes/a-b.html"
    assert paths(context, "tag") == {"tag": "tags/tag.html"}


VAULT = {
    "a.md": "---\ntitle: A\nyear: 2017\nauthors: [Ada B]\ntopics: [x/y]\nadded: 2024-01-01\n"
    "status: read\n---\n[[b]] #t/u ![](f.png)",
    "b.md": "# B\n#t",
    "f.png": b"P",
}
SPELLED = (("spelling", "tag", "t"), ("spelling", "tag", "t/u"))
READS: list[tuple[str, Callable[[SiteContext], object], tuple[tuple[str, ...], ...]]] = [
    ("note", lambda c: c.note("a"), (("work", "a"),)),
    ("work", lambda c: c.work("gone"), (("work", "gone"),)),
    ("card", lambda c: c.card("a"), (("work", "a"),)),
    (
        "dated",
        lambda c: c.dated(),
        (("keys",), *(("column", n) for n in ("status", "added", "active"))),
    ),
    ("dated in", lambda c: c.dated_in("topic", "x", 9), (("group", "topic", "x"),)),
    ("dates", lambda c: c.dates(), (("keys",), ("column", "active"))),
    ("catalogue", lambda c: c.catalogue(), (("notes",),)),
    ("redirects", lambda c: c.redirects("alias"), (("redirects",),)),
    ("statuses", lambda c: c.statuses(), (("keys",), ("column", "status"))),
    ("references", lambda c: c.count_references(), (("references",),)),
    ("cites", lambda c: c.cites("a"), (("links", "a"),)),
    ("citing", lambda c: c.citing("b"), (("citing", "b"),)),
    ("what they say", lambda c: c.what_citing_say("b", ["a"]), (("citing", "b"),)),
    ("long lists", lambda c: c.cited_often(), (("long", "citing"),)),
    ("groups", lambda c: c.groups("tag"), (("groups", "tag"),)),
    ("shelves", lambda c: c.shelves(), (("groups", "topic"),)),
    ("members", lambda c: c.lists.members("tag", "t"), (("group", "tag", "t"),)),
    ("together", lambda c: c.together("tag", "t"), (("company", "tag", "t"),)),
    ("nested", lambda c: c.nested("tag", "t"), (("company", "tag", "t"),)),
    ("keys", lambda c: c.all_keys(), (("keys",),)),
    ("count", lambda c: c.lists.count("tag", "t"), (("count", "tag", "t"),)),
    ("part", lambda c: c.lists.part("tag", "t", 1), (("part", "tag", "t", "1"),)),
    ("parts", lambda c: c.lists.parts("tag", "t", "x.html"), (("parts", "tag", "t"),)),
    ("label", lambda c: c.label("tag", "t/u"), SPELLED),
    ("note path", lambda c: c.note_path("a"), (("work", "a"),)),
    ("tag path", lambda c: c.group_path("tag", "t/u"), (("address", "tag", "t/u"), *SPELLED)),
    ("author path", lambda c: c.group_path("author", "Ada B"), (("address", "author", "ada-b"),)),
    ("file path", lambda c: c.file_path("f.png"), (("address", "file", "f.png"),)),
    ("file", lambda c: c.file("f.png"), (("file", "f.png"),)),
]


@pytest.mark.parametrize(("ask", "cells"), [row[1:] for row in READS], ids=[r[0] for r in READS])
def test_an_answer_takes_down_what_it_was_made_from_each_time(
    vault: Vault, ask: Callable[[SiteContext], object], cells: tuple[tuple[str, ...], ...]
) -> None:
    context = SiteContext(vault(VAULT))
    for _ in range(2):  # answers are remembered; what they were made from is taken down again
        context.reads.restart()
        ask(context)
        assert context.reads.cells == {cell(*name) for name in cells}


def test_the_text_and_the_links_of_a_note_are_cells_of_it(vault: Vault) -> None:
    context = SiteContext(vault(VAULT))
    note = context.note("a")
    assert note
    context.reads.restart()
    context.text(note)
    assert context.reads.cells == {cell("text", "a")}
    context.resolutions(note)
    assert context.reads.cells == {cell("text", "a"), cell("links", "a")}
