"""What overviews say: introductions, foundations, leaderboards, venues, the board."""

from __future__ import annotations

from paperkb.library.shelves import PER_PART
from paperkb.site.context import SiteContext
from paperkb.site.page import PageId
from paperkb.site.pages import authors, status
from paperkb.site.plan import KINDS, compose
from tests.site.conftest import Site
from tests.site.crawl import faults, read_page
from tests.site.test_pages import data, keys, notes, pages
from tests.vaults import Vault


def test_an_introduction_stands_on_its_topic_and_is_no_note(site: Site) -> None:
    out = site(
        {
            "a.md": "---\ntopics: [nlp]\n---\n# Paper A\n",
            "topics/nlp.md": "---\ntldr: Of words.\n---\n# On language\nSee [[a]], [[p]], #none "
            "[itself](#On%20language) and ![](../pic.png).\n\n$x^2$",
            "p.md": "---\nprivate: true\ntitle: Secret\n---\n",
            "pic.png": "P",
        }
    )
    page = read_page((out / "topics/nlp.html").read_text())
    assert "On language" in page.text
    assert "../notes/a.html" in page.links
    assert "Secret" not in page.text
    assert "Of words." in read_page((out / "topics/index.html").read_text()).text
    assert "<math" in (out / "topics/nlp.html").read_text()
    assert (out / "files/pic.png").exists()
    assert [path.name for path in (out / "notes").glob("*.html")] == ["a.html", "index.html"]
    for other in ("feed.xml", "notes/index.html", "index.html"):
        assert "On language" not in (out / other).read_text()
    assert faults(out) == []


def test_foundations_are_named_and_marked(site: Site) -> None:
    shelf = "---\ntitle: {}\ntopics: [t]\nyear: {}\n---\n{}"
    out = site(
        {"base.md": shelf.format("Base", 1990, "")}
        | {f"n{n}.md": shelf.format(f"N{n}", 2000, "[[base]]") for n in range(3)}
    )
    html = (out / "topics/t.html").read_text()
    assert html.count('class="founding"') == 1
    assert "A foundation: 3 other papers of this shelf cite it" in html
    assert "cited by 3" in read_page(html).text


def test_a_foundation_is_marked_wherever_on_the_shelf_it_stands(site: Site) -> None:
    shelf = "---\ntopics: [t]\nyear: {}\n---\n# {}\n{}"
    out = site(
        {f"old{n}.md": shelf.format(1990, f"Old {n}", "") for n in range(PER_PART)}
        | {"late.md": shelf.format(2000, "Late", "")}
        | {f"n{n}.md": shelf.format(2001, f"N{n}", "[[late]]") for n in range(3)}
    )
    first, second = ((out / f"topics/t{part}.html").read_text() for part in ("", "=2"))
    assert 'class="founding"' not in first
    assert second.count('class="founding"') == 1
    assert [">Foundations<" in part for part in (first, second)] == [True, False]


def result(metric: str, value: str, higher: str = "true") -> str:
    return (
        f"results: [{{task: MT, dataset: en/de, metric: {metric}, value: {value},"
        f" higher_is_better: {higher}}}]"
    )


def test_a_leaderboard_for_each_task_and_dataset(vault: Vault) -> None:
    context = SiteContext(
        vault(
            notes(
                a=result("BLEU", "28.4"), b=result("bleu", "41.8"), c=result("BLEU", "28.4"),
                d=result("TER", "0.5", "false"), e=result("TER", "0.25", "false"),
                n=result("BLEU", "nan"), p=f"private: true\n{result('BLEU', '99')}",
            )
        )
    )  # fmt: skip
    made = pages(context, "results", "result")
    (path,) = set(made) - {"results/index.html"}
    assert path == context.result_path("mt", "EN/DE")
    assert data(made["results/index.html"])["tasks"] == [("MT", [("en∕de", path, 6, "")])]
    boards = data(made[path])["boards"]
    assert [(board.metric, board.higher_is_better) for board in boards] == [
        ("BLEU", True), ("TER", False),
    ]  # fmt: skip
    assert [(r.place, r.card.key, r.value) for r in boards[0].rows] == [
        (1, "b", "41.8"), (2, "a", "28.4"), (2, "c", "28.4"),
    ]  # fmt: skip
    assert [r.card.key for r in boards[1].rows] == ["e", "d"]


def test_a_venue_has_its_papers_of_all_years(vault: Vault) -> None:
    context = SiteContext(
        vault(notes(a="venue: NeurIPS 2017\nyear: 2017", b="venue: neurips", c="venue: A/B"))
    )
    made = pages(context, "venues", "venue")
    assert keys(made[context.venue_path("NeurIPS 2001")]) == ["a", "b"]
    rows = data(made["venues/index.html"])["venues"]
    assert [(row[0], row[2], row[3]) for row in rows] == [("NeurIPS", 2, "2017"), ("A/B", 1, "")]


def test_the_board_has_a_column_for_each_status(vault: Vault) -> None:
    many = {f"r{n:02}": f"status: read\nfinished: 2024-01-{n + 1:02}" for n in range(12)}
    context = SiteContext(vault(notes(q="status: queued", none="year: 1", **many)))
    page = pages(context, "status")["status.html"]
    columns = {name: (count, cards) for name, count, cards in data(page)["columns"]}
    assert columns["queued"][0] == 1
    assert columns["inbox"] == (0, [])
    count, cards = columns["read"]
    assert count == 12
    assert len(cards) == status.SHOWN
    assert cards[0].key == "r11"
    assert data(page)["without"] == 1


def test_a_long_column_leads_to_the_search(site: Site) -> None:
    out = site(notes(**{f"r{n:02}": "status: read" for n in range(12)}))
    assert "search.html?q=status%3Aread" in read_page((out / "status.html").read_text()).links


def test_what_is_cited_and_has_no_note(site: Site) -> None:
    out = site(
        {
            "a.md": "# A\n[GANs](https://arxiv.org/abs/1406.2661) [@known]",
            "b.md": "# B\n[@known] [@old]",
            "refs.bib": "@misc{known, title={Known Work}, year={1999}, doi={10.1000/x}}\n"
            "@misc{old, title={Old <b>Work</b>}}",
        }
    )
    page = read_page((out / "missing.html").read_text())
    assert page.text.index("Known Work") < page.text.index("GANs")
    assert "paperkb new 1406.2661" in page.text
    assert {"https://arxiv.org/abs/1406.2661", "https://doi.org/10.1000/x", "notes/a.html"} <= set(
        page.links
    )
    assert "Old <b>Work</b>" in page.text


def test_many_authors_have_a_page_for_each_letter(vault: Vault) -> None:
    names = [f"{'ABÅ3'[n % 4]}x{n}" for n in range(authors.ON_ONE_PAGE + 1)]
    files = {f"n{n}": f"authors: ['{name}, Given']" for n, name in enumerate(names)}
    context = SiteContext(vault(notes(**files, last="authors: ['Bx1, Given']")))
    ids = list(KINDS["authors"].plan(context))
    assert ids == [PageId("authors", name) for name in ("", "#", "A", "B", "Å")]
    made = [compose(context, one) for one in ids]
    index, *letters = made
    assert data(index)["most"][0][0] == "Bx1"
    assert data(index)["letters"] == []
    shown = [row[0] for page in letters for _, rows in data(page)["letters"] for row in rows]
    assert sorted(shown) == sorted(names)
    assert [path for _, path, _ in data(index)["index"]] == [page.path for page in letters]


def test_a_tag_leads_to_what_has_both(site: Site) -> None:
    out = site({"a.md": "#nlp/parsing #must-read", "b.md": "#nlp/parsing"})
    page = read_page((out / "tags/nlp/parsing.html").read_text())
    assert "../search.html" in {
        link.partition("?")[0].removeprefix("../") for link in page.links
    } | {link.partition("?")[0].replace("../../", "../") for link in page.links}
    assert any(link.endswith("?q=tag%3Anlp/parsing%20tag%3Amust-read") for link in page.links)
    assert "../../tags/nlp.html" in page.links


def test_a_work_of_which_only_its_id_is_known_is_named_once(site: Site) -> None:
    links = "[Paper](https://arxiv.org/abs/1706.03762) [here](https://arxiv.org/abs/1810.04805)"
    out = site({"a.md": f"It builds on {links}, as does [BERT](https://arxiv.org/abs/1810.04805)."})
    html = (out / "missing.html").read_text()
    assert html.count("arxiv:1706.03762") == 1
    assert ">BERT</a>" in html
    assert [name for name in (">Paper</a>", ">here</a>") if name in html] == []
