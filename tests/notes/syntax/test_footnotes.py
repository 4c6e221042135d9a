"""Footnotes; no word of one vanishes."""

from __future__ import annotations

import re

from paperkb.notes.parse import parse_note
from tests.notes.cases import shown


def test_every_reference_leads_somewhere() -> None:
    html = shown(parse_note(b"A[^1] b[^2] c[^1].\n\n[^1]: One.\n[^2]: Two.\n"))
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_a_definition_that_nothing_refers_to_is_kept() -> None:
    html = shown(parse_note(b"Text.\n\n[^a]: Lost *words*.\n"))
    assert '<li id="fn-1"><p>Lost <em>words</em>.</p></li>' in html
    assert "fnref" not in html


def test_a_reference_without_definition_is_text() -> None:
    assert shown(parse_note(b"A[^1].")) == "<p>A[^1].</p>\n"


def test_blocks_inside_a_footnote() -> None:
    note = parse_note(b"A[^1].\n\n[^1]: One [[a]].\n\n    - two [[b]]\n\n    three #c\n")
    assert [(link.target, link.line) for link in note.links] == [("a", 3), ("b", 5)]
    assert [(tag.name, tag.line) for tag in note.hashtags] == [("c", 7)]
    assert "<li>two {wikilink b}</li>" in shown(note)


def test_a_footnote_may_refer_to_itself() -> None:
    assert "fn-1" in shown(parse_note(b"A[^1].\n\n[^1]: See [^1].\n"))
