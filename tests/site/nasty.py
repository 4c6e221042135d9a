"""A vault of everything that files, names and notes should not hold, and that some do."""

from __future__ import annotations

import os
from pathlib import Path

from tests.vaults import write_files, write_raw

LONG = "ä" * 120  # 240 bytes, and the extension

HOSTILE = {
    "title": '<script>alert(1)</script> & "quotes"',
    "author": '<img src=x onerror="alert(2)">',
    "tag": '<b>"bold&tag"</b>',
    "topic": '<i>top & "shelf"',
}

NAMES = (
    "😀 emoji 🧪", "a: colon", "100% done", "50%25 twice", "%zz", "hash # in name", "what?",
    "star*",
    'quote " and \'', "back\\slash", "new\nline", "tab\there", "con", "NUL", "aux.", "COM1",
    "trailing dot.", "trailing space ", " leading", "-dash", "--", "a...", "index", "README",
    "[[x]]",
    "a|b", "^caret", "a<b>c", "{{x}}", "über", "u\u0308ber", "UPPER", "upper", "日本語", "عربى",
    LONG + "1", LONG + "2", "bell\x07", "unit\x1fseparator", "javascript:alert(1)",
    "\u202egnp.exe", "~tilde", "a&b;c",
)  # fmt: skip


def write_nasty(root: Path) -> None:
    """Write it, with a note that links to every other one."""
    notes = {f"names/{name}.md": f"# Note {number}\n" for number, name in enumerate(NAMES)}
    # One after the other: file systems that fold case or compose letters would mix some up.
    write_files(root, notes)
    links = "\n".join(f"- [[{name}]] and [[names/{name}#Nowhere|text]]" for name in NAMES)
    write_files(root, {"links.md": links, **_contents()})
    write_raw(root, b"caf\xe9.md", b"# Latin name\n\n[[links]] ![](caf\xe9.png)\n")
    write_raw(root, b"caf\xe8.md", b"# Another latin name\n")
    write_raw(root, b"caf\xe9.png", b"PNG")
    _special_files(root)


def _contents() -> dict[str, str | bytes]:
    return {
        "paperkb.toml": '[site]\ntitle = "<i>Nasty</i> & \\"co\\""\ndescription = "</title>"\n',
        "hostile.md": f"""---
title: '{HOSTILE["title"]}'
authors: ['{HOSTILE["author"]}']
tags: ['{HOSTILE["tag"]}', 'a.html/b', a, 'x//y', '../../etc', con, index]
topics: ['{HOSTILE["topic"]}', 'a.html/b', a, 'x//y', '../../etc', con, '{"deep/" * 60}end']
venue: '<u>venue</u>'
status: reading
tldr: '<em>tldr</em>'
url: 'javascript:alert(1)'
pdf: 'http-like/but-relative.pdf'
via: ['http-like', 'javascript:alert(1)', 'https://example.org/?a=1&b="2"']
code: ['javascript:alert(1)', 'httpfoo']
added: 2024-01-01
---
# Content
## Content
## pkb cites
<div id="content">twice</div> <p id="same">a</p> <p id="same">b</p>
<a href="secret.md">raw link to a private note</a> <img src="no.png"> <img src="/etc/passwd">
<a href="#nowhere">raw fragment</a> <a href="../../../../etc/passwd">out</a>
<img src="https://tracker.example/x.png"> <script>alert(3)</script> <iframe src="//x"></iframe>
![remote](https://tracker.example/y.png) [js](javascript:alert(4)) [data](data:text/html,x)
[out](../../outside.md) [file](file:///etc/passwd) [proto](//evil.example/x) [abs](/etc/passwd)
[empty]() [[]] [[#]] [[|x]] ![[]] ![[no.pdf]] [[links#^block]] [self](#Content) [[hostile]]
""",
        "fig.png": b"PNG", "fig.PNG": b"PNG2", "FIG.png": b"PNG3", "LICENSE": "words",
        "v1.2/LICENSE": "more", "v1.2/data": "x", "a.b": "c", "fig.png dir/fig.png": b"P",
        "uses.md": "![](fig.png) ![](fig.PNG) ![](FIG.png) [l](LICENSE) [m](v1.2/LICENSE) "
        "[d](v1.2/data) [e](a.b) ![](<fig.png dir/fig.png>)",
        "control.md": "# Control \x01\x02\x1b characters\n#tag\x03 text\n",
        "a.md": "one", "a.markdown": "two", "a.md.md": "three", "sub/a.md": "four",
        "a.html/a.md": "in a folder named like a page",
        "empty.md": b"", "nul.md": b"a\x00b", "latin1.md": "# Caf\xe9".encode("latin-1"),
        "utf16.md": "# Sixteen".encode("utf-16"), "bom.md": b"\xef\xbb\xbf# BOM\r\n\r\ntext\r\n",
        "bomb.md": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{n}: &{n} [*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p}]\n"
                  for p, n in zip("abcdefgh", "bcdefghi", strict=True))
        + "---\n",
        "unclosed.md": "---\ntitle: Unclosed\n\n# Text\n",
        "invalid.md": "---\ntitle: [a\n  b: }\n---\ntext\n",
        "slots.md": "\ufdd00\ufdd1 \ufdd099\ufdd1",
        "cycle-a.md": "[[cycle-b]] [[cycle-a]]", "cycle-b.md": "[[cycle-a]]",
        "secret.md": "---\nprivate: true\ntitle: Hidden thing\n---\n#undercover [[a.md]]\n",
    }  # fmt: skip


def _special_files(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "stolen.md").write_text("# Stolen")
    (root / "link-out.md").symlink_to(outside / "stolen.md")
    (root / "folder-out").symlink_to(outside)
    (root / "dangling.md").symlink_to(root / "not-there.md")
    (root / "loop-1.md").symlink_to(root / "loop-2.md")
    (root / "loop-2.md").symlink_to(root / "loop-1.md")
    (root / "round").symlink_to(root)
    (root / "x.md").mkdir()
    (root / "x.md" / "inner.md").write_text("# Inner\n\n[[links]]")
    os.mkfifo(root / "p.md")
