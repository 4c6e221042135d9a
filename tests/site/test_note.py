"""The note page: its outline, its actions, its lists of works, and what is shown of each."""

from __future__ import annotations

from typing import Any

import pytest

from paperkb.library.shelves import PER_PART
from paperkb.site.context import SiteContext
from paperkb.site.page import PageId
from paperkb.site.pages.note import A_FEW, MOST_QUOTED, SHOWN_AT_ONCE, compose, edit_address
from tests.site.conftest import Site
from tests.site.crawl import faults, read_page
from tests.vaults import Vault


def data(vault: Vault, text: str, **more: str) -> Any:
    """What the page of ``a.md`` shows."""
    files = {f"{name}.md": written for name, written in more.items()}
    return compose(SiteContext(vault({**files, "a.md": text})), PageId("note", "a")).data


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("", ""),
        ("https://x.org/edit/{path}?plain=1", "https://x.org/edit/a%20b/c.md?plain=1"),
        ("https://x.org/edit/", "https://x.org/edit/a%20b/c.md"),
    ],
)
def test_the_address_for_editing(pattern: str, address: str) -> None:
    assert edit_address(pattern, "a b/c.md") == address


def test_actions_lead_to_the_paper_and_its_code(vault: Vault) -> None:
    made = data(
        vault,
        "---\narxiv: 1706.03762\ndoi: 10.1000/x\nurl: https://x.org/a\n"
        "code: [{url: https://github.com/x/y, official: true, framework: JAX},"
        " {url: 'javascript:alert(1)'}]\n---\n",
    )
    assert [(one.kind, one.url) for one in made["actions"]] == [
        ("arxiv", "https://arxiv.org/abs/1706.03762"),
        ("pdf", "https://arxiv.org/pdf/1706.03762"),
        ("html", "https://arxiv.org/html/1706.03762"),
        ("doi", "https://doi.org/10.1000/x"),
        ("code", "https://github.com/x/y"),
        ("web", "https://x.org/a"),
    ]
    assert (made["actions"][4].detail, made["actions"][4].official) == ("JAX", True)
    assert "eprint = {1706.03762}" in made["bibtex"]
    assert data(vault, "# No paper\n")["bibtex"] == ""


def test_the_outline_has_the_two_highest_levels(vault: Vault) -> None:
    made = data(vault, "---\ntitle: A\n---\n## One\n### Two\n#### Three\n## Four\n")
    assert [(depth, item.text) for depth, item in made["headings"]] == [
        (0, "One"), (1, "Two"), (0, "Four"),
    ]  # fmt: skip


def test_references_stand_by_author_and_year(vault: Vault) -> None:
    made = data(
        vault, "[[z]] [[m]] [[new]] [[old]]",
        z="---\nauthors: [Zoe Adams]\n---\n", m="---\ntitle: Middle\n---\n",
        new="---\nauthors: [Al Young]\nyear: 2020\n---\n",
        old="---\nauthors: [Bo Young]\nyear: 1999\n---\n",
    )  # fmt: skip
    assert [item.card.key for item in made["cites"]] == ["z", "m", "old", "new"]


def test_a_sentence_marks_the_words_of_its_link(vault: Vault) -> None:
    made = data(
        vault, "text",
        b="They use [[a|what it says]] here. Then [[a]].\n\n[[a]]\n\n- [[a]]\n",
    )  # fmt: skip
    assert made["cited_by"][0].sentences == (
        ("They use ", "what it says", " here."), ("Then ", "a", "."),
    )  # fmt: skip


def test_many_backlinks_are_opened_and_the_last_are_names(vault: Vault) -> None:
    def citing(count: int) -> Any:
        more = {f"n{number:03}": "It is [[a]] again." for number in range(count)}
        return data(vault, "text", **more)

    few = citing(SHOWN_AT_ONCE + A_FEW)
    assert few["shown_at_once"] == len(few["cited_by"])
    many = citing(MOST_QUOTED + 2)
    assert many["shown_at_once"] == SHOWN_AT_ONCE
    assert [len(item.sentences) for item in many["cited_by"]] == [1] * MOST_QUOTED + [0, 0]


def test_who_cites_it_stands_with_the_latest_first(vault: Vault) -> None:
    made = data(
        vault, "text",
        none="[[a]]", old="---\nyear: 1999\n---\n[[a]]", z="---\nyear: 2020\n---\n[[a]]",
        b="---\nyear: 2020\n---\n[[a]]",
    )  # fmt: skip
    assert [item.card.key for item in made["cited_by"]] == ["b", "z", "old", "none"]


def test_who_cites_it_has_pages_of_its_own_where_these_are_very_many(site: Site) -> None:
    many = {f"n{year}.md": f"---\nyear: {year}\n---\nIt is [[a]]." for year in range(1900, 2100)}
    out = site({**many, "a.md": "# The A", "b.md": "[[n1900]]"})
    page = read_page((out / "notes/a.html").read_text())
    assert "All 200 notes that cite this paper" in page.text
    assert sum("notes/n" in href for href in page.links) < PER_PART
    assert "notes that cite" not in read_page((out / "notes/n1900.html").read_text()).text
    first, second = (out / f"notes/a=citing{part}.html" for part in ("", "=2"))
    assert "<title>Notes that cite The A" in first.read_text()
    listed = [read_page(one.read_text()) for one in (first, second)]
    assert "200 notes" in listed[0].text
    for part, years in zip(listed, (range(2099, 1999, -1), range(1999, 1899, -1)), strict=True):
        papers = [href for href in part.links if "notes/n" in href]
        assert papers == [f"../notes/n{year}.html" for year in years]
    assert faults(out) == []


def test_each_work_carries_what_its_preview_shows(site: Site) -> None:
    out = site(
        {
            "a.md": "Builds on [[b]] and [@known].",
            "b.md": "---\ntitle: The B\nauthors: [Ann Other]\nyear: 2001\nstatus: read\n"
            "tldr: It <works>.\n---\n",
            "refs.bib": "@misc{known, title={K}, author={Doe, Jo}}",
        }
    )
    page = (out / "notes/a.html").read_text()
    assert '<span class="tldr">It &lt;works&gt;.</span>' in page
    assert '<span class="byline">Ann Other · 2001</span>' in page
    assert '<span class="cited-as">Other 2001</span>' in page
    assert 'data-status="read"' in page
    assert 'data-status="none"' in page


def test_formulas_in_fields_are_shown_wherever_they_can_be(site: Site) -> None:
    out = site(
        {
            "a.md": "---\ntitle: Get $M$ for free\ntldr: In $k^2$ steps\ntags: [t]\n"
            "abstract: Takes $\\mathcal{O}(n)$ steps & <b>.\n---\n",
            "b.md": "# B\n\n![[a]]\n\nAs $\\frac{1}{2}$ maps to [[a]].",
        }
    )
    note = (out / "notes/a.html").read_text()
    body = note.partition("<body>")[2]
    assert '<h1 id="pkb:title">Get <math>' in body
    assert "$k^2$" not in body
    assert "$\\mathcal" not in body
    assert "<blockquote>As <math><mfrac>" in body
    assert " maps to <mark>a</mark>." in body  # neither that of \frac nor that of maps
    assert "steps &amp; &lt;b&gt;." in body
    assert "<title>Get $M$ for free" in note  # a title has no elements
    for page in ("notes/index.html", "tags/t.html", "notes/b.html"):
        assert "$k^2$" not in (out / page).read_text().partition("<body>")[2]
