"""What reaches a terminal, or a pipe that ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PAPERKB = [sys.executable, "-m", "paperkb"]


@pytest.mark.parametrize("words", [["list"], ["show", "a"], ["check"], ["tags"], ["topics"]])
def test_no_control_character_of_a_note_reaches_the_terminal(
    run: Run, vault: Path, words: list[str]
) -> None:
    evil = "evil \\e[31mRED \\e]0;title\\a"
    (vault / "papers" / "a.md").write_text(
        f'---\ntitle: "{evil}"\ntldr: "{evil}"\ntopics: ["{evil}"]\ntags: ["{evil}"]\n'
        f'"{evil}": x\n---\n[[\x1b[31m]] text\n[[b]]\n',
        encoding="utf-8",
    )
    result = run(*words)
    assert "\x1b" not in result.stdout + result.stderr
    assert "\x07" not in result.stdout


def test_no_title_turns_a_line_of_the_terminal_around(run: Run, vault: Path) -> None:
    (vault / "papers" / "a.md").write_text("# A \u202enote\u2066\n", encoding="utf-8")
    assert not {"\u202e", "\u2066"} & set(run("list").stdout)


def test_without_any_output_nothing_fails(vault: Path) -> None:
    command = " ".join([*PAPERKB, "-C", str(vault), "list", ">&-"])
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_private_notes_stay_out_of_exports(run: Run, vault: Path) -> None:
    (vault / "papers" / "p.md").write_text("---\ntitle: SECRET\nprivate: true\n---\n")
    (vault / "papers" / "a.md").write_text("# A\n\nSee [[p]].\n")
    for form in ("json", "dot", "graphml", "gexf"):
        assert "SECRET" not in run("graph", "--format", form).stdout
        assert "SECRET" in run("graph", "--format", form, "--private").stdout


def test_output_that_cannot_be_written_is_a_sentence(vault: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full here")
    with full.open("w") as stdout:
        done = subprocess.run(
            [*PAPERKB, "-C", str(vault), "tags", "--json"],
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize(
    "config",
    [
        '[new]\nstatus = "bogus"',
        "[math.macros]\nE = 1",
        "math = 1",
        "sources = 1",
        "site = 1",
        '[site]\nurl = "javascript:alert(1)"',
        '[site]\nout = "../x"',
        "[site]\ntitel = 'x'",
        "[site\n",
    ],
)
def test_a_wrong_setting_is_a_sentence(run: Run, vault: Path, config: str) -> None:
    (vault / "paperkb.toml").write_text(config, encoding="utf-8")
    result = run("list")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("paperkb: paperkb.toml: ")


def test_a_wrong_address_is_a_sentence(run: Run) -> None:
    assert run("build", "--url", "notaurl").exit_code == 2
