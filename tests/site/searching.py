"""Searching in a browser: what tests of the dialog and of the search page both do."""

from __future__ import annotations

from typing import Any

NOTE = "notes/vaswani2017attention.html"


def type_query(page: Any, base: str, text: str, at: str = NOTE) -> None:
    """Open the dialog on a page, and type."""
    page.goto(f"{base}/{at}")
    page.keyboard.press("/")
    page.keyboard.type(text)


def open_answer(page: Any, base: str, query: str) -> None:
    """The search page with the answer to a query in its address."""
    page.goto(f"{base}/search.html?q={query}")
    page.wait_for_selector(".search-found:not([hidden])")


def shown_titles(page: Any) -> list[str]:
    return list(page.locator(".found h2").all_inner_texts())
