"""What is begun before it is known what changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from paperkb.library.index import Index
from paperkb.library.stale_pages import StalePages
from paperkb.site.ahead import Ahead
from paperkb.site.manifest import stamp, write_manifest


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """An index, and beside it a site of one file."""
    Index(tmp_path / "index.sqlite").close()
    (tmp_path / "a.html").write_text("a")
    write_manifest(tmp_path, {"a.html": stamp(tmp_path / "a.html")})
    return tmp_path / "index.sqlite"


@pytest.fixture
def dismissed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[StalePages]]:
    """Who was dismissed."""
    found: list[StalePages] = []
    close = StalePages.close

    def told(pages: StalePages) -> None:
        found.append(pages)
        close(pages)

    monkeypatch.setattr(StalePages, "close", told)
    yield found


def test_a_small_site_needs_nobody(tmp_path: Path, database: Path) -> None:
    with closing(Ahead(tmp_path)) as ahead:
        ahead.prepare(database)
        assert ahead.take_pages(database) is None


@pytest.mark.parametrize("is_prepared", [True, False])
def test_of_a_large_site_each_question_is_anothers(
    tmp_path: Path,
    database: Path,
    dismissed: list[StalePages],
    monkeypatch: pytest.MonkeyPatch,
    is_prepared: bool,
) -> None:
    monkeypatch.setattr("paperkb.site.manifest.LARGE", 0)
    with closing(Ahead(tmp_path)) as ahead:
        if is_prepared:
            ahead.prepare(database)
        taken = [ahead.take_pages(database), ahead.take_pages(database)]
        assert len({*taken} - {None}) == 2
    assert dismissed == []
    for pages in taken:
        if pages:
            pages.close()


@pytest.mark.parametrize("is_in_memory", [True, False])
def test_who_is_not_needed_is_dismissed(
    tmp_path: Path,
    database: Path,
    dismissed: list[StalePages],
    monkeypatch: pytest.MonkeyPatch,
    is_in_memory: bool,
) -> None:
    monkeypatch.setattr("paperkb.site.manifest.LARGE", 0)
    with closing(Ahead(tmp_path)) as ahead:
        ahead.prepare(database)
        if is_in_memory:
            assert ahead.take_pages(None) is None
            assert len(dismissed) == 1
    assert len(dismissed) == 1
