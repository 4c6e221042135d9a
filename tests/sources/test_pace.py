"""Turns that several processes share."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from paperkb.sources.http import PoliteClient
from paperkb.sources.pace import book_turn
from tests.sources.loopback import Time


def test_whoever_comes_books_the_next_turn(tmp_path: Path) -> None:
    path = tmp_path / "turns" / "host"
    waits = [book_turn(path, now, interval=3) for now in (1000, 1001, 1001, 1020)]
    assert waits == [0, 2, 5, 0]


@pytest.mark.parametrize("content", ["", "nonsense", "nan", "inf", "999999999", "-5", "\xff"])
def test_a_damaged_file_or_a_wrong_clock_keeps_nobody_waiting(tmp_path: Path, content: str) -> None:
    path = tmp_path / "host"
    path.write_text(content, encoding="latin-1")
    assert book_turn(path, 1000, interval=3) == 0
    assert book_turn(path, 1000, interval=3) == 3


def test_where_nothing_can_be_written_nobody_waits_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert book_turn(tmp_path / "file" / "host", 1000, interval=3) == 0
    assert book_turn(tmp_path, 1000, interval=3) == 0  # a folder


@pytest.mark.skipif("sys.platform == 'win32'")
def test_somebody_is_booking(tmp_path: Path) -> None:
    import fcntl

    path = tmp_path / "host"
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert book_turn(path, 1000, interval=3) == 3


def test_two_clients_in_a_row_keep_arxivs_distance(time: Time, tmp_path: Path) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    for _ in range(2):
        with PoliteClient(
            clock=time.clock,
            wall_clock=time.clock,
            sleep=time.sleep,
            turns=tmp_path,
            transport=transport,
        ) as client:
            client.get("https://export.arxiv.org/x", source="arXiv", read=lambda a: a.status)
    assert time.slept == [3]
