"""How answers are printed: JSON, tables, colours only on a terminal."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

import click


def print_json(data: Any) -> None:
    """JSON on stdout, as the reference page gives its shape."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "replace").decode())


_DIRECTIONS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))  # a title turns no line around
_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029, *_DIRECTIONS), "�")


def plain(text: str) -> str:
    """A text of a note for one line of a terminal, which obeys control characters: none stays."""
    return text if text.isprintable() else text.translate(_CONTROL)


def styled(text: str, **style: Any) -> str:
    """Text with a style, on a terminal that wants it (``NO_COLOR``)."""
    if sys.stdout is None or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return click.style(text, **style)


def counted(number: int, noun: str) -> str:
    """«1 note», «2 notes»."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Columns two spaces apart; the last one as long as it is."""
    if not rows:
        return
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    lines = []
    for row in rows:
        cells = [cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=False)]
        lines.append("  ".join((*cells, row[-1])).rstrip())
    click.echo("\n".join(lines))
