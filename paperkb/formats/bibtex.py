"""BibTeX and BibLaTeX files → works without notes. The only file that knows bibtexparser.

It only splits the file into entries and fields. What a value means (abbreviations, ``#``, braces)
is worked out here, since the library's own middlewares leave ``"a" # b`` as it is.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperkb.formats.bibtex_work import work_from
from paperkb.messages import BIBLIOGRAPHY
from paperkb.model import KnownWork, Place, Problem

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

# Entries that describe no work: data for others to inherit, groups, options.
_NO_WORKS = frozenset({"control", "set", "xdata"})

_LONGEST = 100_000  # characters in one value; the longest abstract has a tenth


def read_bibliography(text: str, path: str) -> tuple[tuple[KnownWork, ...], tuple[Problem, ...]]:
    """The works of a ``.bib`` file in its order, and what is wrong with the file.

    Never raises. An entry that cannot be read, has no key, or repeats an earlier key is a problem
    and no work; a repeated field is a problem, and its first value counts.

    Args:
        text: the file, decoded.
        path: its path in the vault, for the places of works and problems.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    reading = _Reading(path, text.split("\n"))
    for block in reading.blocks(text):
        reading.take(block)
    return tuple(reading.works()), tuple(reading.problems)


@dataclass(slots=True)
class _Found:
    """An entry whose key is its own; the values are LaTeX still."""

    kind: str
    key: str
    values: dict[str, str]
    place: Place


@dataclass(slots=True)
class _Reading:
    """One file, as far as it has been read."""

    path: str
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    entries: dict[str, _Found] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)

    def blocks(self, text: str) -> list[Block]:
        from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - 30 ms that a vault without a .bib need not spend

        # What it warns of on stderr are failed blocks, which are problems with a place here.
        logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
        try:
            return parse_string(text, parse_stack=[]).blocks
        except Exception as error:  # noqa: BLE001 - it says itself that this would be its own bug
            self.report(0, f"this file cannot be read as BibTeX ({error})")
            return []

    def take(self, block: Block) -> None:
        """Keep what a block says, or report it."""
        from bibtexparser.model import Entry, ParsingFailedBlock, String  # noqa: PLC0415 - as above

        line = (block.start_line or 0) + 1
        whole = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
        if isinstance(whole, Entry):
            self._take_entry(whole, line)
        elif isinstance(whole, String):
            if whole is not block:
                self.report(line, f"«{whole.key}» is defined twice; the first definition counts")
            value = evaluated(whole.value, self.abbreviations)
            self.abbreviations.setdefault(whole.key.lower(), value)
        elif isinstance(block, ParsingFailedBlock):
            self.report(line, f"this entry cannot be read: {_reason(block.error)}")

    def _take_entry(self, entry: Entry, line: int) -> None:
        key = " ".join(entry.key.split())
        if entry.entry_type.lower() in _NO_WORKS and not key:
            return
        if not key:
            self.report(line, f"this @{entry.entry_type} entry has no key")
        elif key in self.entries:
            first = self.entries[key].place.line
            self.report(line, f"the key «{key}» stands in line {first} already; that entry counts")
        else:
            values = self._values(entry, key)
            place = Place(self.path, line, self._column(line))
            self.entries[key] = _Found(entry.entry_type.lower(), key, values, place)

    def _values(self, entry: Entry, key: str) -> dict[str, str]:
        values: dict[str, str] = {}
        for one in entry.fields:
            name = one.key.lower()
            if name in values:
                line = (one.start_line or 0) + 1
                self.report(line, f"«{key}» has the field «{name}» twice; the first one counts")
            else:
                values[name] = evaluated(str(one.value), self.abbreviations)
        return values

    def works(self) -> Iterator[KnownWork]:
        """The works, once everything that they inherit from has been read."""
        by_key = {key.lower(): found.values for key, found in self.entries.items()}
        for found in self.entries.values():
            if found.kind not in _NO_WORKS:
                parent = by_key.get(found.values.get("crossref", "").strip().lower(), {})
                values = {**_inherited(parent), **found.values}
                yield KnownWork(found.key, work_from(values, found.key), found.place)

    def report(self, line: int, why: str) -> None:
        self.problems.append(BIBLIOGRAPHY.at(self.path, line, self._column(line), why=why))

    def _column(self, line: int) -> int:
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return text.find("@") + 1 or min(line, 1)


def evaluated(value: str, abbreviations: Mapping[str, str]) -> str:
    """What a field's right-hand side comes to: ``"12 " # jan # {th}`` without its delimiters.

    ``abbreviations`` are those that ``@string`` defined, in lower case; others stay as they are.
    Past ``_LONGEST`` characters the rest is cut: abbreviations of abbreviations grow without end.
    """
    text = ""
    for piece in _pieces(value):
        text += _piece(piece.strip(), abbreviations)
        if len(text) > _LONGEST:
            return text[:_LONGEST]
    return text


def _pieces(value: str) -> Iterator[str]:
    depth = start = 0
    quoted = False
    for match in re.finditer(r'(?<!\\)[{}"#]', value):
        sign = match[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            yield value[start : match.start()]
            start = match.end()
    yield value[start:]


def _piece(piece: str, abbreviations: Mapping[str, str]) -> str:
    if len(piece) > 1 and (piece[0], piece[-1]) in {("{", "}"), ('"', '"')}:
        return piece[1:-1]
    return abbreviations.get(piece.lower(), piece)


def _inherited(parent: Mapping[str, str]) -> dict[str, str]:
    """What an entry takes over from the book that it is in, by ``crossref``."""
    values = {
        name: parent[name]
        for name in ("booktitle", "date", "journal", "month", "publisher", "year")
        if name in parent
    }
    if "title" in parent:
        values.setdefault("booktitle", parent["title"])
    return values


def _reason(error: BaseException | None) -> str:
    """bibtexparser's own words, save for those that only its authors understand."""
    text = " ".join(str(getattr(error, "abort_reason", error or "")).split()).rstrip(".")
    if text.startswith("Unexpected block start"):
        return "the next one begins before it is closed"
    if text.startswith("Unexpectedly reached end of file"):
        return "the file ends before it is closed"
    return text[:1].lower() + text[1:] or "it is not valid BibTeX"
