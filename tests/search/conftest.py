"""An index that the browser and Python both search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.search.files import write_site
from tests.search.memory import MemorySource, index
from tests.search.papers import PAPERS


@pytest.fixture(scope="session")
def papers() -> MemorySource:
    """An index of ``papers.py``."""
    return index(PAPERS)


@pytest.fixture(scope="module")
def address(papers: MemorySource, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with the engine and that index, from disk."""
    return write_site(tmp_path_factory.mktemp("papers"), papers).as_uri()


@pytest.fixture(scope="module")
def shared(browser: Any, address: str) -> Iterator[Any]:
    """A page for all tests of a module, which in the end has logged nothing."""
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    yield page
    page.close()
    assert wrong == []


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page that has loaded nothing of the index yet."""
    page = browser.new_page()
    page.goto(address)
    yield page
    page.close()
