"""The shapes of ``--json``: programs rely on them, and docs/reference.md promises them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

NOTE_KEYS = [
    "key", "title", "authors", "year", "date", "arxiv", "version", "doi", "venue", "tags",
    "topics", "status", "rating", "path",
]  # fmt: skip
REFERENCE = (Path(__file__).parents[2] / "docs" / "reference.md").read_text(encoding="utf-8")


@pytest.fixture
def full_vault(vault: Path) -> Path:
    (vault / "papers" / "a.md").write_text(
        "---\ntitle: A\nauthors: [Ada Lovelace]\ndate: 2017-06-12\narxiv: 1706.03762v5\n"
        "doi: 10.1038/NATURE14539\nvenue: V\ntags: [x]\ntopics: [t/u]\nstatus: read\nrating: 4\n"
        "---\nSee [[b]] and [[b|again]], [[gone]], [[twin]], arXiv:2001.00001.\n",
        encoding="utf-8",
    )
    (vault / "papers" / "b.md").write_text("# B\n", encoding="utf-8")
    for folder in ("one", "two"):
        (vault / folder).mkdir()
        (vault / folder / "twin.md").write_text("# Twin\n", encoding="utf-8")
    return vault


def answer(run: Run, *words: str) -> Any:
    result = run(*words, "--json")
    return json.loads(result.stdout)


def test_list(run: Run, full_vault: Path) -> None:
    rows = answer(run, "list")
    assert [row["path"] for row in rows] == [
        "papers/a.md", "papers/b.md", "one/twin.md", "two/twin.md",
    ]  # fmt: skip
    assert all(list(row) == NOTE_KEYS for row in rows)
    assert rows[0] == {
        "key": "a",
        "title": "A",
        "authors": ["Ada Lovelace"],
        "year": 2017,
        "date": "2017-06-12",
        "arxiv": "1706.03762",
        "version": 5,
        "doi": "10.1038/nature14539",
        "venue": "V",
        "tags": ["x"],
        "topics": ["t/u"],
        "status": "read",
        "rating": 4,
        "path": "papers/a.md",
    }


def test_show(run: Run, full_vault: Path) -> None:
    row = answer(run, "show", "a")
    assert list(row) == [*NOTE_KEYS, "cites", "cited_by", "missing", "ambiguous"]
    assert [(one["key"], one["line"], one["column"]) for one in row["cites"]] == [
        ("b", 13, 5), ("b", 13, 15),
    ]  # fmt: skip
    assert row["cites"][0] == {
        "key": "b",
        "title": "B",
        "year": None,
        "has_note": True,
        "kind": "wikilink",
        "sentence": "See b and again, gone, twin, arXiv:2001.00001.",
        "path": "papers/a.md",
        "line": 13,
        "column": 5,
    }
    assert [one["target"] for one in row["missing"]] == ["gone", "arxiv:2001.00001"]
    assert [one["candidates"] for one in row["ambiguous"]] == [["one/twin", "two/twin"]]
    back = answer(run, "show", "b")
    assert [one["key"] for one in back["cited_by"]] == ["a", "a"]


def test_graph(run: Run, full_vault: Path) -> None:
    data = answer(run, "graph")
    assert list(data) == ["nodes", "edges"]
    assert {tuple(node) for node in data["nodes"]} == {("id", "title", "year", "kind")}
    assert (
        data["edges"]
        == [{"source": "a", "target": "b", "kind": "wikilink", "path": "papers/a.md", "line": 13}]
        * 2
    )


def test_check(run: Run, full_vault: Path) -> None:
    rows = answer(run, "check")
    assert {tuple(row) for row in rows} == {
        ("path", "line", "column", "code", "severity", "message", "hint")
    }
    assert {row["code"] for row in rows} == {"PKB101", "PKB102", "PKB201"}


def test_tags_and_topics(run: Run, full_vault: Path) -> None:
    assert answer(run, "tags") == [{"tag": "x", "count": 1}]
    assert answer(run, "topics") == [
        {"topic": "t", "count": 1, "keys": ["a"]},
        {"topic": "t/u", "count": 1, "keys": ["a"]},
    ]


@pytest.mark.parametrize("command", ["list", "show", "graph", "check", "tags", "topics", "id"])
def test_the_reference_page_names_every_key(run: Run, full_vault: Path, command: str) -> None:
    words = {"show": ["show", "a"], "id": ["id", "1706.03762"]}.get(command, [command])
    section = REFERENCE.split(f"\n### `paperkb {command}`")[1].split("\n### ")[0]
    for key in _keys(answer(run, *words)):
        assert f"`{key}`" in section or f'"{key}"' in section, key


def _keys(data: Any) -> set[str]:
    if isinstance(data, list):
        return set().union(*map(_keys, data))
    if isinstance(data, dict):
        return set(data).union(*map(_keys, data.values()))
    return set()


def test_surrogates_and_colour_never_reach_json(run: Run, vault: Path) -> None:
    (vault / "papers" / "x.md").write_text('---\ntitle: "\\ud800 \\u001b[31m"\n---\n')
    assert not re.search("[\ud800-\udfff]", run("list", "--json").stdout)
