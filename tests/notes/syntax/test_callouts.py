"""Obsidian's callouts."""

from __future__ import annotations

import pytest

from paperkb.notes.parse import parse_note
from tests.notes.cases import shown


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("> [!abstract]", "abstract", "Abstract"),
        ("> [!Abstract] The *gist*", "abstract", "The <em>gist</em>"),
        ("> [!my-note|wide] T", "my-note", "T"),
        ("> [!note] See [[a]] #b", "note", "See {wikilink a} {#b}"),
    ],
)
def test_kind_and_title(text: str, kind: str, title: str) -> None:
    html = shown(parse_note(text.encode()))
    assert (
        f'<div class="callout" data-callout="{kind}"><p class="callout-title">{title}</p>' in html
    )


@pytest.mark.parametrize(("sign", "opened"), [("-", ""), ("+", " open")])
def test_folded(sign: str, opened: str) -> None:
    html = shown(parse_note(f"> [!tip]{sign} T\n> body".encode()))
    assert f'<details class="callout" data-callout="tip"{opened}>' in html
    assert "<p>body</p>" in html


@pytest.mark.parametrize("text", ["> [!] x", "> [x] y", "> a\n> [!note] b", "[!note] x", ">\n> a"])
def test_no_callout(text: str) -> None:
    assert "callout" not in shown(parse_note(text.encode()))


def test_blocks_inside_and_callouts_in_callouts() -> None:
    html = shown(parse_note(b"> [!a]\n> - x\n>\n> > [!b] T\n> > y\n\n- > [!c]\n  > z\n"))
    assert html.count('class="callout"') == 3
    assert "<li>x</li>" in html


def test_a_formula_or_code_may_follow_the_title() -> None:
    html = shown(parse_note(b"> [!a] T\n> $$x$$\n> ```\n> y\n> ```\n"))
    assert "<math" in html
    assert "<pre" in html
