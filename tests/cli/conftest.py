"""The command line in this process, and a vault to run it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from paperkb.cli.main import cli
from tests.sources.loopback import LoopbackServer, loopback_server

Run = Callable[..., Result]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """An empty vault."""
    (tmp_path / "paperkb.toml").write_text('[site]\ntitle = "T"\n', encoding="utf-8")
    (tmp_path / "papers").mkdir()
    return tmp_path


@pytest.fixture
def arxiv() -> Iterator[LoopbackServer]:
    """An arXiv on loopback."""
    with loopback_server() as server:
        yield server


@pytest.fixture
def run(vault: Path, arxiv: LoopbackServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """``run("list", "--json")`` in the vault, with arXiv on loopback."""
    monkeypatch.setenv("PAPERKB_ARXIV_URL", arxiv.url)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))

    def invoke(*words: str, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, ["-C", str(vault), *words], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke
