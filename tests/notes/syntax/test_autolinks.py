"""Addresses and ids in running text. (In notes: ``cases/links.txt``.)"""

from __future__ import annotations

import pytest

from paperkb.notes.parse import parse_note
from tests.notes.cases import shown


def addresses(text: str) -> list[str]:
    return [link.label for link in parse_note(text.encode()).links]


PAPER = "https://arxiv.org/abs/1706.03762"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{PAPER}.", [PAPER]),
        (f"({PAPER})", [PAPER]),
        (f"({PAPER}),", [PAPER]),
        (f"“{PAPER}”, '{PAPER}'", [PAPER, PAPER]),
        (f"**{PAPER}**, _{PAPER}_", [PAPER, PAPER]),
        (f"x:{PAPER}", [PAPER]),
        (f"参见{PAPER}。", [PAPER]),
        (f"{PAPER}）", [PAPER]),
        (f"| {PAPER} |\n|---|", [PAPER]),
        (f"`{PAPER}` ${PAPER}$", []),
        (f"[x]({PAPER}) [{PAPER}](y.md)", ["x", PAPER]),
        ("doi:10.1002/(SICI)1097-4571(199806)49:8.", ["doi:10.1002/(SICI)1097-4571(199806)49:8"]),
        ("ARXIV: 1706.03762v2,", ["ARXIV: 1706.03762v2"]),
        ("xhttps://arxiv.org/abs/1706.03762", []),
        ("http:// https: arXiv: doi:", []),
        ("ftp://arxiv.org/abs/1706.03762", []),
    ],
)
def test_addresses(text: str, found: list[str]) -> None:
    assert addresses(text) == found


def test_an_ordinary_address_is_a_plain_link() -> None:
    html = shown(parse_note(b"See https://example.org/a_b_(c)?d=1&e=2."))
    assert html == (
        '<p>See <a class="external" rel="noopener noreferrer" '
        'href="https://example.org/a_b_(c)?d=1&amp;e=2">https://example.org/a_b_(c)?d=1&amp;e=2</a>.</p>\n'
    )


@pytest.mark.parametrize("text", ["http:x", "note: this", "10:30", "a::b", ":", "https", "arxiv:x"])
def test_a_colon_is_a_colon(text: str) -> None:
    assert shown(parse_note(f"At {text} so".encode())) == f"<p>At {text} so</p>\n"
