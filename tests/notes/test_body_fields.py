"""Labels in a body are fields, or the reader's own words: none of these is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


TRUE, FALSE = ["true", "yes", "on", "1", "y"], ["false", "no", "off", "0", "n"]
FRONT = ["{}: {}", "{}: '{}'"]
BODY = ["{}:: {}", "[{}:: {}]", "**{}:** {}", "**{}**: {}", "- **{}:** {}", "- __{}__: {}"]
ABOVE = ["", "# A title\n", "# A title\n\nA sentence that comes first, with its words.\n\n"]


@st.composite
def statements(draw: st.DrawFn, *, private: bool) -> tuple[str, str]:
    """A name and a value that say whether a note is for others."""
    name = draw(st.sampled_from(["private", "draft", "publish", "published"]))
    words = TRUE if private == (name in ("private", "draft")) else FALSE
    cases = st.sampled_from([str.lower, str.title, str.upper])
    return draw(cases)(name), draw(cases)(draw(st.sampled_from(words)))


@given(data=st.data(), private=st.booleans())
def test_private_is_private_wherever_and_however_it_is_said(
    data: st.DataObject, *, private: bool
) -> None:
    others = data.draw(st.lists(statements(private=False), max_size=3))
    said = [*others, data.draw(statements(private=True))] if private else others
    front, body = [], []
    for name, value in data.draw(st.permutations(said)):
        form = data.draw(st.sampled_from([*FRONT, *BODY]))
        (front if form in FRONT else body).append(form.format(name, value))
    above = data.draw(st.sampled_from(ABOVE))
    text = "\n".join(["---", "title: T", *front, "---", f"{above}", *body, ""])
    assert parse_note(text.encode()).fields.private is private, text


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
