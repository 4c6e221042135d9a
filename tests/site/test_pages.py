"""What each kind of page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from paperkb.site.build import compose_site
from paperkb.site.context import SiteContext, build_context
from paperkb.site.page import Page
from paperkb.site.pages import authors, home, note, tags, topics, years
from tests.site.conftest import Site
from tests.site.crawl import read_page
from tests.vaults import Vault


def notes(**fields: str) -> dict[str, str]:
    """Notes by key; each value is front matter."""
    return {f"{key}.md": f"---\ntitle: {key}\n{text}\n---\ntext\n" for key, text in fields.items()}


def pages(made: object) -> dict[str, Page]:
    return {page.path: page for page in made}  # type: ignore[attr-defined]


def keys(page: Page) -> list[str]:
    return [card.key for card in page.data["cards"]]


@pytest.fixture
def context(vault: Vault) -> SiteContext:
    return build_context(
        vault(
            notes(
                new="year: 2020\ntopics: [vision/detection]\ntags: [CV, cv/boxes]\nstatus: read",
                old="year: 1958\ntopics: [neurons]\nauthors: [Frank Rosenblatt]\nadded: 2024-01-01",
                mid="year: 1998\ntopics: [vision, Neurons]\ntags: [cv]\nstatus: reading\n"
                "authors: ['van Dyk, A', Øystein Ås, Frank Rosenblatt]\nadded: 2024-02-01",
                none="topics: [neurons]\ntags: [cv]",
            )
        )
    )


def test_topics_and_their_papers_stand_in_order_of_time(context: SiteContext) -> None:
    made = pages(topics.compose(context))
    tree = made["topics/index.html"].data["tree"]
    assert [(shelf.label, shelf.count, shelf.span) for shelf in tree] == [
        ("Neurons", 3, "1958–1998"), ("vision", 2, "1998–2020"),
    ]  # fmt: skip
    assert [(shelf.label, shelf.span) for shelf in tree[1].children] == [("detection", "2020")]
    assert keys(made["topics/Neurons.html"]) == ["old", "mid", "none"]
    assert keys(made["topics/vision.html"]) == ["mid", "new"]
    assert made["topics/vision/detection.html"].data["parents"] == [
        ("vision", "topics/vision.html")
    ]


def test_a_topic_page_shows_its_years_once_and_in_order(site: Site) -> None:
    out = site(
        notes(a="year: 2017\ntopics: [x]", b="year: 1997\ntopics: [x]", c="year: 2017\ntopics: [x]")
    )
    html = (out / "topics/x.html").read_text()
    assert re.findall(r'class="year"><h2>(\d+)</h2>', html) == ["1997", "2017"]
    assert re.findall(r'<h3><a href="../notes/(\w)\.html"', html) == ["b", "a", "c"]


def test_tags_name_what_is_within_and_what_goes_together(context: SiteContext) -> None:
    made = pages(tags.compose(context))
    assert [(row[0], row[2]) for row in made["tags/index.html"].data["tags"]] == [
        ("cv", 3), ("cv/boxes", 1),
    ]  # fmt: skip
    page = made["tags/cv.html"]
    assert page.data["title"] == "#cv"
    assert [row[0] for row in page.data["children"]] == ["cv/boxes"]
    assert page.data["related"] == []
    assert keys(page) == ["mid", "new", "none"]


def test_authors_stand_under_the_letter_of_their_family_name(context: SiteContext) -> None:
    made = pages(authors.compose(context))
    letters = made["authors/index.html"].data["letters"]
    assert [(letter, [row[0] for row in rows]) for letter, rows in letters] == [
        ("R", ["Rosenblatt"]), ("V", ["van Dyk"]), ("Å", ["Ås"]),
    ]  # fmt: skip
    assert keys(made["authors/Frank-Rosenblatt.html"]) == ["old", "mid"]


def test_years_newest_first_each_with_its_papers(context: SiteContext) -> None:
    made = pages(years.compose(context))
    assert made["years/index.html"].data["years"] == [
        (2020, 1, 100),
        (1998, 1, 100),
        (1958, 1, 100),
    ]
    assert keys(made["years/1998.html"]) == ["mid"]


def test_home_shows_what_is_read_and_what_is_new(context: SiteContext) -> None:
    page = pages(home.compose(context))["index.html"]
    assert [card.key for card in page.data["reading"]] == ["mid"]
    assert [card.key for card in page.data["recent"]] == ["mid", "old"]
    assert page.data["statuses"] == [("reading", 1), ("read", 1)]
    assert page.data["count"] == 4
    everything = pages(home.compose(context))["notes/index.html"]
    assert keys(everything) == ["new", "mid", "old", "none"]


def test_a_note_says_who_cites_it_with_which_sentence(vault: Vault) -> None:
    context = build_context(
        vault(
            {
                "a.md": "# A\nIt extends [[b|B]] a lot. Twice, says [[b]].\n\nSee [[c]].",
                "b.md": "# B\ntext",
                "c.md": "# C\nSee [[a]]. Also [[b]] is here, with [[secret]].",
                "secret.md": "---\nprivate: true\n---\n",
            }
        )
    )
    made = pages(note.compose(context))
    assert [c.card.key for c in made["notes/a.html"].data["cites"]] == ["b", "c"]
    by = {c.card.key: c.sentences for c in made["notes/b.html"].data["cited_by"]}
    assert list(by) == ["a", "c"]
    assert by["a"][0] == "It extends B a lot."
    assert by["c"] == ()  # the sentence names what is private
    assert "notes/secret.html" not in made


def test_a_note_offers_its_paper_and_what_it_cites_without_a_note(site: Site) -> None:
    out = site(
        {
            "a.md": "---\ntitle: A\narxiv: 1706.03762\nversion: 5\ndoi: 10.1000/x\n"
            "code: https://github.com/x/y\nurl: https://blog.example/a\n---\n"
            "https://arxiv.org/abs/2001.00001 [[dangling]] [@bert]",
            "refs.bib": "@misc{bert, title={BERT}, eprint={1810.04805}, archivePrefix={arXiv}}",
        }
    )
    links = read_page((out / "notes/a.html").read_text()).links
    assert {
        "https://arxiv.org/abs/1706.03762v5", "https://arxiv.org/pdf/1706.03762v5",
        "https://doi.org/10.1000/x", "https://github.com/x/y", "https://blog.example/a",
        "https://arxiv.org/abs/2001.00001", "https://arxiv.org/abs/1810.04805",
    } <= set(links)  # fmt: skip
    text = read_page((out / "notes/a.html").read_text()).text
    assert text.count("BERT") >= 1
    assert text.count("no note") == 2


def test_the_404_page_works_at_any_depth_when_the_address_is_known(site: Site) -> None:
    out = site({"paperkb.toml": '[site]\nurl = "https://me.example/repo/"\n'})
    page = read_page((out / "404.html").read_text())
    assert page.base == "https://me.example/repo/"
    assert "static/site.css" in page.resources


def test_every_page_has_one_path_and_a_fingerprint_of_its_facts(
    vault: Vault, tmp_path: Path
) -> None:
    files = {"a.md": "# A\n[[b]] #t", "b.md": "---\ntopics: [x]\nauthors: [Ada B]\n---\n# B"}
    first = list(compose_site(build_context(vault(files))))
    assert len({page.path for page in first}) == len(first)
    again = {p.path: p.fingerprint for p in compose_site(build_context(vault(files)))}
    assert {page.path: page.fingerprint for page in first} == again
    other = {p.path: p.fingerprint for p in compose_site(build_context(vault({"b.md": "# B2"})))}
    changed = {path for path in again if path in other and again[path] != other[path]}
    assert {"notes/a.html", "notes/b.html", "index.html", "notes/index.html"} <= changed
    assert "404.html" not in changed
    assert "tags/t.html" not in changed
