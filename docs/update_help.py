"""Put the output of every ``--help`` into reference.md (``make docs``). A test holds them equal."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from paperkb.cli.main import COMMANDS, cli

REFERENCE = Path(__file__).parent / "reference.md"
_BLOCK = re.compile(
    r"(?P<head>### `paperkb(?: (?P<name>[a-z]+))?`\n\n)```text\n.*?```\n", re.DOTALL
)


def help_text(name: str | None) -> str:
    """What ``paperkb NAME --help`` prints on a terminal 80 columns wide."""
    words = [name, "--help"] if name else ["--help"]
    result = CliRunner().invoke(cli, words, prog_name="paperkb", terminal_width=80)
    return result.output


def with_current_help(page: str) -> str:
    """The page with every help block as it is now."""
    return _BLOCK.sub(
        lambda match: f"{match['head']}```text\n{help_text(match['name'])}```\n", page
    )


def documented_commands(page: str) -> list[str]:
    """The commands that have a help block."""
    return [match["name"] for match in _BLOCK.finditer(page) if match["name"]]


if __name__ == "__main__":
    before = REFERENCE.read_text(encoding="utf-8")
    assert documented_commands(before) == list(COMMANDS), "a command has no section"
    REFERENCE.write_text(with_current_help(before), encoding="utf-8")
