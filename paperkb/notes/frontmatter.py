"""Front matter: find it, split it off, read it as text. YAML (``---``) and TOML (``+++``).

python-frontmatter says which block is whose (its handlers are made to be replaced); the loaders
here keep every value as it was typed. What is not valid is read line by line, so that
``title: Attention: a survey`` loses nobody's note.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from paperkb import messages
from paperkb.model import Problem
from paperkb.notes.privacy import written_private
from paperkb.notes.yaml_text import (
    MAX_VALUES,
    RawField,
    TooManyAliases,
    Value,
    YamlError,
    read_yaml,
)

_DEEPEST = 3
"""Lists within lists that are read from what is not valid; more is text."""
_KEY_LINE = re.compile(r"^(?P<key>[\w@$.-][\w@$. /-]*?)[ \t]*(?::(?=\s|$)|=)[ \t]*(?P<value>.*)$")
_MERGE = re.compile(r"^[ \t]*<<[ \t]*:", re.M)
_NEAR = 2000
"""Characters below a block that is not read, where it may go on."""
_ITEM_LINE = re.compile(r"^[ \t]*-[ \t]+(?P<value>.*)$")
_TOML_KEY = re.compile(
    r"""\s*\[*\s*(?:"(?P<dq>[^"]*)"|'(?P<sq>[^']*)'|(?P<bare>[\w-]+))\s*[=.\]]"""
)
_TOML_WHERE = re.compile(r"\s*\(at line (\d+), column (\d+)\)|\s*\(at end of document\)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a block; ``body`` is the rest of the text, which begins at ``body_line``.

    Lines of fields and problems count from the first line of the file.
    """

    fields: tuple[RawField, ...]
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()


class _TextHandler(BaseHandler):
    """A handler whose block must open the text, and whose ``load`` returns ``RawField``s."""

    language = ""
    closing: re.Pattern[str]

    def read(self, block: str) -> list[RawField]:
        """The fields of a block (``YamlError`` if they cannot be told)."""
        fields: list[RawField] = self.load(block)  # type: ignore[assignment]  # a dict, upstream
        return fields

    def split(self, text: str) -> tuple[str, str]:
        """Block and body.

        Raises:
            ValueError: the block never closes.
        """
        assert self.FM_BOUNDARY is not None
        opening = self.FM_BOUNDARY.match(text)
        closing = self.closing.search(text, opening.end()) if opening else None
        if opening is None or closing is None:
            raise ValueError("unclosed")
        return text[opening.end() : closing.start()], text[closing.end() :]


class _YamlText(_TextHandler, YAMLHandler):
    language = "YAML"
    FM_BOUNDARY = re.compile(r"\s*---[ \t]*\n")
    START_DELIMITER = END_DELIMITER = "---"
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.M)

    def load(self, fm: str, **_kwargs: object) -> Any:
        """The fields of a YAML block (``YamlError`` if it is not one)."""
        return read_yaml(fm)


class _TomlText(_TextHandler):
    language = "TOML"
    FM_BOUNDARY = re.compile(r"\s*\+\+\+[ \t]*\n")
    START_DELIMITER = END_DELIMITER = "+++"
    closing = re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.M)

    def load(self, fm: str) -> Any:
        """The fields of a TOML block (``YamlError``, which both share, if it is not one)."""
        try:
            return list(_toml_fields(tomllib.loads(fm, parse_float=str), fm))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            where = _TOML_WHERE.search(str(error))
            line = int(where[1]) if where and where[1] else fm.count("\n") + 1
            deep = isinstance(error, RecursionError)
            why = "it is nested too deeply" if deep else _TOML_WHERE.sub("", str(error))
            raise YamlError(why, line) from error


_HANDLERS = (_YamlText(), _TomlText())


def split_front_matter(text: str) -> FrontMatter:
    """The front matter of a note's text. Never raises: what is wrong is in ``problems``."""
    found = frontmatter.detect_format(text, _HANDLERS)
    handler = found if isinstance(found, _TextHandler) else None
    if handler is None or handler.FM_BOUNDARY is None:
        return FrontMatter((), text, 1)
    opening = handler.FM_BOUNDARY.match(text)
    assert opening is not None
    first_line = text.count("\n", 0, opening.end()) + 1
    mark = str(handler.START_DELIMITER)
    problems: list[Problem] = []
    raw: list[RawField] = []
    try:
        block, body = handler.split(text)
    except ValueError:
        block, body = _unclosed(text[opening.end() :])
        if not block:  # a lone rule at the top of a note, not front matter
            return FrontMatter((), text, 1)
        problems.append(messages.UNCLOSED.here(first_line - 1, 1, mark=mark))
    try:
        raw = handler.read(block)
    except TooManyAliases as error:
        problems.append(messages.ALIAS_BOMB.here(first_line + error.line - 1, 1, limit=MAX_VALUES))
    except YamlError as error:
        raw = _read_lines(block)
        if not raw and block[:1] in ("\n", ""):  # two rules with text between them
            return FrontMatter((), text, 1)
        line = first_line + error.line - 1
        problems.append(
            messages.INVALID_YAML.here(
                line, error.column, language=handler.language, why=str(error)
            )
        )
    if line := _private_line(block, body, is_read=not problems):
        raw.append(RawField("private", "true", line))
        if not problems:
            problems.append(messages.HELD_BACK.here(first_line + line - 1, 1))
    fields = tuple(RawField(field.name, field.value, field.line + first_line - 1) for field in raw)
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    return FrontMatter(fields, body, body_line, tuple(problems))


def _private_line(block: str, body: str, *, is_read: bool) -> int:
    """The line of a block that would keep its note private if the block were valid, or YAML's merge
    keys were read; 0 if there is none. What goes on below an unclosed block is told at its end."""
    if is_read:
        return written_private(block) if _MERGE.search(block) else 0
    below = written_private(body[:_NEAR]) and block.count("\n") + 1
    return written_private(block) or below


def _unclosed(rest: str) -> tuple[str, str]:
    """The run of lines that look like fields, and what follows it."""
    end = 0
    for line in _lines_with_ends(rest):
        if not (_KEY_LINE.match(line) or (end and line[:1] in " \t-" and line.strip())):
            break
        end += len(line)
    return rest[:end], rest[end:]


def _lines_with_ends(text: str) -> list[str]:
    """Lines end with ``\\n`` alone; ``splitlines`` knows eight more ends, which editors do not."""
    return [part for part in re.split(r"(?<=\n)", text) if part]


def _read_lines(block: str) -> list[RawField]:
    """What can be told from each line alone: ``key: value`` and the ``- items`` below a key."""
    fields: list[RawField] = []
    for number, line in enumerate(block.split("\n"), start=1):
        if match := _KEY_LINE.match(line):
            value = _unquote(match["value"])
            fields.append(RawField(match["key"], value or None, number))
        elif (item := _ITEM_LINE.match(line)) and fields:
            last = fields[-1]
            if last.value is None or isinstance(last.value, list):
                items: list[Value] = [*(last.value or []), _unquote(item["value"])]
                fields[-1] = RawField(last.name, items, last.line)
    return fields


def _unquote(text: str, depth: int = 0) -> Value:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    if len(text) >= 2 and text[0] == "[" and text[-1] == "]" and depth < _DEEPEST:
        return [_unquote(item, depth + 1) for item in text[1:-1].split(",") if item.strip()]
    return text


def _toml_fields(document: dict[str, Any], text: str) -> list[RawField]:
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _TOML_KEY.match(line):
            lines.setdefault(match["dq"] or match["sq"] or match["bare"], number)
    return [
        RawField(name, _toml_text(value), lines.get(name, 1)) for name, value in document.items()
    ]


def _toml_text(value: Any) -> Value:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return [_toml_text(item) for item in value]
        case dict():
            return {str(key): _toml_text(item) for key, item in value.items()}
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return str(value)
