"""What is begun before it is known what changed."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from paperkb.library.index import Index
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
def children(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were forked."""
    started: list[int] = []
    fork = os.fork

    def told() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", told)
    monkeypatch.setattr("paperkb.beside.can_fork", lambda: True)
    return started


def test_a_small_site_needs_nobody(tmp_path: Path, database: Path) -> None:
    with closing(Ahead(tmp_path)) as ahead:
        ahead.prepare(database)
        assert ahead.take_pages(database) is None


@pytest.mark.parametrize("is_prepared", [True, False])
@pytest.mark.parametrize("is_in_memory", [True, False])
def test_of_a_large_site_each_question_is_anothers_and_all_end(
    tmp_path: Path,
    database: Path,
    children: list[int],
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_prepared: bool,
    is_in_memory: bool,
) -> None:
    monkeypatch.setattr("paperkb.site.manifest.LARGE", 0)
    with closing(Ahead(tmp_path)) as ahead:
        if is_prepared:
            ahead.prepare(database)
        taken = {ahead.take_pages(None if is_in_memory else database) for _ in range(2)}
        assert len(taken - {None}) == (0 if is_in_memory else 2)
    assert len(children) == 1 + (int(is_prepared) if is_in_memory else 2)
    for child in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)
