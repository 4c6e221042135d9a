"""Files about all papers: ``papers.bib``, ``papers.json`` and ``llms.txt``."""

from __future__ import annotations

import json
import re
from pathlib import Path

from paperkb.formats.bibtex import read_bibliography
from tests.site.conftest import Site
from tests.vaults import EXAMPLE_VAULT, load

CSL_TYPES = {"article", "article-journal", "paper-conference", "document"}
CSL_NAMES = {
    "id", "type", "title", "author", "issued", "publisher", "number", "genre", "container-title",
    "DOI", "URL", "custom",
}  # fmt: skip
TRICKY = {
    "a b.md": "---\ntitle: 'One, {two} & \"three\"'\nauthors: [A B]\nyear: 2017\n---\n",
    "a-b.md": "---\ntitle: '[x](y) *z*'\ntopics: [Top/Deep, other]\ntldr: \"a\\nb\"\n---\n",
    "A-B.md": "# Third (c)",
    "p(1).md": "# Fourth",
    "secret.md": "---\nprivate: true\ntitle: Hidden\ntopics: [spycraft]\n---\n",
}


def test_all_papers_of_the_example_vault_as_bibtex(example_site: Path) -> None:
    works, problems = read_bibliography((example_site / "papers.bib").read_text(), "papers.bib")
    assert problems == ()
    notes = {note.key: note.work for note in load(EXAMPLE_VAULT).notes}
    assert {known.key for known in works} == notes.keys()
    for known in works:
        work = notes[known.key]
        assert (known.work.year, known.work.arxiv) == (work.year, work.arxiv)
        assert known.work.authors == work.authors


def test_all_papers_of_the_example_vault_as_csl_json(example_site: Path) -> None:
    items = json.loads((example_site / "papers.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in items] == sorted(n.key for n in load(EXAMPLE_VAULT).notes)
    for item in items:
        assert item["type"] in CSL_TYPES
        assert item.keys() <= CSL_NAMES
        said = item["custom"]["paperkb"]
        assert (example_site / said["page"]).is_file()
        assert (example_site / said["markdown"]).is_file()
    (found,) = [item for item in items if item["id"] == "vaswani2017attention"]
    assert (found["custom"]["paperkb"]["status"], found["issued"]) == (
        "read", {"date-parts": [[2017, 6, 12]]},
    )  # fmt: skip


def test_no_two_entries_have_one_key(site: Site) -> None:
    works, problems = read_bibliography((site(TRICKY) / "papers.bib").read_text(), "papers.bib")
    assert problems == ()
    assert len({known.key.casefold() for known in works}) == len(works) == 4


def test_llms_txt_is_as_the_convention_has_it(site: Site) -> None:
    config = '[site]\ntitle = "My [papers]"\ndescription = "All\\nof them"\n'
    out = site({**TRICKY, "paperkb.toml": config})
    lines = (out / "llms.txt").read_text().split("\n")
    assert lines[:3] == ["# My \\[papers\\]", "", "> All of them"]
    sections = [line for line in lines if line.startswith("#")]
    assert sections[1:] == ["## Top", "## Other papers", "## Optional"]
    links = [line for line in lines if line.startswith("- ")]
    assert len(links) == 4 + 3
    for line in links:
        found = re.fullmatch(r"- \[(?:[^\]\\]|\\.)*\]\(([^()]+)\)(?:: .+)?", line)
        assert found, line
        assert (out / found[1].replace("%28", "(").replace("%29", ")")).is_file()
    assert ": a b" in next(line for line in links if "\\[x\\]" in line)


def test_with_an_address_they_are_absolute(site: Site) -> None:
    out = site({"a.md": "# A", "paperkb.toml": '[site]\nurl = "https://x.org/r/"'})
    (item,) = json.loads((out / "papers.json").read_text())
    assert item["custom"]["paperkb"] == {
        "page": "https://x.org/r/notes/a.html", "markdown": "https://x.org/r/notes/a.md",
    }  # fmt: skip
    assert "(https://x.org/r/notes/a.md)" in (out / "llms.txt").read_text()


def test_of_an_empty_vault_they_are_empty(site: Site) -> None:
    out = site({})
    assert (out / "papers.bib").read_text() == ""
    assert json.loads((out / "papers.json").read_text()) == []
    assert "## Optional" in (out / "llms.txt").read_text()
