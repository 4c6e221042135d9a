"""Sites for tests: built once for everybody who only reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from paperkb.site.build import build_site
from tests.site.nasty import write_nasty
from tests.site.serving import serving
from tests.vaults import EXAMPLE_VAULT, load, write_files

SEARCH = frozenset(
    "search search-meta terms places found shorthand all order similar facet".split()
)
"""Kinds of pages that are for searching, of which ``tests/search`` tells."""

Site = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Writes a vault and builds it; called again, it writes and builds again."""

    def build(files: Mapping[str, str | bytes]) -> Path:
        root, out = tmp_path / "vault", tmp_path / "site"
        root.mkdir(exist_ok=True)
        write_files(root, files)
        build_site(load(root), out)
        return out

    return build


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example vault's site."""
    out = tmp_path_factory.mktemp("example") / "site"
    build_site(load(EXAMPLE_VAULT), out)
    return out


@pytest.fixture(scope="session")
def nasty_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the vault of ``nasty.py``."""
    folder = tmp_path_factory.mktemp("nasty")
    (folder / "vault").mkdir()
    write_nasty(folder / "vault")
    build_site(load(folder / "vault"), folder / "site")
    return folder / "site"


@pytest.fixture(scope="session")
def addresses(example_site: Path) -> Iterator[dict[str, str]]:
    """The example vault's site from disk, and below a path of a server, as GitHub Pages has it."""
    with serving(example_site) as address:
        yield {"file": example_site.as_uri(), "http": address}
