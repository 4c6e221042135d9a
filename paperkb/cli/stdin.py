"""Arguments that may come on stdin instead, one a line."""

from __future__ import annotations

import sys

import click


def words_from(arguments: tuple[str, ...], *, what: str) -> list[str]:
    """The arguments, or the lines of stdin where there are none (or one is ``-``).

    A terminal is never waited for: there, missing arguments are a usage error.
    """
    if arguments and "-" not in arguments:
        return list(arguments)
    if sys.stdin is None or (sys.stdin.isatty() and "-" not in arguments):
        raise click.UsageError(f"give {what}, or lines on stdin")
    data = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    lines = [line.strip() for line in data.splitlines()]
    words = [line for line in lines if line and not line.startswith("#")]
    words = [*(argument for argument in arguments if argument != "-"), *words]
    if not words:
        raise click.UsageError(f"give {what}, or lines on stdin")
    return words
