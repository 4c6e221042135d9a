"""Folders of real data that some tests run against, and that the project does not carry."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from paperkb.library.library import Library
from tests.vaults import Vault, load, write_files


def _folder(variable: str) -> Path:
    named = os.environ.get(variable)
    if not named:
        pytest.skip(f"{variable} names no folder")
    return Path(named)


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Recorded answers of the metadata services."""
    return _folder("PAPERKB_RECORDINGS")


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Real BibTeX, CSL and RIS files."""
    return _folder("PAPERKB_CORPORA")


@pytest.fixture(scope="session")
def shared_vaults() -> Path:
    """Real vaults."""
    return _folder("PAPERKB_VAULTS")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Writes path → content into an empty folder, and reads it as a vault."""

    def write(files: Mapping[str, str | bytes]) -> Library:
        root = tmp_path / "vault"
        root.mkdir(exist_ok=True)
        write_files(root, files)
        return load(root)

    return write
