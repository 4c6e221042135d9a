"""Hashtags (``cases/hashtags.txt``)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes.parse import parse_note
from paperkb.notes.syntax.hashtags import MAX_TAG_LINE, clean_tag, is_tag_line
from tests.notes.cases import Case, compare, describe_hashtags, parametrise, shown


@parametrise("hashtags.txt")
def test_hashtags(case: Case) -> None:
    compare(case, describe_hashtags(parse_note(case.note.encode())))


@pytest.mark.parametrize(
    ("name", "tag"),
    [("a", "a"), ("a/b/", "a/b"), ("/a", "a"), ("a-", "a"), ("a/-", "a"), ("a_", "a_"), ("12", ""),
     ("1/2", ""), ("12a", "12a"), ("-", ""), ("_", ""), ("/", ""), ("", ""), ("a--b", "a--b")],
)  # fmt: skip
def test_clean_tag(name: str, tag: str) -> None:
    assert clean_tag(name) == tag


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        (r"\#a", True),
        (r"\#a, \#b; #c", True),
        (r"- \#a | \#b", True),
        (r"Tags: \#a", True),
        (r"**Tags**: \#a", True),
        (r"**keywords:** \#a and \#b", True),
        (r"[Paper](x), Tags: \#a", True),
        (r"Issue \#a", False),
        (r"\#a is the first", False),
        (r"Stags: \#a", False),
    ],
)
def test_tag_line(line: str, yes: bool) -> None:
    assert is_tag_line(f"x\n{line}\nx", 2 + line.index("#") - 1) is yes
    assert not is_tag_line(line + " " * MAX_TAG_LINE, 0)


def test_escaped_mark_of_no_tag_is_shown() -> None:
    assert shown(parse_note(rb"It is \#1 and \#nlp.")) == "<p>It is #1 and #nlp.</p>\n"


@given(st.from_regex(r"[a-z][a-z0-9_]{0,9}(/[a-z0-9]{1,5}){0,2}", fullmatch=True))
def test_a_tag_is_read_back(name: str) -> None:
    note = parse_note(f"Some #{name}, text".encode())
    assert [tag.name for tag in note.hashtags] == [name]
    assert parse_note(f"`#{name}` x#{name} https://x.org/#{name}".encode()).hashtags == ()
