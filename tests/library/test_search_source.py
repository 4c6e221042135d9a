"""What the search engine asks of the index: of all notes, and of those that are published."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.library.find import find
from paperkb.library.library import Library
from paperkb.library.search_source import IndexSource
from tests.vaults import load, write_files

VAULT = {
    "a.md": "---\ntitle: Sparse\ntags: [DeepLearning, my-transformers]\n---\nWhy? :: So.",
    "b.md": "---\ntitle: Dense attention\ntopics: [nlp/parsing]\n---\nWhy? So.",
    "c.md": "---\ntitle: Covert attention\ntags: [secretly]\nprivate: true\n---\nclandestine",
}  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write_files(tmp_path, VAULT)
    return load(tmp_path)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("transfromers", ["a"]),
        ("deeplaerning", ["a"]),
        ("parsign", ["b"]),
        ("has:cards", ["a"]),
        ("secretyl", ["c"]),
    ],
)
def test_words_of_tags_and_topics_may_be_mistyped(
    library: Library, query: str, keys: list[str]
) -> None:
    assert [found.key for found in find(library, query).notes] == keys


def test_what_only_private_notes_have_is_in_no_list_of_the_site(library: Library) -> None:
    public, everything = IndexSource(library.index, is_public=True), IndexSource(library.index)
    sizes = public.sizes()
    assert dict(zip(sizes.entry, sizes.public, strict=True))["title:attention"] == 1
    for word in ("clandestine", "tag:secretly", "title:covert"):
        assert word not in sizes.entry
        assert (public.entries(word), everything.entries(word)) == ([], [word])
        assert (public.longer(word[:-1], 9), everything.longer(word[:-1], 9)) == ([], [word])
    assert "secretly" not in public.similar(len("secretly"))
    assert "secretly" in everything.similar(len("secretly"))
