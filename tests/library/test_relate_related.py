"""The lists of related notes follow every edit, and an edit changes few of them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperkb.library.cells import cell
from paperkb.library.library import Library
from paperkb.library.related import MANY
from tests.vaults import load, load_indexed, write_files

WORDS = ("graph", "attention", "diffusion", "注意力机制", "Schrödinger", "self-attention")
NAMES = [f"n{number}" for number in range(17)]

Text = tuple[list[str], list[str], bool]
TEXTS = st.tuples(
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.lists(st.sampled_from((*NAMES, "@known", "@other")), max_size=4),
    st.booleans(),
)


def note(words: list[str], links: list[str], private: bool = False) -> str:
    front = "---\nprivate: true\n---\n" if private else ""
    said = " ".join(f"{word} and {word}." for word in words)
    return f"{front}# Paper {' '.join(words[:1])}\n{said} " + " ".join(f"[[{k}]]" for k in links)


def everything(library: Library) -> list[list[tuple[object, ...]]]:
    queries = ("select * from related order by key", "select * from telling order by term, key")
    return [library.index.rows(query) for query in queries]


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(st.sampled_from(NAMES), TEXTS, min_size=6, max_size=17),
    st.lists(st.dictionaries(st.sampled_from(NAMES), st.none() | TEXTS, min_size=1, max_size=3),
             max_size=3),
)  # fmt: skip
def test_lists_follow_every_edit(
    first: dict[str, Text], rounds: list[dict[str, Text | None]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_files(root, {"refs.bib": "@misc{known, title={K}}\n@misc{other, title={O}}"})
        lists: dict[str, object] = {}
        for edits in (first, *rounds):
            for name, text in edits.items():
                (root / f"{name}.md").unlink(missing_ok=True)
                if text:
                    write_files(root, {f"{name}.md": note(*text)})
            library = load_indexed(root)
            assert everything(library) == everything(load(root))
            now = int(library.index.state("generation"))
            cells = dict(library.index.rows("select id, generation from cell"))
            before, lists = lists, dict(library.index.rows("select key, list from related"))
            for key in before.keys() & lists.keys():
                if lists[key] != before[key]:
                    assert cells[cell("related", key)] == now
            library.close()


def vault(root: Path, size: int) -> None:
    for number in range(size):
        shared = ["hub", f"group{number // 4}x"]
        write_files(
            root, {f"p{number}.md": note([f"Topic{number // 4}x", f"Zone{number // 4}x"], shared)}
        )
    write_files(root, {"hub.md": "# Hub", "group0x.md": "# Group"})


def test_an_edit_changes_the_lists_of_those_who_share_what_changed(tmp_path: Path) -> None:
    vault(tmp_path, 2 * MANY)
    load_indexed(tmp_path).close()
    text = (tmp_path / "p8.md").read_text()
    (tmp_path / "p8.md").write_text(text.replace("2x", "9x"))
    library = load_indexed(tmp_path)
    now = int(library.index.state("generation"))
    touched = {
        id_ for (id_,) in library.index.rows("select id from cell where generation = ?", now)
    }
    changed = {
        k for (k,) in library.index.rows("select key from related") if cell("related", k) in touched
    }
    near = {*(f"p{number}" for number in range(8, 12)), *(f"p{number}" for number in range(36, 40))}
    assert changed <= near
    assert "p8" in changed


def test_what_very_many_share_relates_nobody(tmp_path: Path) -> None:
    for number in range(MANY + 1):
        write_files(tmp_path, {f"p{number}.md": note(["common"], ["hub", "@known"])})
    write_files(tmp_path, {"hub.md": "# Hub", "refs.bib": "@misc{known, title={K}}"})
    library = load(tmp_path)
    assert {library.related(note.key) for note in library.notes} == {()}


@pytest.mark.parametrize("private", [False, True])
def test_private_notes_leave_no_trace(tmp_path: Path, private: bool) -> None:
    vault(tmp_path, 20)
    clean = load(tmp_path)
    hidden = note(["Topic0x", "Zone0x"], ["hub", "p1", "p2", "p9"], private)
    write_files(tmp_path, {"secret.md": hidden})
    rows = everything(load(tmp_path))
    assert (rows == everything(clean)) is private
