"""Fixtures around ``loopback``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperkb.sources.http import PoliteClient
from tests.sources.loopback import LoopbackServer, Time, loopback_server

ANSWERS = Path(__file__).parent / "answers"


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as server:
        yield server


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def client(time: Time, tmp_path: Path) -> Iterator[PoliteClient]:
    with PoliteClient(
        clock=time.clock, wall_clock=time.clock, sleep=time.sleep, turns=tmp_path
    ) as polite:
        yield polite


@pytest.fixture
def answer() -> Callable[[str], bytes]:
    """The bytes of ``answers/<name>.xml``."""
    return lambda name: (ANSWERS / f"{name}.xml").read_bytes()
