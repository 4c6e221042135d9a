"""Light and dark by the system's choice and the reader's; and what docs/themes.md says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from paperkb.resources import templates_folder
from tests.site.conftest import Site

GUIDE = (Path(__file__).parents[2] / "docs" / "themes.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.DOTALL))
TOKENS = (templates_folder() / "static" / "tokens.css").read_text(encoding="utf-8")
NO_STORE = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied') }})"


def _is_dark(page: Any) -> bool:
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in re.findall(r"\d+", ground)[:3]) < 200


@pytest.mark.browser
@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_readers_choice_holds_on_all_pages_until_it_is_the_systems(
    browser: Any, addresses: dict[str, str], system: str
) -> None:
    context = browser.new_context(color_scheme=system)
    page = context.new_page()
    page.goto(f"{addresses['http']}/index.html")
    button = page.get_by_role("button", name="Light or dark")
    button.click()
    assert _is_dark(page) == (system == "light")
    page.goto(f"{addresses['http']}/topics/index.html")
    assert _is_dark(page) == (system == "light")
    other = context.new_page()
    other.goto(f"{addresses['http']}/index.html")
    button.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "auto"
    assert _is_dark(page) == (system == "dark")
    other.wait_for_function("() => document.documentElement.dataset.theme === 'auto'")
    context.close()


@pytest.mark.browser
def test_where_nothing_can_be_kept_a_choice_holds_for_the_page(
    browser: Any, addresses: dict[str, str]
) -> None:
    page = browser.new_page(color_scheme="light")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.add_init_script(NO_STORE)
    page.goto(f"{addresses['http']}/index.html")
    for is_dark in (True, False):
        page.get_by_role("button", name="Light or dark").click()
        assert _is_dark(page) == is_dark
    page.close()
    assert wrong == []


@pytest.mark.browser
def test_without_scripts_there_is_no_button_and_paper_is_light(
    browser: Any, addresses: dict[str, str]
) -> None:
    context = browser.new_context(color_scheme="dark", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{addresses['file']}/index.html")
    assert not page.locator(".theme-switch").is_visible()
    context.close()


@pytest.mark.browser
def test_print_is_light_whatever_was_chosen(browser: Any, addresses: dict[str, str]) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto(f"{addresses['http']}/index.html")
    page.get_by_role("button", name="Light or dark").click()
    page.emulate_media(media="print", color_scheme="light")
    assert not _is_dark(page)
    page.close()


def test_the_choice_is_shown_before_anything_is_drawn(example_site: Path) -> None:
    head = (example_site / "index.html").read_text().split("</head>")[0]
    assert re.search(r'<script src="static/theme\.js"></script>', head)
    assert head.index("theme.js") < head.index('rel="stylesheet"')
    assert (templates_folder() / "static" / "theme.js").stat().st_size < 2048


def test_every_token_says_what_it_is_for() -> None:
    root = re.search(r":root \{(.*?)\n\}", TOKENS, re.DOTALL)
    assert root
    for line in root[1].strip().splitlines():
        assert "/*" in line, line


def test_the_guides_stylesheet_is_linked_last(site: Site) -> None:
    out = site({"a.md": "# A"})
    assert "custom.css" not in (out / "notes/a.html").read_text()
    out = site({"templates/static/custom.css": EXAMPLES["css"]})
    for page, up in (("notes/a.html", "../"), ("404.html", "")):
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', (out / page).read_text())
        assert sheets[-1] == f"{up}static/custom.css"
        assert (out / "static/custom.css").is_file()
    assert {*re.findall(r"--[\w-]+", EXAMPLES["css"])} <= {*re.findall(r"--[\w-]+", TOKENS)}


def test_the_guides_template_adds_to_the_shipped_one(site: Site) -> None:
    out = site({"a.md": "# A", "templates/pages/base.html": EXAMPLES["html"]})
    page = (out / "notes/a.html").read_text()
    assert page.count("<footer") == 1
    footer = page.split("<footer")[1]
    assert footer.index("feed.xml") < footer.index("https://example.org/imprint")


def test_the_guides_blocks_are_those_of_the_template() -> None:
    base = (templates_folder() / "pages" / "base.html").read_text(encoding="utf-8")
    row = next(line for line in GUIDE.splitlines() if line.startswith("| `base.html`"))
    assert re.findall(r"`(\w+)`", row.split("|")[2]) == re.findall(r"{% block (\w+) %}", base)


def test_the_guides_words_are_said(site: Site) -> None:
    settings = {"paperkb.toml": "[site]\nlanguage = 'pt-BR'", "a.md": "# A", "b.md": "# B"}
    words = {"templates/languages.toml": EXAMPLES["toml"]}
    page = (site(settings | words) / "notes/index.html").read_text()
    assert '<html lang="pt-BR">' in page
    assert ">Notas<" in page
    assert "2 notas" in page
