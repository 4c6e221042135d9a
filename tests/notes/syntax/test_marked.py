"""``~~struck~~`` and ``==marked==``: links inside keep their places and sentences."""

from __future__ import annotations

import pytest

from paperkb.notes.parse import parse_note
from tests.notes.cases import shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("~~a~~ ==b==", "<del>a</del> <mark>b</mark>"),
        ("==a **b** ~~c~~==", "<mark>a <strong>b</strong> <del>c</del></mark>"),
        ("a == b == c ~~ d", "a == b == c ~~ d"),
        ("`~~a~~` \\~~b~~", "<code>~~a~~</code> ~~b~~"),
    ],
)
def test_shown(text: str, html: str) -> None:
    assert shown(parse_note(text.encode())) == f"<p>{html}</p>\n"


def test_places() -> None:
    note = parse_note(b"One. Two\n~~three\n==four [[a]]== #b~~ is [x](c.md).\n")
    assert [(link.target, link.line, link.column) for link in note.links] == [
        ("a", 3, 8),
        ("c.md", 3, 24),
    ]
    assert [(tag.name, tag.line, tag.column) for tag in note.hashtags] == [("b", 3, 16)]
    assert {link.sentence for link in note.links} == {"Two three four a #b is x."}
