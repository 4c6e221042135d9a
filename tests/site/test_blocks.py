"""The blocks of a body, and the part below a heading."""

from __future__ import annotations

import pytest

from paperkb.notes.html_tags import is_balanced
from paperkb.site.blocks import blocks, first_blocks, section

BODY = """<h2 id="a">A</h2>
<p>one<br>two <span id="x&amp;y"></span></p>
<h3 id="deep">Deep</h3>
<ul><li>item <h2 id="no">not a section</h2></li></ul>
<h2 id="b">B</h2>
<p>three</p>
"""


def test_the_blocks_are_what_stands_on_the_top_level() -> None:
    assert [block[:4] for block in blocks(BODY)] == ["<h2 ", "<p>o", "<h3 ", "<ul>", "<h2 ", "<p>t"]
    assert blocks("<p>a</p><math><mspace/></math>") == ["<p>a</p>", "<math><mspace/></math>"]
    assert blocks("") == []


@pytest.mark.parametrize("text", ["<p>", "</p>", "<p><b></p></b>", '<a title="<b>">'])
def test_tags_that_do_not_match_give_no_blocks(text: str) -> None:
    assert not is_balanced(text)
    assert blocks(text) == []


def test_a_section_ends_at_the_next_heading_as_high() -> None:
    assert [block[:4] for block in section(BODY, "a")] == ["<p>o", "<h3 ", "<ul>"]
    assert section(BODY, "b") == ["<p>three</p>"]
    assert section(BODY, "deep") == [blocks(BODY)[3]]


def test_another_id_stands_for_its_block() -> None:
    assert section(BODY, "x&y") == [blocks(BODY)[1]]
    assert section(BODY, "gone") == []


def test_the_first_blocks_are_whole_ones_and_at_least_one() -> None:
    assert first_blocks(["12345", "12345", "1"], 10) == (["12345", "12345"], False)
    assert first_blocks(["12345", "12345"], 10) == (["12345", "12345"], True)
    assert first_blocks(["12345"], 1) == (["12345"], True)
