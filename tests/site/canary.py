"""Fifty private notes, a unique word in every place of each, and public notes that link to all.

The words begin with one stem, so that a search for it finds any of them.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import re
from pathlib import Path

from tests.site.crawl import files

STEM = "kanari"
COUNT = 50
YEAR = 1871
"""The year of every private paper and of no public one."""

SETTINGS = """[site]
title = "Papers"
url = "https://example.org/papers"
[vault]
extra_fields = ["extra"]
[publish]
exclude = ["drafts/**", "inbox/*", "#embargo"]
"""


def word(number: int, place: str) -> str:
    """The word of one place in one private note: letters, so that nothing changes it."""
    return f"{STEM}{chr(97 + number // 26)}{chr(97 + number % 26)}{place}"


def path(number: int) -> str:
    """Where a private note is: some say so themselves, some are withheld by path, some by tag."""
    name = word(number, "file")
    return (f"papers/{name}.md", f"drafts/deep/{name}.md", f"inbox/{name}.md",
            f"papers/{name}.md")[number % 4]  # fmt: skip


def private_files(number: int) -> dict[str, str]:
    """A private note and what belongs to it alone: an attachment and a bibliography."""
    w = {place: word(number, place) for place in _PLACES}
    says_so = "private: true" if number % 4 == 0 else ""
    tag = ", embargo/strict" if number % 4 == 3 else ""
    nothing_but = (number + 1) % COUNT
    folder = path(number).rpartition("/")[0]
    return {
        f"{folder}/{w['attachment']}.txt": w["content"],
        f"{folder}/{w['figure']}.svg": f"<svg xmlns='http://www.w3.org/2000/svg' id='{w['svg']}'/>",
        f"{folder}/{w['bib']}.bib": f"@article{{{w['citekey']}2001, title={{{w['bibtitle']}}},"
        f" author={{{w['bibauthor']}, A.}}, journal={{{w['journal']}}}, year={{{YEAR}}}}}\n",
        path(number): f"""---
{says_so}
title: The {w["title"]} of things
authors: [Ada {w["author"]}, "{w["family"]}, Bob"]
year: {YEAR}
doi: 10.5555/{w["doi"]}
venue: Journal of {w["venue"]}
url: https://example.org/{w["url"]}
pdf: https://example.org/{w["pdf"]}.pdf
code: [https://example.org/{w["code"]}]
tags: [{w["tag"]}/{w["subtag"]}, shared{tag}]
topics: [{w["topic"]}/{w["shelf"]}]
status: reading
rating: 5
added: {YEAR}-01-02
finished: {YEAR}-02-03
via: ["{w["via"]}", "https://example.org/{w["vialink"]}"]
tldr: In short {w["tldr"]}.
abstract: In full {w["abstract"]}.
aliases: [{w["alias"]}, "Long {w["longalias"]}"]
cites: [public1, {word(nothing_but, "file")}]
related: [public2]
tasks: [{w["task"]}]
datasets: [{w["dataset"]}]
methods: [{w["method"]}]
results: [{{task: {w["task"]}, dataset: {w["dataset"]}, metric: {w["metric"]}, value: 1.5}}]
extra: {w["extra"]}
---
# The {w["title"]} of things

Text {w["body"]} about [[public1|{w["linktext"]}]], as in [@public2, p. {w["locator"]}].
We also read [@{w["citekey"]}2001] and {w["citekey"]}. #{w["hashtag"]}

## Section {w["heading"]}

> [!note] {w["callout"]}
> {w["quote"]} ^{w["block"]}

`{w["code"]}` $\\text{{{w["math"]}}}$ ![{w["alt"]}]({w["figure"]}.svg)
[{w["filelink"]}]({w["attachment"]}.txt)

```python
{w["listing"]} = 1
```

| {w["cell"]} | b |
|---|---|
| 1 | <b title="{w["html"]}">{w["bold"]}</b> |

A note.[^1] %% {w["comment"]} %% <!-- {w["remark"]} -->

[^1]: With {w["footnote"]}.
""",
    }  # fmt: skip


_PLACES = """file title author family doi venue url pdf code tag subtag topic shelf via vialink tldr
abstract alias longalias task dataset method metric extra body linktext locator citekey hashtag
heading callout quote block math alt figure svg attachment content filelink listing cell html bold
comment remark footnote bib bibtitle bibauthor journal""".split()


def public_files() -> dict[str, str]:
    """Public notes that link to each private one in every syntax."""
    pages = {"paperkb.toml": SETTINGS, "papers/public2.md": "# Second\n\n#shared Text.\n"}
    pages["papers/public1.md"] = _public("First", range(0))
    for start in range(0, COUNT, 10):
        name = f"papers/links{start}.md"
        pages[name] = _public(f"Links {start}", range(start, start + 10))
    return pages


def _public(title: str, numbers: range) -> str:
    body = "\n\n".join(_links(number) for number in numbers)
    names = ", ".join(word(number, "file") for number in numbers)
    return f"""---
title: {title}
year: 2020
authors: [Grace Hopper]
tags: [shared]
topics: [open]
cites: [public2, {names}]
related: [{names}]
---
A public note #shared that cites [[public2]].

{body}
"""


def _links(number: int) -> str:
    w = {place: word(number, place) for place in _PLACES}
    to = path(number)
    return f"""Wiki [[{w["file"]}]] and [[{to}]]. Also [[{to.removesuffix(".md")}|own words]].
Part [[{w["file"]}#Section {w["heading"]}]], [[{w["file"]}#^{w["block"]}]],
[[{w["file"]}|{w["file"]}]].
Embed ![[{w["file"]}]] or ![[{w["file"]}#Section {w["heading"]}]]. Alias [[{w["alias"]}]] and
[[Long {w["longalias"]}]]. Cites @{w["file"]} and [@{w["file"]}, p. 3; @public2] and
[see -@{w["file"]}]. Markdown [own words](../{to}), [{w["file"]}](../{to}),
[{w["file"]}.md](<../{to}> "own title"), [own words](../{to}#section-{w["heading"]}).
Raw <a href="../{to}">own words</a>, a reference [own words][r{number}].

[r{number}]: ../{to}
"""


def traces(root: Path) -> list[str]:
    """Where a site has a private word, as it is or as something that reads as one."""
    needles = {STEM: STEM.encode(), "hex": STEM.encode().hex().encode()}
    found = []
    for name, data in files(root).items():
        texts = [name.casefold().encode(), data.lower(), *_decoded(data)]
        found += [f"{name}: {kind}" for kind, needle in needles.items()
                  if any(needle in text for text in texts)]  # fmt: skip
        if re.search(rf"\b{YEAR}\b", name) or (
            name.endswith((".html", ".xml", ".json", ".md", ".bib", ".txt"))
            and re.search(rb"\b%d\b" % YEAR, data)
        ):
            found.append(f"{name}: the year {YEAR}")
    return found


def _decoded(data: bytes) -> list[bytes]:
    """What base64 and gzip hide; escapes of JSON and HTML leave letters as they are."""
    found = []
    if data[:2] == b"\x1f\x8b":
        found.append(gzip.decompress(data).lower())
    for text in re.findall(rb"[A-Za-z0-9+/]{8,}={0,2}", data):
        try:
            found.append(base64.b64decode(text + b"=" * (-len(text) % 4)).lower())
        except binascii.Error:
            continue
    return found
