"""The sites that are held to the standard: the example vault's, and those of real vaults."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperkb.site.build import build_site
from tests.site.quality.sites import Published
from tests.site.serving import serving
from tests.vaults import EXAMPLE_VAULT, load


def _vaults() -> list[Path]:
    shared = os.environ.get("PAPERKB_VAULTS")
    found = sorted(path for path in Path(shared).iterdir() if path.is_dir()) if shared else []
    return [EXAMPLE_VAULT, *found]


@pytest.fixture(scope="session", params=_vaults(), ids=lambda path: path.name)
def published(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Published]:
    """A whole site, built once."""
    out = tmp_path_factory.mktemp("quality") / "site"
    build_site(load(request.param), out)
    with serving(out) as address:
        yield Published(request.param.name, out, {"file": out.as_uri(), "http": address})
