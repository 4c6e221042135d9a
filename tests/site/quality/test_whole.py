"""Every page loads whole, asks nobody else, and leads only where something is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.site.crawl import faults
from tests.site.quality.sites import Published
from tests.site.serving import visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_address_of_every_page_leads_somewhere(published: Published) -> None:
    assert faults(published.folder) == []


@pytest.mark.parametrize("origin", ["http", "file"])
def test_pages_load_without_a_word_of_complaint(
    browser: Any, published: Published, origin: str
) -> None:
    """Over http, all pages of the example vault; else a good number of each kind."""
    everything = origin == "http" and published.name == "example-vault"
    pages = published.pages() if everything else published.examples(8)
    base = published.addresses[origin]
    with visiting(browser, base) as (page, wrong):
        for path in pages:
            page.goto(f"{base}/{path}", wait_until="load")
            assert page.locator("h1").first.inner_text().strip(), path
            assert wrong == [], path
