"""The texts of the interface: what templates and scripts say, and what they forgot to translate."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

from paperkb.resources import templates_folder

PAGES = templates_folder() / "pages"
SCRIPTS = sorted((templates_folder() / "static").glob("*.js"))
_SCRIPT_TEXT = re.compile(r'\bt\(\s*("(?:[^"\\]|\\.)*")|\btn\(\s*("[^"]*"),\s*("[^"]*")')
_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"' + r"|'((?:[^'\\\n]|\\.)*)'")
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_READ_OUT = ("alt", "aria-label", "aria-description", "placeholder", "title")
_NO_PROSE = ("code", "kbd", "pre", "script", "style")


def in_template(source: str) -> set[str]:
    """The texts that a template asks ``t`` or ``tn`` for."""
    found: set[str] = set()
    for call in Environment().parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("t", "tn"):
            texts = call.args[: 1 if call.node.name == "t" else 2]
            for text in texts:
                found.update(const.value for const in _constants(text))
    return found


def _constants(node: nodes.Expr) -> Iterator[nodes.Const]:
    """The texts that an expression may be: itself, or one of an ``if``."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node
    elif isinstance(node, nodes.CondExpr):
        yield from _constants(node.expr1)
        if node.expr2 is not None:
            yield from _constants(node.expr2)


def in_script(source: str) -> set[str]:
    """The texts that a script asks ``t`` or ``tn`` for, where they stand in the call."""
    return {
        ast.literal_eval(text)
        for match in _SCRIPT_TEXT.finditer(source)
        for text in match.groups()
        if text
    }


def in_module(source: str) -> set[str]:
    """The texts that a module marks as ``InterfaceText``, or asks ``t`` for."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("InterfaceText", "t")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def literals(path: Path) -> set[str]:
    """Every string in a template, a script or a module: what may be asked for by another name."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        tree = ast.walk(ast.parse(source))
        return {n.value for n in tree if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    if path.suffix == ".js":
        return {one or other for one, other in _LITERAL.findall(source)}
    constants = Environment().parse(source).find_all(nodes.Const)
    return {const.value for const in constants if isinstance(const.value, str)}


def untranslated(source: str) -> list[str]:
    """Words that stand in a template's HTML and not in ``t(…)``."""
    texts = read_out(_JINJA.sub(_kept_strings, source))
    return [text for text in texts if re.search(r"[^\W\d_]", text)]


def read_out(page: str) -> list[str]:
    """What of a page's HTML a person reads or hears."""
    parser = _Prose()
    parser.feed(page)
    parser.close()
    return parser.found


def _kept_strings(match: re.Match[str]) -> str:
    """Of an expression, the strings that it shows as they are: ``"no note" if …``."""
    if not match[0].startswith("{{"):
        return " "
    tree = Environment().parse(match[0]).find(nodes.Output)
    shown = [const for node in (tree.nodes if tree else ()) for const in _constants(node)]
    return "".join(str(const.value) for const in shown).replace('"', "")


class _Prose(HTMLParser):
    """Gathers what a person would read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NO_PROSE:
            self._inside.append(tag)
        self.found += [value.strip() for name, value in attrs if value and name in _READ_OUT]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.append(" ".join(data.split()))
