"""The folder of real files that some tests need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpora() -> Path:
    folder = os.environ.get("PAPERKB_CORPORA")
    if not folder:
        pytest.skip("PAPERKB_CORPORA does not name the folder of real bibliographies")
    return Path(folder)
