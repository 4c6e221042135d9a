"""A vault of notes that want to run something in their reader's browser, and to ask others.

Each would set ``window.pwned``, open a dialog, or ask ``evil.example``.
"""

from __future__ import annotations

from pathlib import Path

from tests.vaults import write_files

RUN = "window.pwned=1;alert(1)"
IMG = f'<img src=x onerror="{RUN}">'
SCRIPT = f"<script>{RUN}</script>"
BREAKOUT = f"\"'></title></textarea></script></style>--></math></svg>{IMG}{SCRIPT}"
TEMPLATE = "{{ 7*7 }} {% raw %} {{ site.title }} ${7*7} #{7*7}"

_URLS = (
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f"java&#10;script:{RUN}", f"&#106;avascript:{RUN}",
    f"javascript&colon;{RUN}", f"%6aavascript:{RUN}", f"\x01javascript:{RUN}", f" javascript:{RUN}",
    f"java\tscript:{RUN}", f"vbscript:{RUN}", f"data:text/html,{SCRIPT}",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==",
    f"data:image/svg+xml,<svg onload='{RUN}'/>", "blob:https://evil.example/1",
    "file:///etc/passwd", "view-source:https://evil.example/", "//evil.example/x",
    "/\\evil.example/x", "\\\\evil.example\\x", "https:evil.example", "about:blank",
    "filesystem:https://evil.example/x", f"livescript:{RUN}", "feed:javascript:1",
)  # fmt: skip

_HTML = (
    SCRIPT, IMG, f"<svg onload={RUN}>", f"<svg><script>{RUN}</script></svg>",
    f"<svg><style>{IMG}</style></svg>", "<svg><image href=https://evil.example/x /></svg>",
    "<svg><use href=https://evil.example/x#a /></svg>",
    f"<svg><a><animate attributeName=href to=javascript:{RUN} /><text>x</text></a></svg>",
    f"<svg><foreignObject>{IMG}</foreignObject></svg>", f"<body onload={RUN}>",
    f'<math href="javascript:{RUN}">x</math>',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}'
    '&gt;">', f'<math><maction actiontype="statusline" xlink:href="javascript:{RUN}">x</maction>',
    f'<noscript><p title="</noscript>{IMG}">', f"<template>{IMG}</template>",
    f"<select><template><style><!--</style><a rel=--></style></template>{IMG}",
    f"<iframe srcdoc='{IMG}'></iframe>", "<iframe src=https://evil.example/></iframe>",
    f"<iframe src=javascript:{RUN}></iframe>", f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>", "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<link rel=prefetch href=//evil.example>",
    "<style>@import 'https://evil.example/x.css'; body{display:none}</style>",
    "<div style='position:fixed;inset:0;background:url(https://evil.example/x)'>x</div>",
    f"<form action=javascript:{RUN}><input type=submit><button formaction=javascript:{RUN}>x"
    "</button></form>", "<form id=f action=https://evil.example/><input name=q></form>",
    f"<input autofocus onfocus={RUN}>", "<input type=image src=https://evil.example/x>",
    f"<details open ontoggle={RUN}><summary>x</summary></details>",
    f"<video autoplay onloadstart={RUN} src=x poster=https://evil.example/x></video>",
    f"<audio src=https://evil.example/x autoplay onerror={RUN}></audio>",
    "<img src=https://evil.example/x>", "<img srcset='https://evil.example/x 2x'>",
    "<picture><source srcset=https://evil.example/x><img src=x></picture>",
    "<table background=https://evil.example/x><tr><td background=//evil.example/y>x</table>",
    "<a href=https://example.org/ ping=https://evil.example/ target=_blank>x</a>",
    f"<marquee onstart={RUN}>x</marquee>", f"<a autofocus tabindex=0 onfocus={RUN}>x</a>",
    f'<p title="{BREAKOUT}">x</p>', "<bgsound src=https://evil.example/x>",
    *(f'<a href="{url}">x</a> <img src="{url}">' for url in _URLS),
)  # fmt: skip

_SWALLOW = (
    f"<plaintext>{IMG}", f"<xmp>{IMG}", f"<textarea>{IMG}", f"<title>{IMG}", f"<!--{IMG}",
    f"<![CDATA[{IMG}]]>", f"<?php {IMG}", f"<noembed>{IMG}", f"<script>{IMG}", f"<style>{IMG}",
    f"<noscript>{IMG}", f"<select>{IMG}", f"<frameset>{IMG}", f"<svg><desc>{IMG}",
)  # fmt: skip

CLOBBERING = (
    "pkb:search", "pkb:content", "pkb:query", "paperkb", "addEventListener", "removeEventListener",
    "dispatchEvent", "document", "location", "navigator", "customElements", "matchMedia", "search",
    "getElementById", "currentScript", "body", "head", "scripts", "constructor", "__proto__",
    "cookie", "defaultView", "fetch", "performance", "sessionStorage", "localStorage", "q",
)  # fmt: skip
"""Ids and names that would stand in the way of scripts that look for something of that name."""


def _markdown(url: str) -> str:
    return f"""[inline]({url}) [angle](<{url}>) [titled](<{url}> "{BREAKOUT}") ![image](<{url}>)
<{url}> [[{url}]] [[{url}|label]] ![[{url}]] [@{url}] [reference][r] ![picture][r] {url}

[r]: <{url}>
"""


def write_hostile(root: Path) -> int:
    """Write it, and return the number of notes."""
    q = BREAKOUT.replace("'", "''")
    fields = f"""---
title: '{q} {TEMPLATE}'
authors: ['{q}', '{TEMPLATE}']
year: 2024
venue: '{q} {TEMPLATE}'
tags: ['{q}', '{TEMPLATE}']
topics: ['{q}/{q}', '{TEMPLATE}']
tldr: '{q} {TEMPLATE}'
abstract: '{q} {TEMPLATE}'
status: reading
rating: 5
added: 2024-01-01
url: ['javascript:{RUN}', 'https://example.org/{q}']
pdf: 'javascript:{RUN}'
code: ['javascript:{RUN}', 'data:text/html,{q}', 'https://example.org/{q}']
via: ['{q}', 'javascript:{RUN}', 'https://example.org/{q}']
aliases: ['{q}']
cites: ['{q}', 'javascript:{RUN}', bad2024]
doi: '10.1234/{q}'
tasks: ['{q}']
datasets: ['{q}']
methods: ['{q}']
results: [{{task: '{q}', dataset: '{q}', metric: '{q}', value: 1}}]
---
# {BREAKOUT}

## {BREAKOUT} {TEMPLATE}

> [!{BREAKOUT}] {BREAKOUT}
> {BREAKOUT}

```{BREAKOUT}
{BREAKOUT} {TEMPLATE}
```

`{BREAKOUT}` $\\text{{{IMG}}}$ $\\href{{javascript:{RUN}}}{{x}}$ $$<script>{RUN}</script>$$

[[{BREAKOUT}]] [[other|{BREAKOUT}]] [[other#{BREAKOUT}]] ![[p.png|{BREAKOUT}]]
![[p.png|1x1" onload="{RUN}]]
[@bad2024, {BREAKOUT}] [{BREAKOUT}](other.md) ![{BREAKOUT}](p.png)
[x](other.md#{BREAKOUT}) [p](a.svg)
[h](page.html) ![](a.svg) #{BREAKOUT} text^[{BREAKOUT}] note[^{BREAKOUT}] ^"{RUN}

[^{BREAKOUT}]: {BREAKOUT}
"""
    clobber = "\n\n".join(
        f'<a id="{name}" name="{name}" href="x">a</a> <img id="{name}" name="{name}" src="p.png">'
        f' <input id="{name}" name="{name}">\n\n## {name}'
        for name in CLOBBERING
    )
    notes = {
        "fields.md": fields, "other.md": "# Other\n\n[[fields]] [[clobber]]", "clobber.md": clobber,
        f"names/a{IMG.replace('/', '')}.md": "# Name\n\n[[fields]]",
        "names/{{ 7*7 }}.md": "# Template\n\n[[fields]]",
        "names/\"><svg onload=alert(1)>.md": "text without a title [[fields]]",
        **{f"html{n}.md": "\n\n".join(_HTML[n::6]) for n in range(6)},
        **{f"inline{n}.md": " ".join(f"a {html} b" for html in _HTML[n::6]) for n in range(6)},
        **{f"url{n}.md": _markdown(url) for n, url in enumerate(_URLS)},
        **{f"swallow{n}.md": f"before\n\n{html}\n\nafter" for n, html in enumerate(_SWALLOW)},
    }  # fmt: skip
    write_files(root, notes | {
        "paperkb.toml": f"[site]\ntitle = '''{BREAKOUT}'''\ndescription = '''{BREAKOUT}'''\n"
        f"author = '''{BREAKOUT}'''\n",
        "refs.bib": f"@article{{bad2024, title={{{BREAKOUT}}}, author={{{BREAKOUT}}}, "
        f"url={{javascript:{RUN}}}, journal={{{BREAKOUT}}}, year={{2024}}}}\n",
        "p.png": b"", "x": "", "page.html": SCRIPT,
        "a.svg": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}">{SCRIPT}</svg>',
    })  # fmt: skip
    return len(notes)
