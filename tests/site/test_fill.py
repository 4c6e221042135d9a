"""Slots become links: what stands on the page for each thing that a link can be."""

from __future__ import annotations

import pytest

from paperkb.site.context import SiteContext
from paperkb.site.fill import MAX_EMBEDDED, MAX_EMBEDS, Filler
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
    html = Filler(context, parsed.links, context.resolutions(note), body, "notes/me.html").filled()
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
        ("(see [[two]], @two and *this*) [[two]]",
         f'(see <a class="internal" href="{NOTES}two.html">One &amp; Two, 2001</a>, '
         f'<a class="internal" href="{NOTES}two.html">One &amp; Two, 2001</a> and <em>this</em>) '
         f'<a class="internal" href="{NOTES}two.html">One &amp; Two (2001)</a>'),
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
        ("![A fig](fig.png)", '<a class="zoom" href="../files/fig.png">'
         '<img src="../files/fig.png" alt="A fig" loading="lazy"></a>'),
        ("![[fig.png|200x100]]", '<a class="zoom" href="../files/fig.png" aria-label="fig.png">'
         '<img src="../files/fig.png" alt="" width="200" height="100" loading="lazy"></a>'),
        ("[![A](fig.png)](two.md)", f'<a class="internal" href="{NOTES}two.html">'
         '<img src="../files/fig.png" alt="A" loading="lazy"></a>'),
        ("[![A](fig.png)](https://x.org)",
         '<a class="external" rel="noopener noreferrer" href="https://x.org">'
         '<img src="../files/fig.png" alt="A" loading="lazy"></a>'),
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
        ('x <img src="gone.png" alt="a > b" width=9>', '<span class="unresolved">a &gt; b</span>'),
        ('x <img alt="" src="gone.png">', '<span class="unresolved">gone.png</span>'),
        ('x <img alt="secret" src="secret.md">', "<span>private note</span>"),
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


def blocks_of(vault: Vault, written: str, **more: str) -> str:
    """The body of a note that says this and nothing else."""
    files = {f"{name}.md": text for name, text in more.items()}
    context = SiteContext(vault({**FILES, **files, "me.md": written}))
    note = context.library.by_key["me"]
    parsed, body = context.text(note)
    return Filler(context, parsed.links, context.resolutions(note), body, "notes/me.html").filled()


QUOTED = (
    "---\ntitle: Quoted\nyear: 1999\nauthors: [Ann Other]\ntldr: In short.\n---\n"
    "## Part\n\nSee [[two]], [below](#rest) and[^1]. ^here\n\n### Inner\n\n![[me]]\n\n"
    "## Rest\n\nHidden.\n\n[^1]: Foot.\n"
)


def test_a_figure_that_stands_alone_has_a_caption(vault: Vault) -> None:
    assert blocks_of(vault, "![A fig](fig.png)").strip() == (
        '<figure class="picture"><a class="zoom" href="../files/fig.png">'
        '<img src="../files/fig.png" alt="A fig" loading="lazy"></a>'
        '<figcaption aria-hidden="true">A fig</figcaption></figure>'
    )


def test_an_embedded_note_is_its_summary(vault: Vault) -> None:
    made = blocks_of(vault, "![[quoted]]", quoted=QUOTED)
    assert made.strip() == (
        '<figure class="embed"><figcaption><a class="internal" href="../notes/quoted.html">Quoted'
        '</a> <span class="byline">Other 1999</span></figcaption>'
        "<blockquote><p>In short.</p></blockquote></figure>"
    )
    assert "private note" in blocks_of(vault, "![[secret]]")
    assert "<figure" not in blocks_of(vault, "![[secret]] ![[bare]]")


def test_an_embedded_note_without_summary_is_its_beginning(vault: Vault) -> None:
    made = blocks_of(
        vault, "![[plain]]", plain="# Plain\n\nOne [[two]].\n\n![[me]]\n\n" + "Two.\n\n" * 2000
    )
    assert f'<blockquote><p>One <a class="internal" href="{NOTES}two.html">' in made
    assert made.count("<figure") == 1
    assert f'<a href="{NOTES}plain.html" aria-label="Plain">…</a>' in made


def test_the_address_of_the_paper_itself_leads_there(vault: Vault) -> None:
    url = "https://www.semanticscholar.org/paper/" + "0a" * 20
    made = blocks_of(vault, f"---\nurls: [{url}]\n---\nSee [there]({url}?sort=x).")
    assert made.strip() == f'<p>See <a class="external" href="{url}?sort=x">there</a>.</p>'


def test_an_embedded_section_is_the_text_below_its_heading(vault: Vault) -> None:
    made = blocks_of(vault, "![[quoted#Part]]", quoted=QUOTED)
    page = f"{NOTES}quoted.html"
    assert "Quoted § Part" in made
    assert f'<a class="internal" href="{NOTES}two.html">One &amp; Two (2001)</a>' in made
    assert f'href="{page}#rest"' in made
    assert f'href="{page}#fn-1"' in made
    assert "<strong>Inner</strong>" in made
    assert "Hidden." not in made
    assert " id=" not in made
    assert made.count("<figure") == 1  # what is quoted quotes nothing
    assert f'<a class="internal" href="{NOTES}me.html">' in made


def test_an_embedded_block_is_itself(vault: Vault) -> None:
    made = blocks_of(vault, "![[quoted#^here]]", quoted=QUOTED)
    assert "below" in made
    assert "Inner" not in made


def test_quotations_are_bounded(vault: Vault) -> None:
    long = "## Part\n\n" + "Some words.\n\n" * 1000
    made = blocks_of(vault, "![[long#Part]]", long=long)
    assert len(made) < 2 * MAX_EMBEDDED
    assert f'<a href="{NOTES}long.html#part" aria-label="long">…</a>' in made
    many = blocks_of(vault, "![[quoted]]\n\n" * (MAX_EMBEDS + 5), quoted=QUOTED)
    assert many.count("<figure") == MAX_EMBEDS
    assert many.count("quoted.html") == MAX_EMBEDS + 5


def test_pictures_have_their_size(vault: Vault) -> None:
    files = {"a.svg": '<svg width="300" height="100">', "me.md": "![](a.svg) ![[a.svg|150]]"}
    context = SiteContext(vault(files))
    note = context.library.by_key["me"]
    parsed, body = context.text(note)
    made = Filler(context, parsed.links, context.resolutions(note), body, "notes/me.html").filled()
    assert 'width="300" height="100"' in made
    assert 'width="150" height="50"' in made
