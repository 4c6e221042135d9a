"""``templates/languages.toml`` has every text of the interface in every language, and no other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from paperkb.model import STATUSES
from paperkb.resources import templates_folder
from paperkb.search import query
from paperkb.site import words
from paperkb.site.words import Words
from tests.site.conftest import Site
from tests.site.interface import PAGES, SCRIPTS, in_script, in_template, literals, untranslated

FILE = templates_folder() / "languages.toml"
CATALOGUE: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
LANGUAGES = ("de", "es", "ja", "zh")
TEMPLATES = sorted(path for path in PAGES.iterdir() if path.suffix in (".html", ".xml"))
MODULES = sorted(Path(words.__file__).parent.rglob("*.py"))
MISTAKES = {
    text
    for text in literals(Path(query.__file__))
    if re.match(r"(?:nothing to|not an? |missing |too many )", text)
}
"""What a query can be wrong about; the search page shows it in the site's language."""
NAMES = {"TL;DR", "paperkb"}
"""What has no translation."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_in_every_language_with_the_same_values(language: str) -> None:
    for text, said in CATALOGUE.items():
        assert said.get(language, "").strip(), f"{language}: {text}"
        wanted, there = (sorted(re.findall(r"\{\w+\}", t)) for t in (text, said[language]))
        assert wanted == there, f"{language}: {text}"


def test_a_text_has_no_language_that_others_lack() -> None:
    assert {text: said for text, said in CATALOGUE.items() if set(said) != {*LANGUAGES}} == {}


def test_every_text_of_the_interface_is_there() -> None:
    assert len(MISTAKES) == 11
    asked = {*STATUSES, *MISTAKES}
    for path in TEMPLATES:
        asked |= in_template(path.read_text(encoding="utf-8"))
    for path in SCRIPTS:
        asked |= in_script(path.read_text(encoding="utf-8"))
    assert sorted(asked - CATALOGUE.keys()) == []


def test_every_text_is_used() -> None:
    said = {*STATUSES, *MISTAKES}
    for path in (*TEMPLATES, *SCRIPTS, *MODULES):
        said |= literals(path)
    assert sorted(CATALOGUE.keys() - said) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_says_anything_untranslated(path: Path) -> None:
    found = set(untranslated(path.read_text(encoding="utf-8")))
    assert found - NAMES == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>{{ t('Notes') }} · {{ 3 }}</p>", []),
        ("<p>Notes</p>", ["Notes"]),
        ('<i title="More">{# No #}</i>', ["More"]),
        ('<p>{{ "one" if x else "two" }}</p>', ["onetwo"]),
        ("<p>{{ count }} notes <code>key</code></p>", ["notes"]),
        ('<p>{% if x == "y" %}·{% endif %}</p>', []),
    ],
)
def test_what_counts_as_untranslated(source: str, found: list[str]) -> None:
    assert untranslated(source) == found


VAULT = {
    "paperkb.toml": '[site]\nlanguage = "de-AT"\n',
    "a.md": "---\ntitle: Topics\nyear: 2017\nstatus: reading\nrating: 4\nauthors: [Ada B]\n"
    "topics: [x/y]\nadded: 2024-01-02\nfinished: 2024-01-03\nvia: [a friend]\n"
    "arxiv: 1706.03762\ncode: [https://x.org]\nresults: [{task: T, metric: M, value: 2}]\n"
    "tldr: Read it.\n---\n# Topics\n#t #t/u [[b]] [[secret]]\n## One\n## Two\n## Three\n",
    "b.md": "# {count} notes\nAs [[a]] says. arXiv:1810.04805 [@known]\n",
    "secret.md": "---\nprivate: true\n---\n",
    "refs.bib": "@misc{known, title={K}}",
}


def test_a_site_asks_for_no_text_that_is_not_there(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    translate = Words.t

    def record(self: Words, text: str, **values: object) -> str:
        asked.add(text)
        return translate(self, text, **values)

    monkeypatch.setattr(Words, "t", record)
    site(VAULT)
    assert {"Notes", "reading", "private note"} <= asked
    assert sorted(asked - CATALOGUE.keys() - {""}) == []


def test_a_site_speaks_its_language_and_leaves_notes_as_they_are(site: Site) -> None:
    out = site(VAULT)
    home, note = ((out / path).read_text() for path in ("index.html", "notes/a.html"))
    assert '<html lang="de-AT">' in home
    assert "Themen" in home
    assert ">Topics</h1>" in note
    assert "private Notiz" in note
    assert ">{count} notes</h1>" in (out / "notes/b.html").read_text()
    assert '"Close": "Schlie' in (out / "static/words.js").read_text()
