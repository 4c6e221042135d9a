"""Notes and their HTML with slots (``cases/html.txt``)."""

from __future__ import annotations

import pytest

from paperkb.notes.parse import parse_note
from tests.notes.cases import Case, describe_headings, parametrise, shown


@parametrise("html.txt")
def test_html(case: Case) -> None:
    html = shown(parse_note(case.note.encode()))
    assert [line for line in html.split("\n") if line.strip()] == list(case.expected)


def test_ten_thousand_headings_of_one_name() -> None:
    note = parse_note(b"Text.\n\n" + b"# same\n" * 10_000)
    assert describe_headings(note)[0] == "3 # same (same)"
    assert describe_headings(note)[-1] == "10002 # same (same-10000)"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (b"[x](y.md)", ["markdown"]),
        (b"![x](y.png)", ["image"]),
        (b"![[y.png]]", ["embed"]),
        (b"<img src=y.png>", ["html"]),
        (b"<video src=y.mp4></video>", ["html"]),
        (b"https://arxiv.org/abs/1706.03762", ["url"]),
        (b"https://example.org", []),
        (b"[x](mailto:a@b.org)", []),
        (b"[x](javascript:a)", []),
    ],
)
def test_what_becomes_a_link(text: bytes, kinds: list[str]) -> None:
    assert [link.kind for link in parse_note(text).links] == kinds


@pytest.mark.parametrize(
    ("text", "label", "width"),
    [
        (b"![x](y.png)", "x", ""),
        (b"![x|300](y.png)", "x", "300"),
        (b"![p(x|y) and more](y.png)", "p(x|y) and more", ""),
        (b"![p(x|y)|300x20](y.png)", "p(x|y)", "300x20"),
        (b"![300](y.png)", "300", ""),
    ],
)
def test_a_size_ends_the_text_of_a_figure(text: bytes, label: str, width: str) -> None:
    (link,) = parse_note(text).links
    assert (link.label, link.width) == (label, width)


def test_protected_formulas_come_through_sanitising_whole() -> None:
    plain, guarded = parse_note(b"Let $x^2$."), parse_note(b"Let $x^2$. <b>y</b>")
    assert shown(guarded) == shown(plain).replace("</p>", " <b>y</b></p>")
