"""Templates: escaped by default, the vault's own first, and errors that say where."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from markupsafe import Markup

from paperkb.config import Settings
from paperkb.site import templates
from paperkb.site.cards import Card
from paperkb.site.page import Page
from paperkb.site.templates import Renderer, TemplateProblem
from tests.vaults import write_files


def render(root: Path, template: str, **data: object) -> str:
    write_files(root, {"templates/pages/own.html": template})
    return Renderer(root, Settings(title="T")).render(Page("x/a.html", "own.html", data)).decode()


def test_everything_but_the_body_is_escaped(tmp_path: Path) -> None:
    made = render(tmp_path, "{{ title }}{{ body }}", title="<b>\"'&", body=Markup("<i>x</i>"))
    assert made == "&lt;b&gt;&#34;&#39;&amp;<i>x</i>"


def test_a_card_is_shown_with_addresses_from_where_it_stands(tmp_path: Path) -> None:
    write_files(tmp_path, {"templates/pages/own.html": '{{ show("card", card) }}'})
    renderer = Renderer(tmp_path, Settings())
    card = Card("k", "<b>T</b>", path="notes/k.html", authors="A & B", rating=2)
    made = {
        path: renderer.render(Page(path, "own.html", {"card": card})).decode()
        for path in ("index.html", "tags/t.html", "tags/u.html", "tags/a/b.html")
    }
    assert made["tags/t.html"] == made["tags/u.html"]
    for path, up in (("index.html", ""), ("tags/t.html", "../"), ("tags/a/b.html", "../../")):
        assert f'href="{up}notes/k.html"' in made[path]
        assert "&lt;b&gt;T&lt;/b&gt;" in made[path]


def test_addresses_and_stars(tmp_path: Path) -> None:
    assert render(tmp_path, '{{ to("index.html") }} {{ 3 | stars }}') == "../index.html ★★★☆☆"


@pytest.mark.parametrize(
    ("template", "where"),
    [
        ("line\n{% if %}", "own.html:2"),
        ("{{ nothing_like_this }}", "nothing_like_this"),
        ('{% include "gone.html" %}', "gone.html"),
        ("one\n{{ 1 / 0 }}", "own.html:2: ZeroDivisionError"),
        ('{% include "own.html" %}', "own.html:1: RecursionError"),
    ],
)
def test_a_wrong_template_says_where(tmp_path: Path, template: str, where: str) -> None:
    with pytest.raises(TemplateProblem, match=where):
        render(tmp_path, template)


def test_a_template_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "templates/pages").mkdir(parents=True)
    (tmp_path / "templates/pages/404.html").write_bytes(b"\xff\xfe")
    with pytest.raises(TemplateProblem, match=r"404\.html"):
        Renderer(tmp_path, Settings()).render(Page("404.html", "404.html", {}))


def test_a_fault_of_this_program_is_no_fault_of_a_template(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        Renderer(tmp_path, Settings()).render(
            Page("a.html", "years.html", {"title": "Y", "years": _Broken()})
        )


class _Broken:
    def __bool__(self) -> bool:
        raise ZeroDivisionError


def test_a_vault_overrides_a_page_and_keeps_the_others(tmp_path: Path) -> None:
    write_files(tmp_path, {"templates/pages/404.html": "mine"})
    renderer = Renderer(tmp_path, Settings())
    assert renderer.render(Page("404.html", "404.html", {})) == b"mine"
    years = renderer.render(Page("y.html", "years.html", {"title": "Y", "years": []}))
    assert b"No note has a year yet." in years


def test_xml_holds_no_character_that_it_cannot(tmp_path: Path) -> None:
    write_files(tmp_path, {"templates/pages/own.xml": "<a>{{ title }}</a>"})
    renderer = Renderer(tmp_path, Settings())
    made = renderer.render(Page("a.xml", "own.xml", {"title": "\x01\t\x1f😀\uffff"}))
    assert made.decode() == "<a>\ufffd\t\ufffd😀\ufffd</a>"


def test_templates_are_compiled_once_for_all_vaults_and_never_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    real: Any = Environment.compile

    def compile_(self: Environment, source: str, name: str, *rest: Any, **more: Any) -> Any:
        compiled.append(name)
        return real(self, source, name, *rest, **more)

    monkeypatch.setattr(Environment, "compile", compile_)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    pages = [Page("404.html", "404.html", {"title": "Lost"})]
    vaults = [tmp_path / name for name in "ab"]
    first, second = (
        [Renderer(vault, Settings(title="T")).render(page) for page in pages] for vault in vaults
    )
    assert first == second
    assert "404.html" in compiled
    assert len(set(compiled)) == len(compiled)
    assert not any(vault.exists() for vault in vaults)


@pytest.mark.parametrize("way", ["read-only", "a file", "no home"])
def test_templates_need_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    caches = tmp_path / "caches"
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches))
    if way == "a file":
        caches.write_text("")
    elif way == "read-only":
        monkeypatch.setattr(os, "access", lambda *_: False)
    else:
        monkeypatch.setattr(templates, "cache_folder", lambda: None)
    assert render(tmp_path, "{{ x }}", x=way) == way
