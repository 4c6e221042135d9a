"""Pages can be read: without scripts, on paper, on small screens, and without anything jumping."""

from __future__ import annotations

from typing import Any

import pytest

from tests.site.quality.sites import Published
from tests.site.serving import visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Text and pictures of a page that take no room on it, but for what is folded or said to be hidden.
_UNSEEN = """() => [...document.querySelectorAll(
    'h1, h2, h3, h4, p, li, dt, dd, td, th, pre, blockquote, figure, math, svg, img, time')]
  .filter((e) => e.closest('main') && !e.closest('[hidden], details:not([open]) > :not(summary),'
    + ' form, dialog, [aria-hidden=true], .visually-hidden, .front .state')
    && (e.textContent.trim() || e.matches('svg, img')))
  .filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width === 0 || box.height === 0 || !e.checkVisibility({ visibilityProperty: true });
  }).map((e) => e.outerHTML.slice(0, 160))"""


def test_everything_can_be_read_without_scripts(browser: Any, published: Published) -> None:
    base = published.addresses["file"]
    with visiting(browser, base, java_script_enabled=False) as (page, wrong):
        for path in published.examples(2):
            page.goto(f"{base}/{path}")
            assert len(page.locator("main").inner_text().split()) > 3, path
            assert page.evaluate(_UNSEEN) == [], path
    assert wrong == []


def test_formulas_code_and_backlinks_are_there_without_scripts(
    browser: Any, published: Published
) -> None:
    """Of the notes that have them, one each; nothing else tells that a page has lost them."""
    base = published.addresses["file"]
    notes = published.kinds()["notes"]
    seen = 0
    places = {"<math": "math", "<pre class=": ".body pre", "<table": "table",
              'id="pkb:cited-by"': "#pkb\\:cited-by"}  # fmt: skip
    with visiting(browser, base, java_script_enabled=False) as (page, _):
        for marker, place in places.items():
            texts = ((path, (published.folder / path).read_text("utf-8")) for path in notes)
            path = next((path for path, text in texts if marker in text), None)
            if path is not None:
                page.goto(f"{base}/{path}")
                assert page.locator(place).first.is_visible(), path
                seen += 1
    assert published.name != "example-vault" or seen == len(places)


def test_paper_has_the_text_and_nothing_else(browser: Any, published: Published) -> None:
    chrome = "nav:not(.pager), .search-link, .skip, dialog, form, .colophon"
    base = published.addresses["file"]
    with visiting(browser, base, color_scheme="dark") as (page, _):
        page.emulate_media(media="print", color_scheme="dark")
        for path in published.examples():
            page.goto(f"{base}/{path}")
            for part in page.locator(chrome).all():
                assert not part.is_visible(), (path, part.evaluate("e => e.outerHTML.slice(0, 80)"))
            assert page.locator("h1").first.is_visible(), path
            ground, ink = (
                page.evaluate(
                    "name => getComputedStyle(document.body)[name].match(/\\d+/g).map(Number)"
                    ".slice(0, 3).reduce((a, b) => a + b)", name)
                for name in ("backgroundColor", "color")
            )  # fmt: skip
            assert ground - ink > 500, f"{path}: paper is white"
            assert page.pdf().startswith(b"%PDF"), path


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(browser: Any, published: Published, width: int) -> None:
    base = published.addresses["file"]
    with visiting(browser, base, viewport={"width": width, "height": 800}) as (page, _):
        for path in published.examples(3):
            page.goto(f"{base}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_while_a_page_loads(browser: Any, published: Published, width: int) -> None:
    base = published.addresses["http"]
    watch = """() => new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 0)));
    })"""
    with visiting(browser, base, viewport={"width": width, "height": 900}) as (page, _):
        for path in published.examples(2):
            page.goto(f"{base}/{path}", wait_until="load")
            assert page.evaluate(watch) == 0, path
