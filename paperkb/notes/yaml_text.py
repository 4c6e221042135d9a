"""YAML read as text: no scalar is ever guessed into a float, a date or a boolean.

``arxiv: 2106.10270`` is a number to YAML and would come back as ``2106.1027``. So the document is
built from libyaml's events, where every scalar still is what the reader typed, and each field gets
its type from its own rule (``fields.py``). Events also carry lines, cost no recursion on deeply
nested input, and let aliases be counted before they expand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

Value = str | None | list["Value"] | dict[str, "Value"]
"""A field's value: text, nothing, a list or a mapping of the same."""

MAX_VALUES = 20_000
MAX_DEPTH = 50

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


@dataclass(frozen=True, slots=True)
class RawField:
    """One top-level field as it is written; ``line`` counts within the text that was parsed."""

    name: str
    value: Value
    line: int


class YamlError(ValueError):
    """The text is not YAML that we read; ``line`` and ``column`` count from 1 within it."""

    def __init__(self, why: str, line: int, column: int = 1) -> None:
        super().__init__(why)
        self.line = line
        self.column = column


class TooManyAliases(YamlError):  # noqa: N818 - says what it is
    """The aliases of the document expand to more values than anyone writes by hand."""


@dataclass(slots=True)
class _Frame:
    """A list or mapping under construction; ``key`` is a mapping's key that waits for its value."""

    container: list[Value] | dict[str, Value]
    anchor: str | None
    line: int
    key: str | None = None
    key_line: int = 0
    size: int = 1


@dataclass(slots=True)
class _Builder:
    fields: list[RawField] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    anchors: dict[str, tuple[Value, int]] = field(default_factory=dict)
    total: int = 0
    root: Value = None

    def open(self, container: list[Value] | dict[str, Value], event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise YamlError(f"it is nested deeper than {MAX_DEPTH} levels", _line(event))
        self.stack.append(_Frame(container, event.anchor, _line(event)))

    def close(self) -> None:
        frame = self.stack.pop()
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.container, frame.size)
        self.add(frame.container, frame.size, frame.line)

    def add(self, value: Value, size: int, line: int) -> None:
        self.total += size if self.stack else 0
        if self.total > MAX_VALUES:
            raise TooManyAliases("too many values", line)
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        frame.size += size
        if isinstance(frame.container, list):
            frame.container.append(value)
        elif frame.key is None:
            # A mapping or list as a key is what `title: {{title}}` looks like to YAML.
            frame.key = value if isinstance(value, str) else "" if value is None else "{{…}}"
            frame.key_line = line
        else:
            frame.container[frame.key] = value
            if len(self.stack) == 1:
                self.fields.append(RawField(frame.key, value, frame.key_line))
            frame.key = None

    def alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            raise YamlError(f"the alias *{event.anchor} has no anchor", _line(event))
        value, size = self.anchors[event.anchor]
        self.add(value, size, _line(event))

    def scalar(self, event: Any) -> None:
        plain = not event.style  # None, or with libyaml an empty text
        value = None if plain and event.value in _NULLS else event.value
        # Only as a value: an empty or «null» key still is a key.
        in_mapping = bool(self.stack) and isinstance(self.stack[-1].container, dict)
        if value is None and in_mapping and self.stack[-1].key is None:
            value = event.value
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self.add(value, 1, _line(event))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def read_yaml(text: str) -> list[RawField]:
    """The top-level fields of a YAML mapping, in order, duplicates included.

    Raises:
        YamlError: not YAML, not a mapping, or nested too deeply; with the line.
        TooManyAliases: more than ``MAX_VALUES`` values after expansion.
    """
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            match event:
                case yaml.ScalarEvent():
                    builder.scalar(event)
                case yaml.MappingStartEvent():
                    builder.open({}, event)
                case yaml.SequenceStartEvent():
                    builder.open([], event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    builder.close()
                case yaml.AliasEvent():
                    builder.alias(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = str(error.problem or error.context or "it cannot be parsed")
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        # libyaml counts the end of the text as a line of its own.
        raise YamlError(why, min(line, text.count("\n") + 1), column) from error
    except yaml.YAMLError as error:  # a character that YAML forbids has no mark
        raise YamlError(str(error).splitlines()[0], 1) from error
    if builder.root is not None and not isinstance(builder.root, dict):
        raise YamlError("it is not a list of «field: value» lines", 1)
    return builder.fields
