"""New notes from works."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest

from paperkb.config import ConfigError
from paperkb.library.library import Library
from paperkb.library.scaffold import (
    Draft,
    Wishes,
    draft_notes,
    find_duplicate,
    front_matter,
    template_names,
    write_note,
)
from paperkb.model import Person, Work, replace
from paperkb.notes.parse import parse_note
from tests.vaults import Vault

TODAY = datetime.date(2024, 5, 6)
WORK = Work(
    'Attention: "All" #1',
    authors=(Person("Vaswani", "Ashish"), Person("van der Maaten", "L.")),
    year=2017, date=datetime.date(2017, 6, 12), arxiv="2106.10270", version=5,
    abstract="First line.\n\nSecond: line.", ids=frozenset({"arxiv:2106.10270"}),
)  # fmt: skip


def draft(library: Library, *works: Work, wishes: Wishes = Wishes()) -> list[Draft]:
    return list(draft_notes(library, works, wishes, TODAY))


def test_what_is_written_is_read_back_the_same(vault: Vault) -> None:
    wishes = Wishes(tags=("nlp", "a/b"), topics=("x: y",), status="queued")
    (made,) = draft(vault({}), WORK, wishes=wishes)
    parsed = parse_note(made.text.encode())
    work = parsed.fields.work
    assert made.path == "papers/vaswani2017attention.md"
    assert (work.title, work.authors, work.year) == (WORK.title, WORK.authors, 2017)
    assert (work.date, work.arxiv, work.version) == (WORK.date, "2106.10270", 5)
    assert (parsed.fields.tags, parsed.fields.topics) == (("nlp", "a/b"), ("x: y",))
    assert (parsed.fields.status, parsed.fields.added) == ("queued", TODAY)
    assert "> First line.\n>\n> Second: line." in made.text


@pytest.mark.parametrize(
    "title",
    ["null", "Yes", "2017", "1e5", "- x", "a: b", "a #b", "'q'", '"', "\\", "[x]", "{x}", "*a",
     "&a", "@x", "`x`", "!x", "%x", "|", ">", "é", "日本", "tab\tx", "\x07bell",
     "😀", " lead", "trail "],
)  # fmt: skip
def test_any_title_survives_yaml(title: str) -> None:
    text = f"---\n{front_matter(Work(title), Wishes(), TODAY)}\n---\n"
    assert parse_note(text.encode()).fields.work.title == " ".join(title.split())


def test_keys_differ_from_notes_files_and_each_other(vault: Vault, tmp_path: Path) -> None:
    library = vault({"old/Vaswani2017Attention.md": "x", "papers/vaswani2017attentiona.txt": "x"})
    keys = [made.key for made in draft(library, WORK, replace(WORK, abstract="other"))]
    assert keys == ["vaswani2017attentionb", "vaswani2017attentionc"]


def test_a_paper_of_the_bibliography_keeps_its_key(vault: Vault) -> None:
    library = vault(
        {"refs.bib": "@misc{Vas17, title={A}, eprint={2106.10270}, archivePrefix={arXiv}}"}
    )
    assert [made.key for made in draft(library, WORK)] == ["Vas17"]


def test_a_paper_that_is_here_is_found_under_any_id(vault: Vault) -> None:
    library = vault({"a.md": "---\ndoi: 10.48550/arXiv.2106.10270\n---\n"})
    found = find_duplicate(library, WORK.ids)
    assert found is not None
    assert found.key == "a"
    assert find_duplicate(library, frozenset({"arxiv:1706.03762"})) is None


def test_nothing_is_overwritten_and_nothing_is_left_behind(vault: Vault, tmp_path: Path) -> None:
    library = vault({})
    (made,) = draft(library, WORK)
    path = write_note(library.root, made)
    assert path.read_text(encoding="utf-8") == made.text
    with pytest.raises(FileExistsError):
        write_note(library.root, dataclasses.replace(made, text="other"))
    assert path.read_text(encoding="utf-8") == made.text
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_vaults_own_template(vault: Vault) -> None:
    library = vault({"templates/note/mine.md": "{{ title }}|{{date}}|{{ unknown }}"})
    assert "mine" in template_names(library.root)
    tricky = replace(WORK, title="On {{ date }}")
    (made,) = draft(library, tricky, wishes=Wishes(template="mine"))
    assert made.text == "On {{ date }}|2024-05-06|{{ unknown }}"


@pytest.mark.parametrize("name", ["gone", "../../etc/passwd", ""])
def test_no_such_template(vault: Vault, name: str) -> None:
    with pytest.raises(ConfigError, match="template"):
        draft(vault({}), WORK, wishes=Wishes(template=name))


@pytest.mark.parametrize("folder", ["../out", "/tmp/out", "a/../../out"])
def test_notes_stay_inside_the_vault(vault: Vault, folder: str) -> None:
    library = vault({"paperkb.toml": f'[vault]\nnotes = "{folder}"\n'})
    with pytest.raises(ConfigError, match="inside the vault"):
        draft(library, WORK)
