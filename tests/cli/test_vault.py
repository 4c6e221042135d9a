"""Which folder a command works on."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "command", ["list", "build --out site", "-C {vault} build --out site", "init"]
)
def test_a_current_folder_that_was_removed_is_named(tmp_path: Path, command: str) -> None:
    here = tmp_path / "here"
    here.mkdir()
    words = [sys.executable, "-m", "paperkb", *command.format(vault=tmp_path).split()]
    ended = subprocess.run(
        ["sh", "-c", f"rmdir {shlex.quote(str(here))}; exec {shlex.join(words)}"],
        cwd=here, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert ended.stderr.startswith("paperkb: the current folder: No such file or directory")
