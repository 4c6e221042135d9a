"""Addresses and groups of a site."""

from __future__ import annotations

import pytest

from paperkb.model import Work
from paperkb.site.context import build_context, work_address
from tests.vaults import Vault


def test_notes_tags_topics_and_authors_have_addresses(vault: Vault) -> None:
    context = build_context(
        vault(
            {
                "x/My Note.md": "---\ntags: [A/B]\ntopics: ['Deep Learning/CNN']\n"
                "authors: [Ada Lovelace]\n---\nx",
                "y/twin.md": "",
                "z/twin.md": "#a/c",
            }
        )
    )
    assert context.note_paths == {
        "My Note": "notes/My-Note.html",
        "y/twin": "notes/y/twin.html",
        "z/twin": "notes/z/twin.html",
    }
    assert context.tag_paths == {
        "a": "tags/A.html", "a/b": "tags/A/B.html", "a/c": "tags/a/c.html",
    }  # fmt: skip
    assert context.topic_paths == {
        "deep learning": "topics/Deep-Learning.html",
        "deep learning/cnn": "topics/Deep-Learning/CNN.html",
    }
    assert context.author_paths == {"Ada Lovelace": "authors/Ada-Lovelace.html"}


def test_only_files_that_public_notes_refer_to_are_published(vault: Vault) -> None:
    context = build_context(
        vault(
            {
                "a.md": "![](img/x.PNG) [pdf](img/x.pdf)",
                "p.md": "---\nprivate: true\n---\n![](img/secret.png)",
                "img/x.PNG": b"", "img/x.pdf": b"", "img/secret.png": b"", "img/other.png": b"",
            }
        )
    )  # fmt: skip
    assert context.file_paths == {
        "img/x.PNG": "files/img/x.png", "img/x.pdf": "files/img/x.pdf",
    }  # fmt: skip


def test_private_notes_are_in_no_group(vault: Vault) -> None:
    context = build_context(
        vault(
            {
                "p.md": "---\nprivate: true\nyear: 1901\nauthors: [A B]\ntopics: [t]\n---\n#tag",
                "b.md": "",
            }
        )
    )
    assert (context.years, context.authors, context.topics, context.tags) == ({}, {}, {}, {})


@pytest.mark.parametrize(
    ("work", "address"),
    [
        (Work("T", ids=frozenset({"doi:10.1000/x", "arxiv:1706.03762"})),
         "https://arxiv.org/abs/1706.03762"),
        (Work("T", ids=frozenset({"doi:10.1000/x"})), "https://doi.org/10.1000/x"),
        (Work("T", url="https://x.org"), "https://x.org"),
        (Work("T", url="javascript:alert(1)"), ""),
        (Work("T"), ""),
    ],
)  # fmt: skip
def test_where_a_work_is_found(work: Work, address: str) -> None:
    assert work_address(work) == address
