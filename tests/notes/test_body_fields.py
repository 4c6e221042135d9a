"""Labels in a body are fields, or the reader's own words: none of these is lost."""

from __future__ import annotations

import pytest

from paperkb.notes.parse import parse_note

BELOW = """---
title: A paper
year: 2020
status: read
---

A sentence of the reader comes first here.

## Experiments

- **Status**: could not reproduce the numbers
- **Method**: they take the mean over 5 runs
- **Private**: yes, they use private data
- **Loss**: cross entropy
"""


def test_below_a_sentence_labels_are_prose() -> None:
    note = parse_note(BELOW.encode())
    for word in ("reproduce", "mean", "private", "entropy"):
        assert word in note.html
    assert (note.fields.methods, note.fields.private, note.problems) == ((), False, ())


@pytest.mark.parametrize(
    "above",
    [
        "Attention Is All You Need\n====\n",
        "# T\n\nAshish Vaswani, Noam Shazeer, Niki Parmar\n",
        "# T\n\nVaswani et al. 2017\n",
        "# T\n\n![cover](c.png)\n\n## Metadata\n",
        "# T\n#nlp #cv\n\n## Info\n",
        "# T\n---\n**Authors:** A B\n\n# Bibliographic data\n",
    ],
)
def test_below_titles_authors_and_pictures_labels_are_fields(above: str) -> None:
    assert parse_note(f"{above}\n**Year:** 2017\n".encode()).fields.work.year == 2017


def test_what_else_stands_in_a_heading_or_table_stays_with_it() -> None:
    front = "---\nurl: https://arxiv.org/abs/1706.03762\n---\n"
    linked = parse_note(f"{front}# [A](https://arxiv.org/pdf/1706.03762)\n\ntext\n".encode())
    assert (linked.fields.work.title, linked.html) == ("A", "<p>text</p>\n")
    rows = "| Title | A |\n|---|---|\n| Year | 2018 |\n| Venue | NeurIPS |\n"
    table = parse_note(f"---\nyear: 2017\n---\n{rows}\ntext\n".encode())
    assert "|" not in table.html
    assert "2018" in table.html
    assert (table.fields.work.year, table.fields.work.venue) == (2017, "NeurIPS")
    tags = parse_note(b"---\ntags: [c]\n---\n**Tags:** #a #b foo\n")
    assert [hashtag.name for hashtag in tags.hashtags] == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "is_shown"),
    [
        ("**Year**: 2020", False),  # the front matter says so
        ("**Year**: data of 2012", True),
        ("**Tags**: nlp", False),
        ("**Rating**: from 1 to 7", True),  # what the field cannot be
        ("**Venue**: NeurIPS", False),
        ("**Title:** B said otherwise", True),
    ],
)
def test_no_word_of_a_label_is_lost(line: str, is_shown: bool) -> None:
    note = parse_note(f"---\ntitle: A\nyear: 2020\ntags: [nlp, x]\n---\n{line}\n".encode())
    assert ("<strong>" in note.html) is is_shown
    assert note.problems == ()


def test_a_break_below_a_field_goes_with_it() -> None:
    note = parse_note(b"# T\n\n**Authors:** Ada Lovelace\n<br>\n**NeurIPS 2023**\n")
    assert [str(person) for person in note.fields.work.authors] == ["Ada Lovelace"]
    assert note.html.strip() == "<p><strong>NeurIPS 2023</strong></p>"
