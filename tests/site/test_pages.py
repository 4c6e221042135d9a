"""What each kind of page says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId
from paperkb.site.plan import KINDS, compose, plan_site
from tests.site.conftest import Site
from tests.site.crawl import read_page
from tests.vaults import Vault


def notes(**fields: str) -> dict[str, str]:
    """Notes by key; each value is front matter."""
    return {f"{key}.md": f"---\ntitle: {key}\n{text}\n---\ntext\n" for key, text in fields.items()}


def pages(context: SiteContext, *kinds: str) -> dict[str, Page]:
    """Path → page, for all pages of some kinds."""
    made = [compose(context, page) for kind in kinds for page in KINDS[kind].plan(context)]
    return {page.path: page for page in made}


def data(page: Page) -> Any:
    """What the template of a page shows."""
    return page.data


def keys(page: Page) -> list[str]:
    """The works in its list."""
    return [card.key for card in data(page)["cards"]]


@pytest.fixture
def context(vault: Vault) -> SiteContext:
    return SiteContext(
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
    made = pages(context, "topics", "topic")
    tree = data(made["topics/index.html"])["tree"]
    assert [(shelf.label, shelf.count, shelf.span) for shelf in tree] == [
        ("neurons", 3, "1958–1998"), ("vision", 2, "1998–2020"),
    ]  # fmt: skip
    assert [(shelf.label, shelf.span) for shelf in tree[1].children] == [("detection", "2020")]
    assert keys(made["topics/neurons.html"]) == ["old", "mid", "none"]
    assert keys(made["topics/vision.html"]) == ["mid", "new"]
    assert data(made["topics/vision/detection.html"])["parents"] == [
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
    made = pages(context, "tags", "tag")
    assert [(row[0], row[2]) for row in data(made["tags/index.html"])["tags"]] == [
        ("cv", 3), ("cv/boxes", 1),
    ]  # fmt: skip
    page = made["tags/cv.html"]
    assert data(page)["title"] == "#cv"
    assert [row[0] for row in data(page)["children"]] == ["cv/boxes"]
    assert data(page)["related"] == []
    assert keys(page) == ["mid", "new", "none"]


def test_authors_stand_under_the_letter_of_their_family_name(context: SiteContext) -> None:
    made = pages(context, "authors", "author")
    letters = data(made["authors/index.html"])["letters"]
    assert [(letter, [row[0] for row in rows]) for letter, rows in letters] == [
        ("R", ["Rosenblatt"]), ("V", ["van Dyk"]), ("Å", ["Ås"]),
    ]  # fmt: skip
    assert keys(made["authors/Frank-Rosenblatt.html"]) == ["old", "mid"]


def test_years_newest_first_each_with_its_papers(context: SiteContext) -> None:
    made = pages(context, "years", "year")
    assert data(made["years/index.html"])["years"] == [
        (year, f"years/{year}.html", 1, 100) for year in ("2020", "1998", "1958")
    ]
    assert keys(made["years/1998.html"]) == ["mid"]


def test_home_shows_what_is_read_and_what_is_new(context: SiteContext) -> None:
    page = pages(context, "home")["index.html"]
    assert [card.key for card in data(page)["reading"]] == ["mid"]
    assert [(day, card.key) for day, card in data(page)["recent"]] == [
        ("2024-02-01", "mid"), ("2024-01-01", "old"),
    ]  # fmt: skip
    assert data(page)["statuses"] == [("reading", 1), ("read", 1)]
    assert data(page)["count"] == 4
    assert keys(pages(context, "notes")["notes/index.html"]) == ["new", "mid", "old", "none"]


def test_a_note_says_who_cites_it_with_which_sentence(vault: Vault) -> None:
    context = SiteContext(
        vault(
            {
                "a.md": "# A\nIt extends [[b|B]] a lot. Twice, says [[b]].\n\nSee [[c]].",
                "b.md": "# B\ntext",
                "c.md": "# C\nSee [[a]]. Also [[b]] is here, with [[secret]].",
                "secret.md": "---\nprivate: true\n---\n",
            }
        )
    )
    made = pages(context, "note")
    assert [c.card.key for c in data(made["notes/a.html"])["cites"]] == ["b", "c"]
    by = {c.card.key: c.sentences for c in data(made["notes/b.html"])["cited_by"]}
    assert list(by) == ["a", "c"]
    assert by["a"][0] == ("It extends ", "B", " a lot.")
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


def test_home_calls_no_papers_the_latest_where_none_has_a_year(site: Site) -> None:
    for text, name in (("# A", "Papers"), ("---\nyear: 2017\n---\n# A", "Latest papers")):
        page = (site({"a.md": text}) / "index.html").read_text()
        assert f"<h2>{name}</h2>" in page


def test_without_an_address_it_leads_to_no_page_that_may_be_another(site: Site) -> None:
    assert read_page((site({}) / "404.html").read_text()).links == []


def test_every_page_has_one_path(context: SiteContext) -> None:
    made = [compose(context, page) for page in plan_site(context)]
    assert len({page.path.casefold() for page in made}) == len(made)


def facts(context: SiteContext) -> dict[str, Page]:
    return {page.path: page for page in (compose(context, one) for one in plan_site(context))}


def test_pages_are_their_facts_and_another_fact_makes_another_page(vault: Vault) -> None:
    files = {"a.md": "# A\n[[b]] #t", "b.md": "---\ntopics: [x]\nauthors: [Ada B]\n---\n# B"}
    first, again = facts(SiteContext(vault(files))), facts(SiteContext(vault(files)))
    assert first == again
    other = facts(SiteContext(vault({"b.md": "# B2"})))
    changed = {path for path in first if path in other and first[path] != other[path]}
    assert {"notes/a.html", "notes/b.html", "index.html", "notes/index.html"} <= changed
    assert not {"404.html", "tags/t.html", "static/site.css"} & changed


def long_list(count: int) -> dict[str, str]:
    return {
        f"n{n:03}.md": f"---\nyear: {1900 + n // 10}\ntopics: [t]\nauthors: [Ada B]\n---\n"
        "#tag #tag/a"
        for n in range(count)
    }


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("topics/t", "topic"), ("tags/tag", "tag"), ("authors/Ada-B", "author"),
    ],
)  # fmt: skip
def test_a_long_list_is_several_pages_that_name_each_other(
    vault: Vault, path: str, kinds: str
) -> None:
    made = pages(SiteContext(vault(long_list(230))), kinds)
    parts = [made[f"{path}{end}.html"] for end in ("", "=2", "=3")]
    assert [len(keys(part)) for part in parts] == [100, 100, 30]
    everything = sorted(key for part in parts for key in keys(part))
    assert everything == [f"n{n:03}" for n in range(230)]
    for number, part in enumerate(parts, 1):
        assert data(part)["count"] == (230 if number == 1 else 0)
        assert data(part)["part"] == number
        assert [one.path for one in data(part)["pages"]] == [one.path for one in parts]


def test_of_all_notes_the_first_part_takes_what_is_new(vault: Vault) -> None:
    made = pages(SiteContext(vault(long_list(330))), "notes")
    sizes = {path: len(keys(page)) for path, page in made.items()}
    assert sizes == {
        "notes/index.html": 130, "notes/index=3.html": 100, "notes/index=2.html": 100,
    }  # fmt: skip
    assert [one.path for one in data(made["notes/index.html"])["pages"]] == list(sizes)
    assert keys(made["notes/index=2.html"])[-1] == "n000"


def test_the_links_between_parts_are_on_the_page(site: Site) -> None:
    out = site(long_list(101))
    page = read_page((out / "topics/t.html").read_text())
    assert "../topics/t=2.html" in page.links
    assert "1900–1909" in page.text
    assert "../topics/t.html" in read_page((out / "topics/t=2.html").read_text()).links


def test_only_the_first_part_of_a_tag_says_what_goes_together(vault: Vault) -> None:
    files = {name: f"{text} #other" for name, text in long_list(101).items()}
    made = pages(SiteContext(vault(files)), "tag")
    (other,) = data(made["tags/tag.html"])["related"]
    assert (other.label, other.count, other.query) == ("other", 101, "tag:tag tag:other")
    assert data(made["tags/tag=2.html"])["related"] == []


def test_a_page_of_a_note_that_is_not_there_is_an_error(context: SiteContext) -> None:
    with pytest.raises(KeyError):
        compose(context, PageId("note", "gone"))
