"""Bytes → text that the rest can rely on: UTF-8, ``\\n`` line ends, no NUL, no slot marks."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from paperkb.messages import NOT_UTF8, NUL
from paperkb.model import Problem

SLOT_OPEN, SLOT_CLOSE = "\ufdd0", "\ufdd1"
"""Unicode noncharacters, meant for internal use: they delimit a slot's number in a note's HTML."""
SLOT = re.compile(f"{SLOT_OPEN}(\\d+){SLOT_CLOSE}")

_FORBIDDEN = re.compile(f"[\x00{SLOT_OPEN}{SLOT_CLOSE}]")
SPELT_MARK = re.compile(r"&#(?:x0*fdd[01]|0*6497[67])(?!\w);?", re.I)
"""A slot mark spelt as a character reference, which an HTML parser would make a real one of."""
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200
"""Bytes in which zeros are counted."""
CODE_SPAN = r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
"""Code within a line, as a part of patterns."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text; ``problems`` are about its bytes."""

    text: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of a file. What is not UTF-8 becomes U+FFFD and a problem with its line."""
    encoding = "utf-8"
    for bom, name in _BOMS:
        if data.startswith(bom):
            data, encoding = data[len(bom) :], name
            break
    if encoding == "utf-8" and b"\0" in data[:_SAMPLE]:
        encoding = _utf16(data[:_SAMPLE]) or encoding
    problems: list[Problem] = []
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        before = data[: error.start].decode(encoding, errors="replace")
        invalid = sum(1 for byte in data if byte >= 0x80) - _encoded_high_bytes(text)
        line, column = _line_column(before)
        problems.append(NOT_UTF8.here(line, column, count=max(invalid, 1)))
    text = _LINE_END.sub("\n", text) if _needs_line_ends(text) else text
    if _FORBIDDEN.search(text):
        if "\x00" in text:
            line, column = _line_column(text[: text.index("\x00")])
            problems.append(NUL.here(line, column))
        text = _FORBIDDEN.sub("\ufffd", text)
    return Decoded(text, tuple(problems))


def _utf16(sample: bytes) -> str:
    """UTF-16 without a mark, as its zeros tell: in most letters, one of two bytes is zero."""
    zeros = [sample[half::2].count(0) for half in (0, 1)]
    if len(sample) < 8 or min(zeros) or max(zeros) * 3 < len(sample):
        return ""
    return "utf-16-be" if zeros[0] else "utf-16-le"


def _needs_line_ends(text: str) -> bool:
    return "\r" in text or "\u2028" in text or "\u2029" in text or "\x85" in text


def _encoded_high_bytes(text: str) -> int:
    valid = text.replace("\ufffd", "")
    return len(valid.encode()) - sum(1 for char in valid if char < "\x80")


def _line_column(before: str) -> tuple[int, int]:
    before = _LINE_END.sub("\n", before)
    return before.count("\n") + 1, len(before) - before.rfind("\n")
