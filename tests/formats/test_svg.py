"""SVG files, without what runs."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.formats.svg import EMPTY, clean_svg

START = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, more: str = "") -> bytes:
    return f"{START} {more}>{inside}</svg>".encode()


HARMLESS = (
    '<path d="M0 0L1 1" style="fill: #fff" clip-path="url(#a)"/>',
    '<style>.a{fill:url(#g)} text > tspan {font: 1em "A"}</style><text x="1">a &lt; b</text>',
    '<use xlink:href="#a"/><image href="data:image/png;base64,AA=="/>',
    '<a href="https://example.org/"><text>link</text></a>',
    '<animate attributeName="x" to="1"/><title>On one</title><g id="onion" opacity="1"/>',
)


@pytest.mark.parametrize("inside", HARMLESS)
def test_a_picture_stays_what_it_is(inside: str) -> None:
    made = clean_svg(svg(inside, 'viewBox="0 0 1 1"'))
    assert made.removed == ()
    before, after = ET.fromstring(svg(inside, 'viewBox="0 0 1 1"')), ET.fromstring(made.data)
    assert ET.canonicalize(ET.tostring(before)) == ET.canonicalize(ET.tostring(after))
    assert b"ns0:" not in made.data
    assert clean_svg(made.data).data == made.data


ACTIVE = (
    "<script>alert(1)</script>", '<script href="x.js"/>',
    '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    "<g onclick='alert(1)'/>", "<g ONLOAD='alert(1)'/>",
    "<a href='javascript:alert(1)'/>", "<a xlink:href='java&#10;script:alert(1)'/>",
    "<a href='data:text/html,x'/>", "<use href='data:image/svg+xml,x#a'/>",
    "<image href='https://evil.example/x.png'/>", "<image href='//evil.example/x.png'/>",
    "<foreignObject><p>x</p></foreignObject>",
    "<animate attributeName='href' to='javascript:alert(1)'/>",
    "<set attributeName='xlink:href' to='javascript:alert(1)'/>",
    "<set attributeName='onclick' to='alert(1)'/>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>a{b:url( 'https://evil.example/')}</style>", "<style>a{b:\\75rl(//x)}</style>",
    "<path fill='url(https://evil.example/x#y)'/>", "<g style='background:url(//x)'/>",
    "<g xml:base='https://evil.example/'/>",
)  # fmt: skip


@pytest.mark.parametrize("inside", ACTIVE)
def test_what_runs_or_asks_others_goes_and_is_told(inside: str) -> None:
    made = clean_svg(svg(f"<g>before{inside}after</g>"))
    assert made.removed
    for word in (b"alert", b"evil", b"//x", b"data:", b"script"):
        assert word not in made.data
    assert b"before" in made.data
    assert b"after" in made.data


@pytest.mark.parametrize(
    "data",
    [
        b"", b"not xml", b"<svg/>", b"<svg", svg("<g>"), b"\xff\xfe\x00", svg("&nbsp;"),
        b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
        svg("<g>").replace(b"<svg", b'<?xml version="1.0" encoding="no-such"?><svg'),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_an_empty_one(data: bytes) -> None:
    assert clean_svg(data).data == EMPTY
    assert clean_svg(data).removed


def test_instructions_and_entities_are_gone() -> None:
    text = (
        '<?xml version="1.0"?><?xml-stylesheet href="x.xsl" type="text/xsl"?>'
        "<!DOCTYPE svg [<!ENTITY e 'good'>]>" + svg("<text>&e;</text>").decode()
    )
    made = clean_svg(text.encode("utf-16"))
    assert b"good" in made.data
    assert b"<?xml-" not in made.data
    assert b"<!" not in made.data


def test_entities_that_grow_are_refused() -> None:
    entities = "<!ENTITY a '" + "x" * 100 + "'>" + "".join(
        f"<!ENTITY {new} '{f'&{old};' * 20}'>" for old, new in zip("abcde", "bcdef", strict=True)
    )  # fmt: skip
    bomb = f"<!DOCTYPE svg [{entities}]>".encode() + svg("<text>&f;</text>")
    assert clean_svg(bomb).data == EMPTY


@given(st.text(max_size=50))
def test_any_text_is_cleaned(text: str) -> None:
    assert clean_svg(text.encode("utf-8", "replace")).data
    ET.fromstring(clean_svg(svg(text)).data)
