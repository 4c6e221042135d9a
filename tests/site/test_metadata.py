"""What a note's page tells Zotero, search engines and link previews."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from paperkb.site.metadata import note_metadata, script_safe
from tests.site.conftest import Site
from tests.vaults import EXAMPLE_VAULT, Vault, load


class Head(HTMLParser):
    """The ``meta`` elements of a page, its links by ``rel``, and its data blocks."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        self.scripts: list[str] = []
        self.data: list[str] = []
        self._in_data = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = values.get("name") or values.get("property", "")
            self.meta.setdefault(name, []).append(values.get("content", ""))
        elif tag == "link":
            self.links.setdefault(values["rel"], []).append(values["href"])
        elif tag == "script":
            self.scripts.append(values.get("type", ""))
            self._in_data = values.get("type") == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        self._in_data = self._in_data and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)

    def one(self, name: str) -> str:
        (content,) = self.meta[name]
        return content

    @property
    def linked(self) -> Any:
        (data,) = self.data
        return json.loads(data)


def test_a_paper_of_a_meeting(example_site: Path) -> None:
    head = Head(example_site / "notes" / "vaswani2017attention.html")
    assert head.one("citation_title") == "Attention Is All You Need"
    assert head.meta["citation_author"][:2] == ["Vaswani, Ashish", "Shazeer, Noam"]
    assert len(head.meta["citation_author"]) == 8
    assert head.one("citation_publication_date") == "2017/06/12"
    assert head.one("citation_conference_title") == "NeurIPS"
    assert head.one("citation_arxiv_id") == "1706.03762"
    assert head.one("citation_pdf_url") == "https://arxiv.org/pdf/1706.03762v5"
    assert head.one("citation_public_url") == "https://arxiv.org/abs/1706.03762"
    assert "z:itemType" not in head.meta
    assert head.one("og:type") == "article"
    assert head.one("og:title") == head.one("citation_title")
    assert head.one("og:site_name") == "Landmarks"
    assert head.one("og:description") == head.one("description")
    assert head.linked["@type"] == "ScholarlyArticle"
    assert head.linked["author"][0]["familyName"] == "Vaswani"
    assert head.linked["datePublished"] == "2017-06-12"


def test_every_note_of_a_paper_says_who_wrote_it_and_where_it_is(example_site: Path) -> None:
    papers = [note for note in load(EXAMPLE_VAULT).notes if note.work.authors]
    assert len(papers) > 70
    for note in papers:
        head, work = Head(example_site / "notes" / f"{note.key}.html"), note.work
        assert head.one("citation_title") == work.title
        families = [name.partition(",")[0] for name in head.meta["citation_author"]]
        assert families == [person.family for person in work.authors]
        assert head.one("citation_publication_date")[:4] == str(work.year)
        assert head.meta.get("citation_arxiv_id", [None]) == [work.arxiv]
        assert head.meta.get("citation_doi", [None]) == [work.doi]
        venues = ("citation_journal_title", "citation_conference_title")
        named = [head.one(name) for name in venues if name in head.meta]
        assert named in ([], [work.venue])
        assert bool(named) or "z:itemType" in head.meta or not work.arxiv
        assert head.linked["name"] == work.title
        assert head.links["alternate"][-3:][0].endswith(f"{note.key}.md")


def test_addresses_of_the_site_are_told_if_they_are_known(site: Site) -> None:
    note = {"a.md": "---\ntitle: T\nyear: 2017\n---\n"}
    head = Head(site(note) / "notes" / "a.html")
    assert not {"og:url", "citation_public_url"} & head.meta.keys()
    assert "canonical" not in head.links
    out = site({**note, "paperkb.toml": '[site]\nurl = "https://x.org/r"'})
    head = Head(out / "notes" / "a.html")
    page = "https://x.org/r/notes/a.html"
    assert (head.one("og:url"), head.links["canonical"]) == (page, [page])
    assert head.linked["mainEntityOfPage"] == page
    assert Head(out / "index.html").one("og:type") == "website"


HOSTILE = "</script><script>alert(1)</script><!--<script> & \" ' {x} \\"


def test_no_text_ends_the_data_block(site: Site) -> None:
    quoted = json.dumps(HOSTILE)
    out = site({"a.md": f"---\ntitle: {quoted}\nauthors: [{quoted}]\nyear: 2017\ntldr: {quoted}\n"
                f"venue: {quoted}\ntags: [{quoted}]\nabstract: {quoted}\n---\n"})  # fmt: skip
    head = Head(out / "notes" / "a.html")
    assert set(head.scripts) == {"", "application/ld+json"}
    assert head.linked["name"] == HOSTILE
    assert head.one("citation_title") == HOSTILE
    assert head.one("og:title") == HOSTILE


def test_json_has_no_sign_of_html() -> None:
    made = str(script_safe({"a": f"{HOSTILE}\u2028"}))
    assert not set(made) & set("<>&\u2028\u2029")
    assert json.loads(made) == {"a": f"{HOSTILE}\u2028"}


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ("[Ada Lovelace]", ["Lovelace, Ada"]),
        ("['van der Maaten, Laurens']", ["van der Maaten, Laurens"]),
        # Zotero would take «van der Maaten, Laurens Jan» alone for two people.
        ("['van der Maaten, Laurens Jan']", ["Laurens Jan van der Maaten"]),
        ("['van der Maaten, Laurens Jan', Ada Lovelace]",
         ["van der Maaten, Laurens Jan", "Lovelace, Ada"]),
        ("[The Gemini Team]", ["The Gemini Team"]),
    ],
)  # fmt: skip
def test_authors_as_zotero_reads_them(vault: Vault, authors: str, said: list[str]) -> None:
    note = vault({"a.md": f"---\nauthors: {authors}\n---\n"}).notes[0]
    citation = note_metadata(note, "", "notes/a.html", "").citation
    assert [content for name, content in citation if name == "citation_author"] == said


def test_a_first_version_of_another_year_is_no_publication(vault: Vault) -> None:
    front = "---\ntitle: T\nyear: 2018\ndate: 2017-06-12\nvenue: Nature\ndoi: 10.1/x\n---\n"
    note = vault({"a.md": front}).notes[0]
    citation = dict(note_metadata(note, "An\nabstract", "notes/a.html", "").citation)
    assert citation["citation_publication_date"] == "2018"
    assert citation["citation_online_date"] == "2017/06/12"
    assert citation["citation_journal_title"] == "Nature"
    assert citation["citation_abstract"] == "An abstract"


def test_what_is_no_paper_is_not_cited(vault: Vault) -> None:
    made = note_metadata(vault({"a.md": "# Idea\n"}).notes[0], "", "notes/a.html", "")
    assert (made.citation, made.linked, made.description) == ((), "", "")


def test_a_long_abstract_is_described_by_its_beginning(vault: Vault) -> None:
    made = note_metadata(vault({"a.md": "x"}).notes[0], "word " * 100, "notes/a.html", "")
    assert made.description.endswith("word…")
    assert len(made.description) <= 300
