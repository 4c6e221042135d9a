"""What tests share: a browser, small vaults, and folders of real data that some run against and
that the project does not carry."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from paperkb.library.library import Library
from tests.vaults import Vault, load, write_files

settings.register_profile("paperkb", deadline=None)  # how long a case takes is no test's business
settings.load_profile("paperkb")


@pytest.fixture(autouse=True, scope="session")
def _own_caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests leave nothing among the caches of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The machine's Chromium, driven by Playwright. One for a module: while it is there, no other
    event loop runs."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        reason = "there is no Chromium on PATH"
        if os.environ.get("PAPERKB_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()
