"""The wheel, installed elsewhere, is whole: it builds the example vault."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``paperkb`` program of a fresh environment that knows nothing of this folder."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    wheel = next(folder.glob("paperkb-*.whl"))
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    subprocess.run([*pip, "--python", python, "install", wheel], check=True)
    return python.parent / "paperkb"


def test_the_wheel_builds_the_example_vault(installed: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    command = [installed, "-C", ROOT / "example-vault", "build", "--out", out]
    subprocess.run(command, check=True, cwd=tmp_path)
    assert (out / "notes" / "vaswani2017attention.html").is_file()
    assert (out / "static" / "site.css").is_file()


def test_the_wheel_starts_a_vault(installed: Path, tmp_path: Path) -> None:
    subprocess.run([installed, "init", "v", "--templates"], check=True, cwd=tmp_path)
    assert (tmp_path / "v" / "templates" / "note" / "paper.md").is_file()
