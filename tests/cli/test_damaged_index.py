"""A damaged index is a line on stderr, and output that is right all the same."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from paperkb.library.index import index_path

ROOT = Path(__file__).parents[2]


def paperkb(vault: Path, *words: str, named: bool) -> subprocess.CompletedProcess[str]:
    """Run a command on the vault, which is named with ``-C`` or the folder where it runs."""
    command = [sys.executable, "-m", "paperkb", *(("-C", str(vault)) if named else ()), *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT if named else vault,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.parametrize("named", [False, True], ids=["here", "named"])
@pytest.mark.parametrize("words", [["list", "--json"], ["show", "a"], ["build"], ["check"]])
def test_values_that_nobody_wrote_are_read_from_the_notes_again(
    vault: Path, words: list[str], named: bool
) -> None:
    (vault / "papers" / "a.md").write_text("# A\n\n[[b]]\n", encoding="utf-8")
    (vault / "papers" / "b.md").write_text("# B\n\ntext\n", encoding="utf-8")
    whole = paperkb(vault, *words, named=named)
    with sqlite3.connect(index_path(vault)) as connection:
        connection.execute("update parsed set note = x'00', body = x'ff'")
        connection.execute("update note set record = x'00'")
    (vault / "papers" / "c.md").write_text("# C\n\n[[a]]\n", encoding="utf-8")
    repaired = paperkb(vault, *words, named=named)
    assert "Traceback" not in repaired.stderr
    assert repaired.stderr.startswith("paperkb: the index was damaged, and is made anew")
    assert repaired.returncode == whole.returncode
    again = paperkb(vault, *words, named=named)
    assert (again.stdout, "damaged" in again.stderr) == (repaired.stdout, False)
