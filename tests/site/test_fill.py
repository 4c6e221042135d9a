"""Slots become links: what stands on the page for each thing that a link can be."""

from __future__ import annotations

import pytest

from paperkb.site.context import SiteContext
from paperkb.site.fill import fill
from tests.vaults import Vault

FILES = {
    "papers/vaswani2017attention.md": "---\ntitle: Attention\nyear: 2017\narxiv: 1706.03762\n"
    "authors: [Ashish Vaswani, Noam Shazeer, Niki Parmar]\naliases: [Transformer]\n---\n# Model\n",
    "two.md": "---\ntitle: Two\nyear: 2001\nauthors: [A. One, B. Two]\n---\n",
    "bare.md": "---\ntitle: Bare & <b>\n---\n",
    "x/twin.md": "", "y/twin.md": "", "secret.md": "---\nprivate: true\n---\n",
    "fig.png": b"P", "doc.pdf": b"P",
    "refs.bib": "@misc{bert, title={BERT}, author={Devlin, Jacob}, year={2018}, "
    "eprint={1810.04805}, archivePrefix={arXiv}}\n@misc{nolink, title={No Link}}",
}  # fmt: skip
NOTES = "../notes/"
A = f"{NOTES}vaswani2017attention.html"


def filled(vault: Vault, written: str) -> str:
    context = SiteContext(vault({**FILES, "me.md": f"words {written}"}))
    note = context.library.by_key["me"]
    parsed, body = context.text(note)
    html = fill(context, note, parsed.links, context.resolutions(note), body, "notes/me.html")
    return html.strip().removeprefix("<p>words ").removesuffix("</p>")


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("[[vaswani2017attention]]", f'<a class="internal" href="{A}">Vaswani et al. (2017)</a>'),
        ("[[vaswani2017attention|it]]", f'<a class="internal" href="{A}">it</a>'),
        ("[[Transformer]]", f'<a class="internal" href="{A}">Transformer</a>'),
        ("[[vaswani2017attention#Gone]]",
         f'<a class="internal" href="{A}">Vaswani et al. (2017) § Gone</a>'),
        ("[*it*](papers/vaswani2017attention.md)",
         f'<a class="internal" href="{A}"><em>it</em></a>'),
        ("[[two]]", f'<a class="internal" href="{NOTES}two.html">One &amp; Two (2001)</a>'),
        ("[[bare]]", f'<a class="internal" href="{NOTES}bare.html">Bare &amp; &lt;b&gt;</a>'),
        ("[@two]", f'<span class="citation">(<a class="internal" href="{NOTES}two.html">One &amp; '
         "Two, 2001</a>)</span>"),
        ("@two", f'<a class="internal" href="{NOTES}two.html">One &amp; Two (2001)</a>'),
        ("[see @two, p. 3; -@bert]",
         f'<span class="citation">(see <a class="internal" href="{NOTES}two.html">One &amp; Two, '
         '2001</a>, p. 3; <a class="external" href="https://arxiv.org/abs/1810.04805">2018</a>)</span>'),
        ("[[nolink]]", "<span>No Link</span>"),
        ("[[gone]]", '<span class="unresolved">gone</span>'),
        ("[@gone1999]",
         '<span class="citation">(<span class="unresolved">@gone1999</span>)</span>'),
        ("@somebody", "@somebody"),
        ("[[twin]]", '<span class="unresolved" title="x/twin.md, y/twin.md">twin</span>'),
        ("[[secret]]", "<span>private note</span>"),
        ("[it](secret.md)", "<span>it</span>"),
        ("[@secret]", '<span class="citation">(private note)</span>'),
        ("![A fig](fig.png)", '<img src="../files/fig.png" alt="A fig" loading="lazy">'),
        ("![[fig.png|200x100]]",
         '<img src="../files/fig.png" alt="" width="200" height="100" loading="lazy">'),
        ("![[doc.pdf]]", '<a class="attachment" href="../files/doc.pdf">doc.pdf</a>'),
        ("[the PDF](doc.pdf)", '<a class="external" href="../files/doc.pdf">the PDF</a>'),
        ("#NLP", '<a class="hashtag" rel="tag" href="../tags/NLP.html">#NLP</a>'),
    ],
)  # fmt: skip
def test_what_a_link_becomes(vault: Vault, written: str, html: str) -> None:
    assert filled(vault, written) == html


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ('<a href="two.md">x</a>', f'href="{NOTES}two.html"'),
        ('<img src="fig.png" alt="f">', 'src="../files/fig.png"'),
    ],
)
def test_addresses_in_raw_html_are_filled(vault: Vault, written: str, html: str) -> None:
    assert html in filled(vault, written)


@pytest.mark.parametrize(
    "written",
    ['<a href="secret.md">x</a>', '<a href="gone.md">x</a>', '<img src="gone.png" alt="x">',
     '<a href="#gone">x</a>', '<a href="../../../etc/passwd">x</a>'],
)  # fmt: skip
def test_addresses_in_raw_html_that_lead_nowhere_are_left_out(vault: Vault, written: str) -> None:
    made = filled(vault, written)
    assert "href" not in made
    assert "src" not in made
    assert "x" in made
