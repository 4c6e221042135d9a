"""The documents say what is so."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from docs.update_help import REFERENCE, documented_commands, with_current_help
from paperkb import __version__, config
from paperkb.cli.main import COMMANDS
from paperkb.config import Settings, load_settings
from paperkb.messages import all_messages
from paperkb.notes.fields import FIELD_NAMES
from paperkb.resources import templates_folder

ROOT = Path(__file__).parent.parent
PAGE = REFERENCE.read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_reference_page_has_every_help_text_as_it_is() -> None:
    assert documented_commands(PAGE) == list(COMMANDS)
    assert with_current_help(PAGE) == PAGE, "run `make docs`"


def test_the_reference_page_lists_every_problem() -> None:
    rows = re.findall(r"^\| `(PKB\d+)` \| (\w+) \| ([\w-]+) \| (.*) \|$", PAGE, re.MULTILINE)
    assert rows == [(m.code, m.severity, m.name, m.text) for m in all_messages()]


def test_problem_codes_are_unique() -> None:
    codes = [message.code for message in all_messages()]
    assert len(set(codes)) == len(codes)


def test_the_reference_page_lists_every_field() -> None:
    section = PAGE.split("## A note")[1].split("## Problems")[0]
    assert [name for name in FIELD_NAMES if f"`{name}`" not in section] == []


def test_the_reference_page_gives_every_setting_and_its_default() -> None:
    defaults = Settings()
    rows = dict(re.findall(r"^\| `\[([\w.]+\] \w+)` \| `(.*?)` \|", PAGE, re.MULTILINE))
    for table, names in config.TABLES.items():
        for name, field in names.items():
            default = getattr(defaults, field)
            written = json.dumps([*default] if isinstance(default, tuple) else default)
            assert rows.pop(f"{table}] {name}") == written
    assert not rows


def test_a_new_vaults_settings_are_the_defaults(tmp_path: Path) -> None:
    shipped = templates_folder() / "vault" / "paperkb.toml"
    (tmp_path / "paperkb.toml").write_bytes(shipped.read_bytes())
    assert load_settings(tmp_path, {}) == Settings()


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_readme_opens_with_the_two_commands(command: str) -> None:
    assert command in README[:2500]


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_links_between_documents_lead_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        prose = re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_shows_every_picture_that_there_is() -> None:
    shown = re.findall(r"docs/pictures/([\w-]+\.png)", README)
    there = [path.name for path in (ROOT / "docs" / "pictures").iterdir()]
    assert sorted(shown) == sorted(there)


def test_every_lint_exception_is_explained() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["tool"]["ruff"]["lint"]["ignore"]
    for line in re.findall(r'^  "[A-Z]+\d+",.*$', text, re.MULTILINE):
        assert "#" in line, line
