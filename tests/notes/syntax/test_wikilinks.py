"""What stands between ``[[`` and ``]]``. (In notes: ``cases/links.txt``.)"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes.parse import parse_note
from paperkb.notes.syntax.tokens import Reference
from paperkb.notes.syntax.wikilinks import read_wikilink


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("key", Reference("wikilink", "key")),
        (" key | text ", Reference("wikilink", "key", label="text")),
        ("key#A#B", Reference("wikilink", "key", "A#B")),
        ("key\\|text", Reference("wikilink", "key", label="text")),
        ("#A", Reference("wikilink", "", "A")),
        ("key|a|b", Reference("wikilink", "key", label="a|b")),
        ("key#A|300", Reference("wikilink", "key", "A", label="300")),
        ("C# (language)", Reference("wikilink", "C", "(language)")),
    ],
)
def test_wikilink(text: str, reference: Reference) -> None:
    assert read_wikilink(text) == reference


@pytest.mark.parametrize(
    ("text", "label", "width"),
    [("a.png", "", ""), ("a.png|300", "", "300"),
     ("a.png|300x20", "", "300x20"), ("a.png|b", "b", "")],
)  # fmt: skip
def test_embed(text: str, label: str, width: str) -> None:
    assert read_wikilink(text, embed=True) == Reference("embed", "a.png", label=label, width=width)


@given(st.text("ab#|@\\ é注.-/", min_size=1))
def test_any_text_between_brackets(text: str) -> None:
    links = parse_note(f"x [[{text}]]".encode()).links
    read = read_wikilink(text)
    assert [(link.target, link.anchor) for link in links if link.kind == "wikilink"] == (
        [(read.target, read.anchor)] if read.target or read.anchor else []
    )
