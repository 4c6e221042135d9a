"""What other systems write (``cases/dialects.txt``), and the names of files."""

from __future__ import annotations

import pytest

from paperkb.notes.dialects import visible_lines
from paperkb.notes.parse import parse_note
from tests.notes.cases import (
    Case,
    compare,
    describe_fields,
    describe_hashtags,
    describe_problems,
    parametrise,
    shown,
)


@parametrise("dialects.txt")
def test_dialect(case: Case) -> None:
    note = parse_note(case.note.encode())
    compare(case, describe_fields(note) + describe_hashtags(note) + describe_problems(note))


def test_metadata_is_not_shown_again_and_lines_stay() -> None:
    note = parse_note(
        b"# Title\n*year:* 2017\n[Paper](https://arxiv.org/abs/1706.03762)\n\n[[a]]\n"
    )
    assert shown(note) == "<p>{wikilink a}</p>\n"
    assert note.links[0].line == 5
    assert dict(note.field_lines) == {"title": 1, "year": 2, "url": 3}


def test_labels_that_hold_links_stay_in_the_text() -> None:
    note = parse_note(b"cites:: [[bert]], [[gpt]]\n")
    assert [(link.kind, link.target) for link in note.links] == [
        ("wikilink", "bert"),
        ("wikilink", "gpt"),
    ]


def test_visible_lines_keep_their_number_and_columns() -> None:
    lines = [
        "a %%x%% b",
        "```",
        "code",
        "```",
        "<!-- c",
        "d --> e",
        "`%%` f %% g",
        "~~~",
        "~~~",
        "h",
    ]
    seen = visible_lines(lines)
    assert len(seen) == len(lines)
    assert [line.strip() for line in seen] == ["a       b", *[""] * 5, "`%%` f %% g", "", "", "h"]
    assert seen[0].index("b") == lines[0].index("b")


@pytest.mark.parametrize("heading", ["# " + "a" * 2000, "# " + "[a](" * 5000, "# a" + ", b" * 9000])
def test_an_endless_heading_is_no_title(heading: str) -> None:
    assert parse_note(heading.encode()).fields.work.title == ""
