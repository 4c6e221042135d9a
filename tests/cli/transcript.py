"""Command-line sessions as text: what a reader types, and what the terminal says.

A transcript is files and commands::

    == papers/a.md
    # A title

    $ paperkb list
    —    a  A title
    ! 1 note

Lines after a command are its stdout; lines that begin with ``! `` its stderr; ``? 2`` its exit
code, where that is not 0. ``…`` stands for anything on its line.
"""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from paperkb.cli.main import cli


@dataclass
class Step:
    """A command with what it must say. ``line`` is where it stands in the transcript."""

    command: str
    line: int
    stdout: list[str] = field(default_factory=list)
    stderr: list[str] = field(default_factory=list)
    code: int = 0


def play(transcript: Path, folder: Path) -> None:
    """Write the transcript's files below ``folder``, then run and compare its commands there."""
    files, steps = _read(transcript.read_text(encoding="utf-8"))
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    assert steps, f"{transcript} has no command"
    for step in steps:
        _run(step, folder, f"{transcript.name}:{step.line}: {step.command}")


def _read(text: str) -> tuple[dict[str, str], list[Step]]:
    files: dict[str, str] = {}
    steps: list[Step] = []
    path = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("== "):
            path = line[3:]
            files[path] = ""
        elif line.startswith("$ paperkb"):
            steps.append(Step(line.removeprefix("$ paperkb").strip(), number))
            path = ""
        elif path:
            files[path] += f"{line}\n"
        elif steps and line.startswith("! "):
            steps[-1].stderr.append(line[2:])
        elif steps and line.startswith("? "):
            steps[-1].code = int(line[2:])
        elif steps and line.strip():
            steps[-1].stdout.append(line)
    return files, steps


def _run(step: Step, folder: Path, where: str) -> None:
    command, _, stdin = step.command.partition(" <<< ")
    before = Path.cwd()
    os.chdir(folder)
    try:
        words = shlex.split(command)
        result = CliRunner().invoke(cli, words, input=stdin or None, prog_name="paperkb")
    finally:
        os.chdir(before)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    said = f"{where}\nstdout:\n{result.stdout}\nstderr:\n{result.stderr}\nexit {result.exit_code}"
    assert result.exit_code == step.code, said
    _compare(step.stdout, result.stdout, folder, said)
    _compare(step.stderr, result.stderr, folder, said)


def _compare(expected: list[str], actual: str, folder: Path, said: str) -> None:
    shown = actual.replace(str(folder), "VAULT").replace("\0", "␀")
    lines = [line.rstrip() for line in shown.splitlines() if line.strip()]
    patterns = [re.escape(line.rstrip()).replace("…", ".*") for line in expected]
    matched = len(lines) == len(patterns) and all(
        re.fullmatch(pattern, line) for pattern, line in zip(patterns, lines, strict=True)
    )
    assert matched, f"{said}\nexpected:\n" + "\n".join(expected)
