"""The vault's notes as other programs read them: the same fields and text, plain Markdown links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

Fields = dict[str, str | list[str]]

_WIKILINK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
_CITATION = re.compile(r"\[@([^\]]+)\]")
_RELATIVE = re.compile(r"\]\(([^()/:]+)\.md\)")


@dataclass(frozen=True)
class Note:
    """One note of the vault: its key, its front matter and its body."""

    key: str
    fields: Fields
    body: str


def read_notes(vault: Path) -> Iterator[Note]:
    """The notes of a vault that ``bench/vault.py`` wrote, every value as text."""
    for path in sorted((vault / "papers").glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        yield Note(path.stem, yaml.load(front, Loader=yaml.CBaseLoader), body)  # noqa: S506 - makes text only


def with_links(body: str, address: str) -> str:
    """The body with its kinds of link as ``[text](address)``; ``{}`` stands for the key."""

    def link(key: str, text: str | None) -> str:
        return f"[{text or key}]({address.format(key)})"

    body = _WIKILINK.sub(lambda match: link(match[1], match[2]), body)
    body = _CITATION.sub(lambda match: link(match[1], None), body)
    return _RELATIVE.sub(lambda match: f"]({address.format(match[1])})", body)


def front_matter(fields: Mapping[str, str | list[str]]) -> str:
    """Fields as YAML; values are written as JSON, which is YAML and needs no quoting rules."""
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
    return "\n".join(("---", *lines, "---", ""))
