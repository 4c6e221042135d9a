"""``paperkb.toml`` → ``Settings``; every key has a default, so a vault needs no file at all."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from paperkb.model import STATUSES

CONFIG_NAME = "paperkb.toml"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


_EDIT_EXAMPLE = "https://github.com/you/papers/edit/main/{path}"


class ConfigError(ValueError):
    """A setting, or the option in its place, cannot be used; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a vault's owner may choose. Frozen, hashable: parts of it are keys of caches."""

    # [site]
    title: str = "Papers"
    description: str = ""
    author: str = ""
    language: str = "en"
    url: str = ""
    out: str = "site"
    edit: str = ""
    # [vault]
    notes: str = "papers"
    exclude: tuple[str, ...] = ()
    extra_fields: tuple[str, ...] = ()
    # [publish]
    withheld: tuple[str, ...] = ()
    # [new]
    key_pattern: str = "{family}{year}{word}"
    template: str = "paper"
    status: str = "inbox"
    # [math.macros]
    macros: tuple[tuple[str, str], ...] = ()
    # [sources.arxiv]
    arxiv_url: str = ""


TABLES: dict[str, dict[str, str]] = {
    "site": {
        name: name for name in ("title", "description", "author", "language", "url", "out", "edit")
    },
    "vault": {name: name for name in ("notes", "exclude", "extra_fields")},
    "publish": {"exclude": "withheld"},
    "new": {name: name for name in ("key_pattern", "template", "status")},
    "sources.arxiv": {"url": "arxiv_url"},
}
"""Table → name there → field of ``Settings``."""


def load_settings(root: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the vault at ``root``.

    ``PAPERKB_ARXIV_URL`` in ``environment`` goes before the file.

    Raises:
        ConfigError: the file is not valid TOML, or a value has the wrong type. Unknown keys are
            errors too, since a misspelt setting is otherwise silently without effect.
    """
    path = root / CONFIG_NAME
    values: dict[str, Any] = {}
    if os.path.lexists(path):  # what is no file may not be no settings: it may hold notes back
        try:
            values = _flatten(tomllib.loads(path.read_text(encoding="utf-8-sig")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise ConfigError(f"{CONFIG_NAME}: {error}") from error
    if environment.get("PAPERKB_ARXIV_URL"):
        values["arxiv_url"] = environment["PAPERKB_ARXIV_URL"]
    return Settings(**values)


def _flatten(document: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"macros": _macros(document.pop("math", {}))}
    sources = document.pop("sources", {})
    if not isinstance(sources, dict):
        raise ConfigError(f"{CONFIG_NAME}: sources must be tables: [sources.arxiv]")
    tables = {**document, **{f"sources.{name}": table for name, table in sources.items()}}
    types = {field.name: field.type for field in fields(Settings)}
    for table_name, table in tables.items():
        known = TABLES.get(table_name)
        if known is None or not isinstance(table, dict):
            raise ConfigError(
                f"{CONFIG_NAME}: there is no table [{table_name}]; "
                f"there are {', '.join(f'[{name}]' for name in (*TABLES, 'math.macros'))}"
            )
        for key, value in table.items():
            if key not in known:
                raise ConfigError(
                    f"{CONFIG_NAME}: [{table_name}] has no setting «{key}»; "
                    f"it has {', '.join(known)}"
                )
            values[known[key]] = _typed(table_name, key, value, str(types[known[key]]))
    _check(values)
    return values


def _macros(math: object) -> tuple[tuple[str, str], ...]:
    macros = (
        math.get("macros", {}) if isinstance(math, dict) and math.keys() <= {"macros"} else None
    )
    if not isinstance(macros, dict) or not all(isinstance(v, str) for v in macros.values()):
        raise ConfigError(f'{CONFIG_NAME}: [math.macros] takes lines like R = "x"')
    return tuple(sorted((name.lstrip("\\"), text) for name, text in macros.items()))


def _check(values: Mapping[str, Any]) -> None:
    """What a type does not say: values that only some texts can be."""
    if values.get("status", STATUSES[0]) not in STATUSES:
        raise ConfigError(f"{CONFIG_NAME}: [new] status must be one of {', '.join(STATUSES)}")
    if not _LANGUAGE.fullmatch(values.get("language", "en")):
        raise ConfigError(f"{CONFIG_NAME}: [site] language must be a tag like en, de-AT or zh-Hans")
    if values.get("url") and (wrong := check_url(values["url"])):
        raise ConfigError(f"{CONFIG_NAME}: [site] {wrong}")
    if values.get("edit") and not values["edit"].startswith(("https://", "http://")):
        raise ConfigError(f"{CONFIG_NAME}: [site] edit must be an address like {_EDIT_EXAMPLE}")
    out = Path(values.get("out", ""))
    if out.parts[:1] == ("templates",):
        raise ConfigError(
            f"{CONFIG_NAME}: [site] out must not be the folder of the vault's templates"
        )
    if ".." in out.parts or out.is_absolute():  # a vault of somebody else writes nowhere else
        raise ConfigError(f"{CONFIG_NAME}: [site] out must not lead out of the vault; --out may")


def check_url(url: str) -> str:
    """What is wrong with a site's address; empty if nothing is."""
    good = url.startswith(("https://", "http://")) and not set(url) & set(" <>\"'")
    return "" if good else f"url must be an address like https://you.github.io/papers/, not {url!r}"


def _typed(table: str, key: str, value: object, type_name: str) -> object:
    if type_name.startswith("tuple"):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise ConfigError(f"{CONFIG_NAME}: [{table}] {key} must be a list of texts")
    if not isinstance(value, str):
        raise ConfigError(f"{CONFIG_NAME}: [{table}] {key} must be a text")
    return value
