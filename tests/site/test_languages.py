"""``templates/languages.toml`` has every text of the interface in every language, and no other."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from paperkb.model import STATUSES
from paperkb.resources import templates_folder
from paperkb.search import query
from paperkb.site import words
from tests.site.conftest import Site
from tests.site.interface import (
    PAGES,
    SCRIPTS,
    in_module,
    in_script,
    in_template,
    literals,
    read_out,
    untranslated,
)

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
NAMES = {"TL;DR", "arXiv", "arxiv", "BibTeX", "DOI", "HTML", "paperkb", "PDF"}
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
    for path in MODULES:
        asked |= in_module(path.read_text(encoding="utf-8"))
    assert sorted(asked - CATALOGUE.keys()) == []


def test_every_text_is_used() -> None:
    said = {*STATUSES, *MISTAKES}
    for path in (*TEMPLATES, *SCRIPTS, *MODULES):
        said |= literals(path)
    assert sorted(CATALOGUE.keys() - said) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_says_anything_untranslated(path: Path) -> None:
    found = " ".join(untranslated(path.read_text(encoding="utf-8")))
    assert set(found.split()) - NAMES == set()


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
    "xa.md": "---\ntitle: Topics\nyear: 2017\nstatus: reading\nrating: 4\nauthors: [Xada Xb, Xc]\n"
    "topics: [xt/xu]\nadded: 2024-01-02\nfinished: 2024-01-03\nvia: [xfriend]\nvenue: Xvenue\n"
    "arxiv: 1706.03762\ncode: [https://x.org]\nresults: [{task: Xt, metric: Xm, value: 2}]\n"
    "tldr: Xtldr.\n---\n# Topics\n#x1 #x1/x2 [[xb]] [[xsecret]]\n"
    "> [!claim]\n> Xr\n\n> [!tip] Xs\n> Xt\n\n## Xo\n## Xp\n## Xq\n- [ ] Xl\n- [x] Xm\n",
    "xb.md": "# {count} notes\nXas [[xa]] xsays. arXiv:1810.04805 [@xknown]\n",
    "xsecret.md": "---\nprivate: true\n---\n",
    "xrefs.bib": "@misc{xknown, title={Xk}}",
}
"""A vault whose own words begin with an x, but for two titles that the interface has too."""
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
THEIRS = re.compile(
    r"\b[xX]\w*|>?Topics|\{count\} notes|&\w+;|Papers|arXiv|PDF|HTML|DOI|BibTeX|TL;DR"
)


def test_a_site_says_nothing_that_was_not_translated(site: Site) -> None:
    """In a language where each text of the interface is the English one in brackets."""
    marked = "".join(
        f"[{json.dumps(text)}]\nqaa = {json.dumps(f'⟦{text}⟧')}\n" for text in CATALOGUE
    )
    out = site(
        {**VAULT, "paperkb.toml": "[site]\nlanguage = 'qaa'", "templates/languages.toml": marked}
    )
    plain: dict[str, set[str]] = {}
    for page in sorted(out.rglob("*.html")):
        text = "\n".join(read_out(page.read_text(encoding="utf-8")))
        while MARKED.search(text):
            text = MARKED.sub(" ", text)
        if left := set(re.findall(r"[^\W\d_]{2,}", THEIRS.sub(" ", text))) - NAMES:
            plain[page.relative_to(out).as_posix()] = left
    assert plain == {}


def test_a_site_speaks_its_language_and_leaves_notes_as_they_are(site: Site) -> None:
    out = site({**VAULT, "paperkb.toml": "[site]\nlanguage = 'de-AT'"})
    home, note = ((out / path).read_text() for path in ("index.html", "notes/xa.html"))
    assert '<html lang="de-AT">' in home
    assert "Themen" in home
    assert ">Topics</h1>" in note
    assert "private Notiz" in note
    assert ">{count} notes</h1>" in (out / "notes/xb.html").read_text()
    assert '"Close": "Schlie' in (out / "static/words.js").read_text()


def test_of_a_language_that_is_not_there_only_the_notes_are(site: Site) -> None:
    out = site({**VAULT, "paperkb.toml": "[site]\nlanguage = 'pt-BR'"})
    note = (out / "notes/xa.html").read_text()
    assert '<html lang="en">' in note
    assert re.search(r'<div class="body[^>]* lang="pt-BR"', note)


@pytest.mark.browser
def test_scripts_speak_the_language_too(browser: Any, site: Site) -> None:
    out = site({**VAULT, "paperkb.toml": "[site]\nlanguage = 'de'"})
    page = browser.new_page()
    page.goto((out / "index.html").as_uri())
    page.keyboard.press("/")
    assert page.get_by_role("combobox").get_attribute("placeholder") == "Notizen durchsuchen"
    page.keyboard.type("(")
    mistake = page.locator(".search-mistake")
    mistake.wait_for()
    assert mistake.inner_text().startswith(") fehlt, bei Zeichen 1:")
    page.keyboard.press("Backspace")
    page.keyboard.type("nirgends")
    page.get_by_text("Keine Notiz passt zu").wait_for()
    page.goto(f"{(out / 'search.html').as_uri()}?q=status:reading")
    page.get_by_text("1 Notiz gefunden").wait_for()
    assert page.locator(".found .status").inner_text() == "in Lektüre"
    assert page.evaluate("paperkb.t('{a} no such {b}', {a: 1})") == "1 no such {b}"
    page.close()
