"""Tables as GitHub reads them: a row may have too many cells or too few, and stays a row.

A pipe in a cell is written ``\\|``. Where a row has too many cells without it, pipes inside code,
formulas and wikilinks are taken to be theirs.
"""

from __future__ import annotations

import re
from typing import Any

from mistune import BlockParser, BlockState, Markdown

from paperkb.notes.text import CODE_SPAN

# That there is a pipe is looked up once: a line may have very many.
_TABLE = r"^ {0,3}(?=[^\n|]*\|)\S[^\n]*\n {0,3}\|?[ \t]*:?-[-:| \t]*(?:\n|$)"
_DELIMITER = re.compile(r"[ \t]*(?P<left>:?)-+(?P<right>:?)[ \t]*")
_ALIGN = {(":", ":"): "center", (":", ""): "left", ("", ":"): "right"}
_CODE_OR_MATH = rf"{CODE_SPAN}|\$(?!\s)(?:[^$\\]|\\.)+?(?<!\s)\$(?!\d)"
_PIECE = re.compile(r"\\.|(?P<pipe>\|)")
_WHOLE_PIECE = re.compile(rf"\\.|{_CODE_OR_MATH}|\[\[[^\[\]]*\]\]|(?P<pipe>\|)")
_VERBATIM = re.compile(rf"{_CODE_OR_MATH}")


def split_cells(line: str, width: int | None = None) -> list[str]:
    """The cells of a row; ``width`` is how many there should be."""
    text = line.strip().removeprefix("|")
    cells = _split(text, _PIECE)
    if width is not None and len(cells) > width:
        cells = _split(text, _WHOLE_PIECE)
    return cells


def alignments(line: str) -> list[str | None] | None:
    """How the columns are aligned, if the line is one that stands below a table's head."""
    found: list[str | None] = []
    for cell in split_cells(line):
        match = _DELIMITER.fullmatch(cell)
        if match is None:
            return None
        found.append(_ALIGN.get((match["left"], match["right"])))
    return found or None


def _split(text: str, piece: re.Pattern[str]) -> list[str]:
    cells: list[str] = []
    start = 0
    for match in piece.finditer(text):
        if match["pipe"]:
            cells.append(text[start : match.start()].strip())
            start = match.end()
    last = text[start:].strip()
    return [*cells, last] if last or not cells else cells


def _parse(_block: BlockParser, match: re.Match[str], state: BlockState) -> int | None:
    head, below = match[0].rstrip("\n").split("\n")
    aligns = alignments(below) if "|" in below or "|" in head else None
    if aligns is None or len(split_cells(head, len(aligns))) != len(aligns):
        return None
    position = match.end()
    rows: list[dict[str, Any]] = []
    while position < state.cursor_max:
        line = state.get_line(position)
        if not _is_row(line, head.lstrip().startswith("|")):
            break
        rows.append(_row("table_row", line, aligns))
        position += len(line)
    body = {"type": "table_body", "children": rows}
    state.append_token({"type": "table", "children": [_row("table_head", head, aligns), body]})
    return position


def _is_row(line: str, begins_with_pipe: bool) -> bool:
    text = line.strip()
    if begins_with_pipe:
        return text.startswith("|")
    return any(match["pipe"] for match in _PIECE.finditer(text))


def _row(kind: str, line: str, aligns: list[str | None]) -> dict[str, Any]:
    """A row's token. Missing cells are empty, and cells beyond the last column go away."""
    cells = split_cells(line, len(aligns))[: len(aligns)]
    cells += [""] * (len(aligns) - len(cells))
    return {
        "type": kind,
        "line_text": line.strip(),  # says where the row stands: see positions.py
        "children": [
            {
                "type": "table_cell",
                "text": _VERBATIM.sub(lambda match: match[0].replace("\\|", "|"), cell),
                "attrs": {"align": align, "head": kind == "table_head"},
            }
            for cell, align in zip(cells, aligns, strict=True)
        ],
    }


def tables(md: Markdown) -> None:
    """Register the syntax."""
    md.block.register("table", _TABLE, _parse, before="paragraph")
    for rules in (md.block.block_quote_rules, md.block.list_rules):
        md.block.insert_rule(rules, "table", before="list")
