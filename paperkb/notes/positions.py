"""Lines for tokens that have none.

mistune parses blocks in the order of the file, so each block's first line is looked for from where
the previous block ended. Code, math and HTML blocks are walked over in the same way: a link in a
code block never lends its line to the same link in the text below.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from paperkb.notes.syntax.tokens import Span

LOOK_AHEAD = 400
"""How many lines a block may lie ahead: a long run of link definitions or comments."""


class Locator:
    """Finds lines of blocks in a body. ``first`` is the file's line at which the body begins."""

    def __init__(self, body: str, first: int) -> None:
        self._lines = body.split("\n")
        self._first = first
        self._next = 0
        self._columns: dict[int, int] = {}
        self._read = ""  # the text that ``_starts`` is about
        self._starts: dict[int, int] = {}

    def locate(self, tokens: Iterable[dict[str, Any]]) -> None:
        """Set ``line`` on every token with text, and on code, math and HTML blocks."""
        for token in tokens:
            if token["type"] == "footnote_item":  # parsed last, but they stand anywhere
                self._next = 0
            if token["type"] in ("table_row", "table_head"):
                self._locate_row(token)
                continue
            text = token.get("text", token.get("raw", token.get("raw_source")))
            if isinstance(text, str):
                self._place(token, text)
            if "children" in token:
                self.locate(token["children"])

    def _locate_row(self, row: dict[str, Any]) -> None:
        """All cells of a row stand in its line, also those that are written otherwise there."""
        found = self._find(row["line_text"])
        for cell in row["children"]:
            cell["line"] = self._first + found
        self._next = found + 1

    def _place(self, token: dict[str, Any], text: str) -> None:
        wanted = next((line.strip() for line in text.split("\n") if line.strip()), "")
        blank = text[: text.index(wanted)].count("\n") if wanted else 0
        found = self._find(wanted)
        token["line"] = self._first + found - blank
        if token["type"] != "callout_title":
            self._next = found + max(text.rstrip("\n").count("\n") - blank, 0)
            self._next += token["type"] != "list_item"

    def _find(self, wanted: str) -> int:
        if wanted:
            for number in range(self._next, min(self._next + LOOK_AHEAD, len(self._lines))):
                if wanted in self._lines[number]:
                    return number
        return min(self._next, len(self._lines) - 1)

    def column(self, where: Span) -> int:
        """The column (from 1) of a span in its line of the file.

        A block's text stands in its line unchanged, behind the marks of lists and quotes; so a link
        in code or a comment on the same line is not taken for it. Cells of a table may be alike:
        there the next one counts.
        """
        number = where.first_line - self._first
        if not 0 <= number < len(self._lines):
            return 1
        line_start = where.source.rfind("\n", 0, where.start) + 1
        if self._read is not where.source:
            self._read, self._starts = where.source, {}
        if number not in self._starts:
            self._starts[number] = self._text_start(number, where.source, line_start)
        if self._starts[number] >= 0:
            return self._starts[number] + where.start - line_start + 1
        return self._written_at(number, where.source[where.start : where.end].split("\n", 1)[0])

    def _text_start(self, number: int, source: str, line_start: int) -> int:
        """Where a line of a block's text begins in its line of the file, or -1."""
        line_end = source.find("\n", line_start)
        text = source[line_start : line_end if line_end >= 0 else len(source)]
        found = self._lines[number].find(text, self._columns.get(number, 0))
        found = found if found >= 0 else self._lines[number].find(text)
        if found >= 0:
            self._columns[number] = found + len(text)
        return found

    def _written_at(self, number: int, written: str) -> int:
        """The column of the next occurrence, where the text is not what stands in the file."""
        found = self._lines[number].find(written, self._columns.get(number, 0))
        if found < 0:
            found = max(self._lines[number].find(written), 0)
        self._columns[number] = found + len(written)
        return found + 1
