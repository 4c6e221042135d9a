"""Pictures of six kinds of pages, in both themes and at two widths, for people to look at.

They are kept in ``build/looks``. What a machine can say of them: the heading is in view, the
theme is the one that was asked for, nothing is cut off at the right, and no two are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paperkb.site.build import build_site
from tests.vaults import EXAMPLE_VAULT, load

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[3]
LOOKS = ROOT / "build" / "looks"
PAGES = {
    "home": "index.html",
    "note": "notes/vaswani2017attention.html",
    "topic": "topics/language.html",
    "tag": "tags/nlp.html",
    "board": "status.html",
    "search": "search.html?q=attention",
}
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
_GROUND = (
    "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)"
    ".reduce((sum, part) => sum + Number(part), 0) / 3"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("looks") / "site"
    build_site(load(EXAMPLE_VAULT), out)
    LOOKS.mkdir(parents=True, exist_ok=True)
    yield out.as_uri()


def test_pages_look_as_they_should(browser: Any, site: str) -> None:
    pictures: dict[str, bytes] = {}
    for theme in ("light", "dark"):
        for device, (width, height) in WIDTHS.items():
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme=theme,
                reduced_motion="reduce",
            )
            for kind, path in PAGES.items():
                name = f"{kind}-{device}-{theme}"
                page.goto(f"{site}/{path}")
                if kind == "search":
                    page.locator(".found li").first.wait_for()
                heading = page.locator("h1").first.bounding_box()
                assert heading and 0 <= heading["y"] < height / 2, name
                assert (page.evaluate(_GROUND) > 127) == (theme == "light"), name
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
                pictures[name] = page.screenshot(path=LOOKS / f"{name}.png", full_page=True)
            page.close()
    assert len(set(pictures.values())) == len(PAGES) * len(WIDTHS) * 2
