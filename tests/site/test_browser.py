"""The example vault in a real browser: from disk and under a path, without and with JavaScript."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vaults import write_files

pytestmark = pytest.mark.browser

PAGES = (
    "index.html", "notes/vaswani2017attention.html", "notes/index.html", "topics/index.html",
    "tags/index.html", "authors/index.html", "years/index.html", "404.html",
    "venues/index.html", "results/index.html", "results/Image-classification/ImageNet.html",
    "status.html", "missing.html", "topics/generative.html", "tags/nlp.html",
)  # fmt: skip


def _failure(request: Any) -> list[str]:
    """Why a request failed, unless the next page came before its icon."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.failure}: {request.url}"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("origin", ["file", "http"])
def test_pages_load_whole_and_ask_nobody_else(
    browser: Any, addresses: dict[str, str], origin: str, scheme: str, scripts: bool
) -> None:
    base = addresses[origin]
    context = browser.new_context(color_scheme=scheme, java_script_enabled=scripts)
    page = context.new_page()
    wrong: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("requestfailed", lambda request: wrong.extend(_failure(request)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda r: wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    for path in PAGES:
        page.goto(f"{base}/{path}", wait_until="load")
        assert page.locator("main").is_visible()
        assert page.locator("h1").first.inner_text().strip()
    assert wrong == []
    assert [url for url in asked if not url.startswith(f"{base}/")] == []
    assert any(url.endswith("static/site.css") for url in asked)
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(browser: Any, addresses: dict[str, str], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(f"{addresses['file']}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_colours_follow_the_scheme_and_can_be_read(browser: Any, addresses: dict[str, str]) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{addresses['file']}/notes/vaswani2017attention.html")
        style = "getComputedStyle(document.body)"
        ground, ink = (
            sum(int(part) for part in re.findall(r"\d+", page.evaluate(f"{style}.{name}"))[:3])
            for name in ("backgroundColor", "color")
        )
        assert abs(ground - ink) > 400
        grounds.append(ground)
        context.close()
    light, dark = grounds
    assert light > 600
    assert dark < 200


def test_readers_get_from_home_to_a_note_and_back_by_links(
    browser: Any, addresses: dict[str, str]
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{addresses['http']}/")
    page.get_by_role("link", name="Topics").first.click()
    page.locator(".shelves a").first.click()
    page.locator(".card h3 a").first.click()
    assert "/repo/notes/" in page.url
    page.locator("a.brand").click()
    assert page.url == f"{addresses['http']}/index.html"
    page.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A vault, and the address at which ``paperkb serve`` shows it."""
    vault = tmp_path / "vault"
    write_files(vault, {"paperkb.toml": "", "a.md": "# First title\n"})
    command = [sys.executable, "-m", "paperkb", "-C", str(vault), "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        yield vault, process.stdout.readline().strip()
        process.terminate()


def test_an_open_page_reloads_when_its_note_is_edited(
    browser: Any, served: tuple[Path, str]
) -> None:
    from playwright.sync_api import TimeoutError  # noqa: A004 - playwright's word for it

    vault, address = served
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    with page.expect_request(lambda request: request.url.endswith("/.paperkb/events")):
        page.goto(f"{address}notes/a.html")
    assert page.locator("h1").inner_text() == "First title"
    changed = page.locator("h1", has_text="Second title")
    for _ in range(20):  # the first edit may come before the server watches
        (vault / "a.md").write_text("# Second title\n")
        try:
            changed.wait_for(timeout=2000)
            break
        except TimeoutError:
            continue
    assert changed.is_visible()
    assert wrong == []
    page.close()
