"""The note page in a real browser: what scripts add to it, and that it does without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

NOTE = "notes/vaswani2017attention.html"
PREVIEW = "#pkb\\:preview"


@pytest.fixture
def page(browser: Any, example_site: Path) -> Iterator[Any]:
    """A note, wide, from disk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{example_site.as_uri()}/{NOTE}")
    yield page
    context.close()
    assert wrong == []


def test_a_preview_comes_on_hover_and_goes_with_escape(page: Any) -> None:
    link = page.get_by_role("link", name="residual block")
    height = page.evaluate("document.documentElement.scrollHeight")
    link.hover()
    preview = page.locator(PREVIEW)
    preview.wait_for(state="visible")
    assert preview.get_attribute("role") == "tooltip"
    assert link.get_attribute("aria-describedby") == preview.get_attribute("id")
    text = preview.inner_text()
    for part in ("Deep Residual Learning", "Kaiming He", "Let layers learn", "read"):
        assert part in text
    assert len(preview.evaluate("node => node.outerHTML").encode()) < 5000
    assert page.evaluate("document.documentElement.scrollHeight") == height
    page.keyboard.press("Escape")
    preview.wait_for(state="hidden")
    assert link.get_attribute("aria-describedby") is None


def test_a_preview_comes_with_the_keyboard_focus(page: Any) -> None:
    link = page.get_by_role("link", name="attention between decoder and encoder")
    page.keyboard.press("Tab")  # from here on, the focus is the keyboard's
    link.focus()
    page.locator(PREVIEW).wait_for(state="visible")
    assert "Neural Machine Translation" in page.locator(PREVIEW).inner_text()
    page.keyboard.press("Tab")
    assert "Neural Machine Translation" not in page.locator(f"{PREVIEW}:visible").all_inner_texts()


def test_the_outline_follows_the_reader(page: Any) -> None:
    current = page.locator(".toc [aria-current]")
    assert current.inner_text() == "What it is"
    page.locator("#questions").evaluate("node => node.scrollIntoView()")
    page.locator(".toc [aria-current]", has_text="Questions").wait_for()
    assert current.count() == 1


def test_the_outline_follows_to_the_end(page: Any) -> None:
    """The last headings may never reach the top of the window."""
    page.locator(".toc a").last.click()
    page.locator(".toc .own a[aria-current]", has_text="Cited by").wait_for()
    page.locator(".toc a", has_text="References").click()
    page.locator(".toc .own a[aria-current]", has_text="References").wait_for()


def test_a_page_that_is_scrolled_below_a_resting_mouse_shows_no_preview(page: Any) -> None:
    page.clock.install()
    link = page.get_by_role("link", name="residual block")
    point = {"screenX": 7, "screenY": 7, "pointerType": "mouse", "bubbles": True}
    link.dispatch_event("pointermove", point)
    link.dispatch_event("pointerover", point)
    page.clock.run_for(1000)
    assert page.locator(PREVIEW).count() == 0
    link.dispatch_event("pointerover", {**point, "screenX": 8})
    page.clock.run_for(1000)
    assert page.locator(PREVIEW).is_visible()


def test_the_drawing_begins_with_the_note_on_a_phone(browser: Any, example_site: Path) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{example_site.as_uri()}/{NOTE}")
    box, itself = (
        page.locator(f".graph-scroll{what}").bounding_box() for what in ("", " .self circle")
    )
    assert abs(itself["x"] + itself["width"] / 2 - box["x"] - box["width"] / 2) < 2
    page.close()


def test_footnotes_stand_beside_their_place_where_there_is_room(page: Any) -> None:
    def places() -> tuple[float, float, float]:
        mark = page.locator("#fnref-1").bounding_box()
        note = page.locator("#fn-1").bounding_box()
        body = page.locator(".body").bounding_box()
        return mark["y"] - note["y"], note["x"] - body["x"] - body["width"], note["y"] - body["y"]

    page.evaluate("document.fonts.ready")
    off, right, _ = places()
    assert abs(off) < 20
    assert right > 0
    page.set_viewport_size({"width": 500, "height": 900})
    off, right, _ = places()
    assert off < -500  # at the end
    assert right < 0


def test_figures_open_large(page: Any) -> None:
    page.locator("a.zoom").first.click()
    dialog = page.locator("dialog.large")
    assert dialog.is_visible()
    assert dialog.locator("img").get_attribute("src").endswith("attention.svg")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")


def test_bibtex_is_copied_and_told(page: Any) -> None:
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_role("status").get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@inproceedings{vaswani2017attention,")


def test_a_browser_that_refuses_shows_the_entry(page: Any) -> None:
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error()))")
    page.get_by_role("button", name="Copy BibTeX").click()
    page.locator("#pkb\\:bibtex pre").wait_for(state="visible")
    assert "@inproceedings" in page.evaluate("getSelection().toString()")


def test_nothing_is_lost_without_scripts_or_on_paper(browser: Any, example_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{example_site.as_uri()}/{NOTE}")
    assert not page.get_by_role("button", name="Copy BibTeX").is_visible()
    page.get_by_text("BibTeX", exact=True).click()
    assert page.locator("#pkb\\:bibtex pre").is_visible()
    assert page.locator("#fn-1").is_visible()
    assert page.locator(PREVIEW).count() == 0
    page.emulate_media(media="print")
    assert page.locator("#pkb\\:references").is_visible()
    assert not page.locator(".toc").is_visible()
    assert not page.locator(".actions").is_visible()
    context.close()
