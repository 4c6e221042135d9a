"""Every message: a vault that has the problem, and the place where it is found."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from paperkb import messages
from paperkb.checks.all import run_checks
from paperkb.graph.network import ReferenceGraph
from paperkb.library.library import Library
from tests.vaults import Vault, load, write_files

Files = dict[str, str | bytes]

SHELF: Files = {"a.md": "---\ntopics: [t]\n---\n# A\n\nx"}
"""A topic, for an introduction to it."""
CASES: list[tuple[messages.Message, Files, str]] = [
    (messages.NOT_UTF8, {"a.md": b"# A\n\nCaf\xe9"}, "a.md:3:4"),
    (messages.NUL, {"a.md": b"# A\nbe\x00ll"}, "a.md:2:3"),
    (messages.EMPTY_NOTE, {"a.md": ""}, "a.md:1:1"),
    (messages.EMPTY_NOTE, {"a.md": "\n \n"}, "a.md:1:1"),
    (messages.TOO_LARGE, {"a.md": b"x" * 8_000_001}, "a.md:1:1"),
    (messages.INVALID_YAML, {"a.md": "---\ntitle: A\nb: [c\n---\nx"}, "a.md:4:1"),
    (messages.INVALID_YAML, {"a.md": "+++\ntitle: A\n+++\nx"}, "a.md:2:1"),
    (messages.UNCLOSED, {"a.md": "---\ntitle: A\n\nx"}, "a.md:1:1"),
    (messages.DUPLICATE_FIELD, {"a.md": "---\ntitle: A\nyear: 1\ntitle: B\n---\nx"}, "a.md:4:1"),
    (messages.ALIAS_BOMB, {"a.md": "---\n" + "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
        for old, new in zip("abcde", "bcdef", strict=True)) + "---\nx"}, "a.md"),
    (messages.INVALID_FIELD, {"a.md": "---\ntitle: A\nrating: 11\n---\nx"}, "a.md:3:1"),
    (messages.MISSPELT_FIELD, {"a.md": "---\ntitle: A\nauthers: B\n---\nx"}, "a.md:3:1"),
    (messages.UNKNOWN_FIELD, {"a.md": "---\ntitle: A\nmood: B\n---\nx"}, "a.md:3:1"),
    (messages.PLACEHOLDER, {"a.md": '---\ntitle: A\nadded: "{{date}}"\n---\nx'}, "a.md:3:1"),
    (messages.INVALID_ID, {"a.md": "---\ntitle: A\narxiv: 1713.99999\n---\nx"}, "a.md:3:1"),
    (messages.INVALID_DATE, {"a.md": "---\ntitle: A\ndate: 2020-13-45\n---\nx"}, "a.md:3:1"),
    (messages.HELD_BACK, {"a.md": "---\ntitle: A\nd: &d {private: true}\n<<: *d\n---\nx"},
     "a.md:3:1"),
    (messages.MATH, {"a.md": "# A\n\n$$\n\\frac{1}{\n$$\n"}, "a.md:3:1"),
    (messages.UNRESOLVED, {"a.md": "# A\n\nSee [[gone]]."}, "a.md:3:5"),
    (messages.UNRESOLVED, {"a.md": "---\ntitle: A\ncites: [x1]\n---\nx"}, "a.md:3:9"),
    (messages.UNRESOLVED_CITATION, {"a.md": "# A\n\nSee [@gone2020]."}, "a.md:3:5"),
    (messages.AMBIGUOUS, {"a.md": "# A\n[[b]]", "x/b.md": "1", "y/b.md": "2"}, "a.md:2:1"),
    (messages.MISSING_FILE, {"a.md": "# A\n\na [p](p.pdf)"}, "a.md:3:3"),
    (messages.MISSING_IMAGE, {"a.md": "# A\n\na ![p](p.png)"}, "a.md:3:3"),
    (messages.MISSING_IMAGE, {"a.md": "# A\n\na ![[p.png]]"}, "a.md:3:3"),
    (messages.MISSING_HEADING, {"a.md": "# A\n\n[[b#Gone]]", "b.md": "# B"}, "a.md:3:1"),
    (messages.MISSING_HEADING, {"a.md": "# A\n\n[[#Gone]]"}, "a.md:3:1"),
    (messages.MATH, {**SHELF, "topics/t.md": "# T\n\n$$\n\\frac{1}{\n$$\n"}, "topics/t.md:3:1"),
    (messages.UNRESOLVED, {**SHELF, "topics/t.md": "# T\n\nSee [[gone]]."}, "topics/t.md:3:5"),
    (messages.MISSING_HEADING, {**SHELF, "topics/t.md": "# T\n\n[[#Gone]]"}, "topics/t.md:3:1"),
    (messages.ACTIVE_PICTURE, {**SHELF, "topics/t.md": "# T\n\n![x](../x.svg)",
                               "x.svg": "<svg onload='x'/>"}, "topics/t.md:3:1"),
    (messages.EMPTY_LINK, {"a.md": "# A\n\nan [empty]() link"}, "a.md:3:4"),
    (messages.LEAVES_VAULT, {"a.md": "# A\n\n[x](../x.md)"}, "a.md:3:1"),
    (messages.PUBLISHED_AS_TEXT, {"a.md": "# A\n\n[x](x.html)", "x.html": ""}, "a.md:3:1"),
    (messages.ACTIVE_PICTURE, {"a.md": "# A\n\n![x](x.svg)", "x.svg": "<svg onload='x'/>"},
     "a.md:3:1"),
    (messages.DUPLICATE_KEY, {"x/b.md": "1", "y/B.md": "2"}, "x/b.md:1:1"),
    (messages.DUPLICATE_KEY, {"u\u0308.md": "1", "x/ü.md": "2"}, "x/ü.md:1:1"),
    (messages.DUPLICATE_ID, {"a.md": "---\ntitle: A\narxiv: 1706.03762\n---\n",
                             "b.md": "---\ndoi: 10.48550/arXiv.1706.03762\n---\n"}, "a.md:3:1"),
    (messages.BIBLIOGRAPHY, {"refs.bib": "@misc{a, title={A}}\n@misc{a, title={B}}\n"},
     "refs.bib:2:1"),
    (messages.WITHHOLDS_NOTHING, {"paperkb.toml": "[publish]\nexclude = ['draft']"},
     "paperkb.toml:0:0"),
    (messages.EXCLUDES_NOTHING, {"paperkb.toml": "[vault]\nexclude = ['drafts']"},
     "paperkb.toml:0:0"),
]  # fmt: skip


def found(library: Library) -> set[tuple[str, str]]:
    return {(p.code, str(p.place)) for p in run_checks(library, ReferenceGraph(library))}


@pytest.mark.parametrize(
    ("message", "files", "place"), CASES, ids=[f"{case[0].name}-{case[2]}" for case in CASES]
)
def test_each_problem_has_its_place(
    vault: Vault, message: messages.Message, files: Files, place: str
) -> None:
    places = {where for code, where in found(vault(files)) if code == message.code}
    assert place in places or any(where.startswith(f"{place}:") for where in places), places


def test_problems_of_the_files_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "vault"
    write_files(root, {"x.md/in.md": "text", "locked.md": "text"})
    write_files(tmp_path, {"outside.md": "text"})
    (root / "out.md").symlink_to(tmp_path / "outside.md")
    os.mkfifo(root / "p.md")
    (root / "locked.md").chmod(0o600)
    monkeypatch.setattr(os, "access", lambda path, _mode: "locked" not in str(path))
    assert found(load(root)) >= {
        (messages.NOT_A_FILE.code, "x.md:0:0"), (messages.NOT_A_FILE.code, "p.md:0:0"),
        (messages.OUTSIDE.code, "out.md:0:0"), (messages.UNREADABLE.code, "locked.md:0:0"),
    }  # fmt: skip


def test_every_message_has_a_case() -> None:
    here = {messages.UNREADABLE, messages.OUTSIDE, messages.NOT_A_FILE}
    assert {case[0] for case in CASES} | here == set(messages.all_messages())


def test_codes_are_unique_and_a_good_vault_has_no_problems(vault: Vault) -> None:
    codes = [message.code for message in messages.all_messages()]
    assert len(set(codes)) == len(codes)
    library = vault({"a.md": "---\ntitle: A\n---\n[[b]] [@b] #tag $x^2$", "b.md": "# B\n\n[[a]]"})
    assert found(library) == set()


def test_problems_are_sorted_and_said_once(vault: Vault) -> None:
    library = vault({"b.md": "[[gone]]\n[[gone]]", "a.md": "", "refs.bib": "@misc{"})
    problems = run_checks(library, ReferenceGraph(library))
    assert list(problems) == sorted(set(problems))
    assert [p.place.line for p in problems if p.place.path == "b.md"] == [1, 2]


def test_messages_fit_into_json(vault: Vault) -> None:
    library = vault({"a\ufffd.md": "[[\x07{0}]] [[{x}]]"})
    problems = run_checks(library, ReferenceGraph(library))
    assert [p.message for p in problems if p.code == "PKB101"] == [
        "no note is named «\x07{0}»", "no note is named «{x}»",
    ]  # fmt: skip
    assert json.dumps([p.message for p in problems])
