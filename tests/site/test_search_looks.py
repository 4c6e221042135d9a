"""Search in a real browser: hostile notes, small screens, rules of accessibility."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.site.nasty import HOSTILE
from tests.site.searching import open_answer, shown_titles, type_query

pytestmark = pytest.mark.browser


def test_texts_of_notes_are_texts(browser: Any, nasty_site: Path) -> None:
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    base = nasty_site.as_uri()
    type_query(page, base, "title:script", at="index.html")
    page.locator(".hit-title").get_by_text(HOSTILE["title"], exact=True).first.wait_for()
    page.goto(f"{base}/search.html?q=")
    page.locator(".found li").first.wait_for()
    for kind in ("tag", "topic", "author"):
        page.locator(f".facet[data-kind={kind}] summary").click()
        page.locator(f".facet[data-kind={kind}] li").first.wait_for()
    while page.locator(".search-more").is_visible():
        number = page.locator(".found li").count()
        page.locator(".search-more").click()
        page.wait_for_function(f"() => document.querySelectorAll('.found li').length > {number}")
    for hostile in (".found", ".facets"):
        assert page.locator(hostile).locator("script, img, b, i, u, em").count() == 0
    there = {path.relative_to(nasty_site).as_posix() for path in nasty_site.rglob("*.html")}
    found = page.evaluate("paperkb.search('', {limit: 999}).then((all) => all.map((n) => n.path))")
    assert len(found) > 40
    assert set(found) <= there
    for kind in ("tag", "topic"):  # a name with a quote, for which there is no sign in the language
        page.locator(f".facet[data-kind={kind}] button", has_text=HOSTILE[kind]).click()
        page.locator(".chips button").first.wait_for()
        assert HOSTILE["title"] in shown_titles(page)
    assert wrong == []
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_scrolls_sideways(browser: Any, addresses: dict[str, str], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    wide = "document.documentElement.scrollWidth"
    type_query(page, addresses["file"], "attention (x")
    page.locator(".search-mistake").wait_for()
    assert page.evaluate(wide) <= width
    assert page.locator(".search-dialog").evaluate("d => d.scrollWidth - d.clientWidth") <= 0
    open_answer(page, addresses["file"], f"tag:vision+-{'long' * 30}")
    page.locator(".search-help summary").click()
    assert page.evaluate(wide) <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rules_of_accessibility_hold(browser: Any, addresses: dict[str, str], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    type_query(page, addresses["file"], "attention learning")
    page.locator(".hit").first.wait_for()
    page.keyboard.press("ArrowDown")
    faults = [axe.run(page).response["violations"]]
    open_answer(page, addresses["file"], "status:read+attention")
    page.locator(".facet[data-kind=status] li").first.wait_for()
    page.locator(".search-help summary").click()
    faults.append(axe.run(page).response["violations"])
    assert [[fault["id"], fault["nodes"][0]["html"]] for found in faults for fault in found] == []
    context.close()
