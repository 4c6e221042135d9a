"""Nothing that a note says runs, anywhere on the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paperkb.site.build import build_site
from tests.site.crawl import faults
from tests.site.hostile import CLOBBERING, write_hostile
from tests.site.quality.sites import is_redirect
from tests.site.serving import serving, visiting
from tests.vaults import load

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What no page may have: what runs, what asks, what leads away.
_AUDIT = """() => {
  const wrong = window.pwned ? ['pwned'] : [];
  const safe = ['http:', 'https:', 'mailto:', 'file:'];
  for (const e of document.querySelectorAll('*')) {
    const say = (what) => wrong.push(`${what}: ${e.outerHTML.slice(0, 120)}`);
    for (const { name } of e.attributes) {
      if (/^(on|style$|srcdoc$|formaction$|ping$|background$|autofocus$)/i.test(name)) say(name);
    }
    if (e.matches('script') && e.type !== 'application/ld+json' && !/\\/static\\/|\\/search\\//
      .test(e.src)) say('script');
    if (e.matches('iframe, object, embed, applet, frame, frameset, template, base, style'))
      say('element');
    if (e.matches('meta[http-equiv]:not([http-equiv=Content-Security-Policy])')) say('meta');
    if (e.matches('.body form, .body button, .found form, .found button')) say('form');
    for (const address of [e.href, e.src, e.action, e.data]) {
      if (typeof address === 'string' && address && !safe.includes(new URL(address).protocol))
        say('address');
    }
    if (e.matches('article.note a[href^="file:"]')) say('file');
  }
  return wrong;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    (root / "vault").mkdir()
    number = write_hostile(root / "vault")
    library = load(root / "vault")
    assert len(library.notes) == number
    build_site(library, root / "site")
    return root / "site"


@pytest.fixture(scope="module")
def bases(site: Path) -> Iterator[dict[str, str]]:
    with serving(site) as address:
        yield {"http": address, "file": site.as_uri()}


def test_no_page_has_a_wrong_address(site: Path) -> None:
    assert faults(site) == []


@pytest.mark.parametrize("origin", ["http", "file"])
def test_nothing_runs_on_any_page(
    browser: Any, bases: dict[str, str], site: Path, origin: str
) -> None:
    from urllib.parse import quote

    base = bases[origin]
    with visiting(browser, base) as (page, wrong):
        for path in sorted(site.rglob("*.html")):
            name = path.relative_to(site).as_posix()
            page.goto(f"{base}/{quote(name)}")
            if is_redirect(path):
                page.wait_for_url(f"{base}/notes/*")
            assert page.evaluate(_AUDIT) == [], name
            assert page.locator("h1").first.is_visible(), name
            assert wrong == [], name


@pytest.mark.parametrize("origin", ["http", "file"])
def test_nothing_runs_in_search(browser: Any, bases: dict[str, str], origin: str) -> None:
    base = bases[origin]
    with visiting(browser, base) as (page, wrong):
        page.goto(f"{base}/notes/clobber.html")
        page.keyboard.press("/")
        page.keyboard.type("title:onload")
        page.locator(".hit").first.wait_for()
        assert page.evaluate(_AUDIT) == []
        page.goto(f"{base}/search.html?q=window")
        page.locator(".found li").first.wait_for()
        for facet in page.locator(".facet summary").all():
            if facet.evaluate("s => !s.parentElement.open"):
                facet.click()
        page.locator(".facet[data-kind=tag] li").first.wait_for()
        assert page.evaluate(_AUDIT) == []
        page.goto(f"{base}/search.html?q=%22%3E%3Cimg src=x onerror=alert(1)%3E (")
        page.locator(".search-mistake").wait_for()
        assert page.evaluate(_AUDIT) == []
        assert wrong == []


def test_names_of_a_note_are_in_no_scripts_way(browser: Any, bases: dict[str, str]) -> None:
    base = bases["http"]
    with visiting(browser, base) as (page, wrong):
        page.goto(f"{base}/notes/clobber.html")
        assert page.locator("main h2").count() >= len(CLOBBERING)
        found = page.evaluate("paperkb.search('other').then((all) => all.map((n) => n.key))")
        assert "other" in found
        page.locator("#pkb\\:search").click()
        assert page.get_by_role("combobox").is_visible()
        page.keyboard.press("Escape")
        assert not page.get_by_role("combobox").is_visible()
        assert wrong == []


def test_attachments_run_nothing_when_they_are_opened(
    browser: Any, bases: dict[str, str], site: Path
) -> None:
    base = bases["http"]
    files = sorted(path.name for path in (site / "files").iterdir())
    assert "page.html.txt" in files
    assert "a.svg" in files
    with visiting(browser, base) as (page, wrong):
        for name in files:
            if name.endswith((".svg", ".txt")):
                page.goto(f"{base}/files/{name}")
                assert page.evaluate("window.pwned") is None
        assert wrong == []
