"""Relative addresses in raw HTML become slots, remote images links."""

from __future__ import annotations

import pytest

from paperkb.notes.raw_html import rewrite_addresses


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ('<img src="a.png">', '<img src="{a.png}">'),
        ("<img src='a b.png' alt=x>", '<img src="{a b.png}" alt=x>'),
        ("<IMG SRC=a.png>", '<IMG SRC="{a.png}">'),
        ('<img alt="src=x" src="a&amp;b.png">', '<img alt="src=x" src="{a&b.png}">'),
        ('<a href="x.md#y">z</a>', '<a href="{x.md#y}">z</a>'),
        ('<a href="https://example.org">z</a>', '<a href="https://example.org">z</a>'),
        ('<a href="#y">z</a>', '<a href="#y">z</a>'),
        ("<a name=x>", "<a name=x>"),
        ('<img src="">', '<img src="">'),
        ("<abbr href=x>", "<abbr href=x>"),
        ("no tag, src=x", "no tag, src=x"),
        (
            '<img src="https://x.example/y.png" alt="Y &lt;">',
            '<a class="remote-image" href="https://x.example/y.png">Y &lt;</a>',
        ),
        ('<img src="javascript:x" alt="Y">', "Y"),
        ('<img src="data:image/png;base64,AA">', "image"),
    ],
)
def test_rewritten(source: str, made: str) -> None:
    assert rewrite_addresses(source, lambda target, _tag: f"{{{target}}}") == made


def test_the_slot_is_told_the_tag_as_written() -> None:
    tags: list[str] = []
    rewrite_addresses("a <img src=x> b <a href=y>", lambda _target, tag: tags.append(tag) or "")
    assert tags == ["<img src=x>", "<a href=y>"]
