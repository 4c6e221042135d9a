"""Where comments are, and that they are shown nowhere. (See also test_parse.py.)"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes.parse import parse_note
from paperkb.notes.syntax.comments import (
    blank_comments,
    blank_fences,
    find_comments,
    remove_spanning_comments,
)
from tests.notes.cases import shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a %%b%% c", ["%%b%%"]),
        ("<!--a--> %%b%%", ["<!--a-->", "%%b%%"]),
        ("%% a <!-- b %% c -->", ["%% a <!-- b %%"]),
        ("%%a\n\nb%%", ["%%a\n\nb%%"]),
        ("%%%%", ["%%%%"]),
        ("%% a", []),
        ("<!-- a", []),
        ("<!-- a %%b%%", ["%%b%%"]),
        ("`%%a%%` ``<!-- ` -->`` %%b%%", ["%%b%%"]),
        ("`a %%b%%", ["%%b%%"]),
        ("`a\n\n%%b%% `", ["%%b%%"]),
        ("%%a`b%% `c`", ["%%a`b%%"]),
    ],
)
def test_find(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_comments(text)] == found


def test_blank_keeps_every_place() -> None:
    assert blank_comments("a %%b\nc%% d") == "a    \n    d"
    assert blank_comments("x\na %%b\nc%% d\ny", whole_lines=True) == "x\n     \n     \ny"
    assert blank_fences("a\n```py\n%%b\n```\nc") == "a\n     \n   \n   \nc"
    assert blank_fences("~~~~\n~~~\nx") == "    \n   \n "


@given(st.text("ab%<!->` \n", max_size=60))
def test_blanking_moves_nothing(text: str) -> None:
    for whole in (False, True):
        blanked = blank_comments(text, whole_lines=whole)
        assert len(blanked) == len(text)
        assert all(new in (old, " ") for old, new in zip(text, blanked, strict=True))
        assert blanked.count("\n") == text.count("\n")
    assert remove_spanning_comments(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a %%b\n\nc%% d", "a \n\n d"),
        ("a <!-- b\nc --> d", "a \n d"),
        ("a %%b\nc%% d", "a \n d"),
        ("$$\nx %%b\nc%% d\n$$", "$$\nx %%b\nc%% d\n$$"),
        ("# a %%b\nc%% d", "# a \n d"),
        ("%%b\n\nc%% d", "%%b\n\nc%% d"),
        ("```\na <!-- b\n--> c\n```", "```\na <!-- b\n--> c\n```"),
    ],
)
def test_comments_over_several_blocks(text: str, left: str) -> None:
    assert remove_spanning_comments(text) == left


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("%% a %%", ""),
        ("%% a %%\nb", "<p>b</p>"),
        ("a\n%% b %%\nc", "<p>a</p>\n<p>c</p>"),
        ("<!-- a --> b", "<p> b</p>"),
        ("- a\n  %% b\n\n  c %%\n- d", "<ul>\n<li><p>a</p>\n</li>\n<li><p>d</p>\n</li>\n</ul>"),
        ("> %%\n> a\n>\n> b\n> %%\n> c", "<blockquote>\n<p>c</p>\n</blockquote>"),
        ("<!-- a", ""),
        ("100%% sure", "<p>100%% sure</p>"),
        ("    %% code %%", '<pre class="code" tabindex="0"><code>%% code %%</code></pre>'),
        ("<!-- a -->\n\n<b>c</b>", "<p><b>c</b></p>"),
    ],
)
def test_shown(text: str, html: str) -> None:
    assert shown(parse_note(text.encode())).strip() == html
