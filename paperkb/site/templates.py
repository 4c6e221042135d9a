"""Jinja2: pages from templates. A vault's own ``templates/pages/`` goes before the shipped ones."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
)
from markupsafe import Markup

from paperkb.config import Settings
from paperkb.notes.formulas import with_formulas
from paperkb.resources import templates_folder
from paperkb.site.cards import Card
from paperkb.site.design import fingerprint, has_custom_css, own_templates
from paperkb.site.page import Page
from paperkb.site.problems import TemplateProblem
from paperkb.site.urls import absolute, relative
from paperkb.site.words import InterfaceText, Words
from paperkb.user_cache import cache_folder

_MOST_FRAGMENTS = 100_000
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _loader(root: Path) -> BaseLoader:
    """The vault's own templates, then the shipped ones; these also by the name ``shipped/…``, for
    a template that goes before the one that it extends."""
    own = own_templates(root)
    shipped = FileSystemLoader(templates_folder() / "pages")

    def load(name: str) -> tuple[str, str, None] | None:
        path = own.get(name)
        if path is None:
            return None
        try:
            return path.read_text(encoding="utf-8"), str(path), None
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateProblem(f"template {name}: {error}") from error

    return ChoiceLoader([FunctionLoader(load), shipped, PrefixLoader({"shipped": shipped})])


def _compiled() -> FileSystemBytecodeCache | None:
    """Where templates are kept as Python compiled them: that takes longer than an edit's pages.
    Among the user's own caches, as it will be run; never in a vault, which may be somebody's."""
    folder = cache_folder()
    if folder is None:
        return None
    place = folder / "templates"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(place)) if os.access(place, os.W_OK) else None


@lru_cache(maxsize=1)
def _environment(root: Path, settings: Settings, _design: str) -> tuple[Environment, Words]:
    """Templates, compiled when they are first used, and the words for them. ``serve`` builds again
    and again with the same."""
    words = Words(root, settings.language)
    environment = Environment(
        loader=_loader(root),
        bytecode_cache=_compiled(),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,  # templates that changed are another design
    )
    environment.globals.update(t=words.t, tn=words.tn, words=words)
    environment.globals["has_custom_css"] = has_custom_css(root)
    environment.filters["formulas"] = lambda text: _with_formulas(text, settings)
    environment.filters["stars"] = lambda rating: "★" * rating + "☆" * (5 - rating)
    return environment, words


def _with_formulas(text: str, settings: Settings) -> str:
    """Somebody's text, its formulas shown as such."""
    if "$" not in text:
        return text  # escaped by the template, as most are
    return Markup(with_formulas(text, settings.macros))  # noqa: S704 - each part is escaped


class Renderer:
    """Renders pages with the templates of a vault."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        self._settings = settings
        self._environment, self._words = _environment(root, settings, fingerprint(root, settings))
        self._fragments: dict[tuple[str, str, int], Markup] = {}

    def render(self, page: Page) -> bytes:
        """A page's bytes.

        Raises:
            TemplateProblem: a template, most likely the vault's own, is wrong.
        """
        try:
            template = self._environment.get_template(page.template)
            text = template.render(
                **self._said(page.data or {}),
                site=self._settings,
                page_path=page.path,
                to=lambda target: relative(target, page.path),
                show=lambda macro, card: self._shown(macro, card, page.path),
                address=lambda target: absolute(target, self._settings.url),
            )
        except TemplateProblem:
            raise
        except TemplateError as error:
            name = getattr(error, "name", None) or page.template
            line = getattr(error, "lineno", None)
            where = f"{name}:{line}" if line else name
            raise TemplateProblem(f"template {where}: {error.message or error}") from error
        except Exception as error:  # a vault's own template may do whatever Python can
            own_place = self._own_place(error)
            if own_place is None:
                raise
            why = f"{type(error).__name__}: {error}"
            raise TemplateProblem(f"template {own_place}: {why}") from error
        if page.path.endswith(".xml"):
            text = _NOT_IN_XML.sub("\ufffd", text)
        return text.encode("utf-8", "replace")

    def _own_place(self, error: Exception) -> str | None:
        """Where in the vault's own templates something went wrong; nothing if it did elsewhere."""
        own = {str(path): name for name, path in own_templates(self._root).items()}
        places = traceback.extract_tb(error.__traceback__)
        found = [f"{own[one.filename]}:{one.lineno}" for one in places if one.filename in own]
        return found[-1] if found else None

    def _said(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The facts of a page, with those that are the interface's in the site's language."""
        return {
            name: self._words.t(value) if isinstance(value, InterfaceText) else value
            for name, value in data.items()
        }

    def _shown(self, macro: str, card: Card, page: str) -> Markup:
        """A card, rendered once for all pages of a depth: most of a site's pages are lists."""
        key = (macro, card.key, page.count("/"))
        if key not in self._fragments:
            if len(self._fragments) > _MOST_FRAGMENTS:
                self._fragments.clear()
            parts = self._environment.get_template("_parts.html").module
            made = getattr(parts, macro)(card, lambda target: relative(target, page))
            self._fragments[key] = Markup(str(made).strip())  # noqa: S704 - escaped by the template
        return self._fragments[key]
