"""Fixtures around ``loopback``, and the folders that some tests need."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from loopback import LoopbackServer, Time, loopback_server

from paperkb.sources.http import PoliteClient

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


@pytest.fixture(scope="session")
def recordings() -> Path:
    folder = os.environ.get("PAPERKB_RECORDINGS")
    if not folder:
        pytest.skip("PAPERKB_RECORDINGS does not name the folder of recorded answers")
    return Path(folder)
