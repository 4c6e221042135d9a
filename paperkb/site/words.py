"""The words of the interface: English in templates and scripts, the site's language on its pages.

``templates/languages.toml`` has a table for each English text with the text in other languages.
A file of that name in the vault's own ``templates/`` goes before it, for one text or for a whole
language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from markupsafe import Markup, escape

from paperkb.site.design import language_files
from paperkb.site.problems import TemplateProblem

_NAME = re.compile(r"\{(\w+)\}")
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))
"""Subtags of Chinese that mean its traditional script, which is not what ``zh`` stands for."""


class InterfaceText(str):
    """A text of the interface among the facts of a page: shown in the site's language. Other texts
    are somebody's, and stay as they are."""

    __slots__ = ()


class Words:
    """The words for a vault in ``language``, a tag such as ``en``, ``de-AT`` or ``zh-Hans``."""

    def __init__(self, root: Path, language: str) -> None:
        self._root = root
        self._language = language
        self._tags = fallbacks(language)

    @cached_property
    def lang(self) -> str:
        """What the interface is in, as the ``lang`` of its pages: the language that was asked for,
        or English where nobody translated it."""
        return self._language if "en" in self._tags or self._translated else "en"

    @property
    def notes_lang(self) -> str:
        """The language of the notes where it is another than the interface's; else empty."""
        return "" if self.lang == self._language else self._language

    def t(self, text: str, **values: object) -> str:
        """An English text in the site's language, with ``{names}`` filled in.

        With a ``Markup`` among the values, the result is one too, and all else is escaped.
        """
        said = self._translated.get(text, text)
        if not values:
            return said
        if any(hasattr(value, "__html__") for value in values.values()):
            filled = _filled(str(escape(said)), {k: escape(v) for k, v in values.items()})
            return Markup(filled)  # noqa: S704 - each part is escaped
        return _filled(said, values)

    def tn(self, one: str, many: str, count: int, shown: object = None, **values: object) -> str:
        """One of two texts: ``one`` for a single thing, ``many`` for none and for more. In both,
        ``{count}`` is the number, or what is ``shown`` for it."""
        return self.t(
            one if count == 1 else many, count=count if shown is None else shown, **values
        )

    def used_by(self, scripts: Iterable[str]) -> dict[str, str]:
        """The translations of the texts that stand in some scripts as literals."""
        sources = "\n".join(scripts)
        return {
            text: said
            for text, said in self._translated.items()
            if any(f"{quote}{text}{quote}" in sources for quote in "\"'`")
        }

    @cached_property
    def _translated(self) -> dict[str, str]:
        """English text → text. Read when somebody asks: most builds make few pages or none."""
        files = language_files(self._root)
        if self._tags == ["en"]:
            files = files[1:]  # the shipped one says nothing about English
        found: dict[str, str] = {}
        for catalogue in map(_read, files):
            for tag in reversed(self._tags):
                found.update((text, said[tag]) for text, said in catalogue.items() if tag in said)
        return found


def fallbacks(language: str) -> list[str]:
    """The tags to look for, the closest first: de-AT → de-at, de. Traditional Chinese does not
    fall back to simplified."""
    parts = language.casefold().split("-")
    tags = ["-".join(parts[:size]) for size in range(len(parts), 0, -1)]
    return [tag for tag in tags if tag != "zh" or not _TRADITIONAL.intersection(parts)]


def _read(path: Path) -> dict[str, dict[str, str]]:
    """English text → folded tag → text.

    Raises:
        TemplateProblem: the file is no catalogue.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateProblem(f"{path}: {error}") from error
    catalogue = {}
    for text, said in document.items():
        if not isinstance(said, dict) or not all(isinstance(s, str) for s in said.values()):
            raise TemplateProblem(f'{path}: ["{text}"] takes lines like de = "…"')
        catalogue[text] = {tag.casefold(): value for tag, value in said.items()}
    return catalogue


def _filled(text: str, values: Mapping[str, object]) -> str:
    """A text with its ``{names}`` filled in; a name that has no value stays as it is."""
    return _NAME.sub(lambda name: str(values.get(name[1], name[0])), text)
