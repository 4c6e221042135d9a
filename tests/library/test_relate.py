"""What an edit touches, and that tables which follow edits are those of a fresh index."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperkb.library import changes, relate_links
from paperkb.library.cells import cell
from paperkb.library.index import open_index
from paperkb.library.library import Library
from paperkb.model import Ambiguous, Found, Hidden, Known, Missing
from tests.vaults import load, load_indexed, write_files

Edit = Mapping[str, str | bytes | None]
"""Path → new content, or nothing for what is removed."""
Edited = Callable[[Edit], tuple[Library, set[str]]]


def apply(root: Path, edit: Edit) -> None:
    for path, content in edit.items():
        if content is None:
            (root / path).unlink(missing_ok=True)
    write_files(root, {path: text for path, text in edit.items() if text is not None})


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The notes whose links were resolved, as it happens."""
    keys: list[str] = []
    original = relate_links.link_rows

    def counted(note: Any, *rest: Any) -> Any:
        keys.append(note.key)
        return original(note, *rest)

    monkeypatch.setattr(relate_links, "link_rows", counted)
    yield keys


@pytest.fixture
def edited(tmp_path: Path, resolved: list[str]) -> Edited:
    """Edits a vault that the index knows; gives its library, and what was resolved again."""
    write_files(tmp_path, VAULT)
    load_indexed(tmp_path).close()

    def edit(changes: Edit) -> tuple[Library, set[str]]:
        resolved.clear()
        apply(tmp_path, changes)
        library = load_indexed(tmp_path)
        assert len(resolved) == len(set(resolved))
        return library, set(resolved)

    return edit


VAULT: dict[str, str | bytes] = {
    "a.md": "# A\n[[b]] [[Nick]] #tag\n",
    "b.md": "---\ntitle: B\nyear: 2017\nauthors: [Ada Lovelace]\ntags: [tag/deep]\n---\ntext\n",
    "z.md": "---\ntitle: Z\nyear: 2017\n---\n",
    "c.md": "# C\n[[b#Methods]] ![[new.png]] [@smith2020]\n",
    "d.md": "# D\n[[a]] [[x/twin]]\n",
    "x/twin.md": "# Twin\n",
}
B = str(VAULT["b.md"])


def test_an_edit_of_a_text_resolves_that_note_only(edited: Edited) -> None:
    _, resolved = edited({"a.md": "# A\n[[b]] [[Nick]] #tag and more words\n"})
    assert resolved == {"a"}


def test_nothing_is_resolved_where_nothing_changed(edited: Edited) -> None:
    assert edited({})[1] == set()


def test_fields_that_no_link_asks_for_resolve_no_other_note(edited: Edited) -> None:
    _, resolved = edited({"x/twin.md": "---\ntitle: Twin\nstatus: read\ntags: [new]\n---\n"})
    assert resolved == {"twin"}


def test_an_alias_is_found_by_who_asked_for_it(edited: Edited) -> None:
    library, resolved = edited({"b.md": B.replace("title", "aliases: [Nick]\ntitle")})
    assert "a" in resolved
    assert "d" not in resolved
    assert library.resolutions_of("a") == (Found("b"), Found("b"))


def test_an_anchor_is_found_by_who_asked_for_it(edited: Edited) -> None:
    library, resolved = edited({"b.md": f"{B}\n## Methods\n"})
    assert resolved == {"b", "c"}
    assert library.resolutions_of("c")[0] == Found("b", "methods")


def test_words_beside_an_anchor_concern_nobody_who_asked_for_it(edited: Edited) -> None:
    edited({"b.md": f"{B}\n## Methods\n"})
    assert edited({"b.md": f"{B}\n## Methods\nWords.\n"})[1] == {"b"}
    assert edited({"b.md": f"{B}\n## Method\nWords.\n"})[1] == {"b", "c"}
    assert edited({"b.md": B.replace("title: B", "title: Methods")})[1] == {"b", "c"}


def test_a_new_note_or_file_is_found_by_who_missed_it(edited: Edited) -> None:
    library, resolved = edited({"smith2020.md": "# S", "new.png": b"P"})
    assert resolved == {"c", "smith2020"}
    assert library.resolutions_of("c")[2] == Found("smith2020")


def test_a_bibliography_is_asked_after_the_notes(edited: Edited) -> None:
    library, resolved = edited({"refs.bib": "@misc{smith2020, title={S}}"})
    assert resolved == {"c"}
    assert library.resolutions_of("c")[2] == Known("smith2020")
    library, resolved = edited({"refs.bib": None})
    assert resolved == {"c"}
    assert library.resolutions_of("c")[2] == Missing("work")


def test_a_second_note_of_a_name_makes_it_ambiguous(edited: Edited) -> None:
    library, resolved = edited({"b.md": None, "x/b.md": B, "y/b.md": "# Other"})
    assert resolved == {"a", "c", "x/b", "y/b"}
    assert library.resolutions_of("a")[0] == Ambiguous(("x/b", "y/b"))


def test_what_led_to_a_note_that_is_gone_leads_nowhere(edited: Edited) -> None:
    library, resolved = edited({"b.md": None})
    assert resolved == {"a", "c"}
    assert library.resolutions_of("a")[0] == Missing("work")
    assert library.resolutions_of("b") == ()
    assert [group.name for group in library.groups("author")] == []


def test_a_renamed_note_is_another(edited: Edited) -> None:
    library, resolved = edited({"b.md": None, "e.md": B})
    assert resolved == {"a", "c", "e"}
    assert library.members("tag", "tag/deep") == [("e", 2017)]


def test_a_note_in_another_folder_is_the_same(edited: Edited) -> None:
    library, resolved = edited({"b.md": None, "papers/b.md": B})
    assert {"a", "b", "c"} == resolved
    assert library.resolutions_of("a")[0] == Found("b")


def test_a_note_that_becomes_private_is_hidden_from_who_named_it(edited: Edited) -> None:
    library, resolved = edited({"b.md": B.replace("title", "private: true\ntitle")})
    assert resolved == {"a", "b", "c"}
    assert library.resolutions_of("a")[0] == Found("b")
    assert library.public.resolutions_of("a")[0] == Hidden()
    assert library.public.groups("author") == []
    library, _ = edited({"b.md": B})
    assert library.public.resolutions_of("a")[0] == Found("b")
    assert [group.name for group in library.public.groups("author")] == ["Ada Lovelace"]


WORK_OF_B = (("work", "b"), ("notes",))
CITES_B = (("text", "a"), ("links", "a"), ("citing", "b"), ("references",))
TOUCHES: list[tuple[str, Edit, tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]] = [
    ("words", {"d.md": "# D\n[[a]] [[x/twin]]\n\nMore words.\n"}, (("text", "d"),),
     (("work", "d"), ("notes",), ("citing", "b"), ("references",), ("groups", "tag"))),
    ("title", {"b.md": B.replace("B", "Bee")}, WORK_OF_B,
     (("work", "a"), ("citing", "b"), ("links", "b"), ("group", "author", "Ada Lovelace"),
      ("column", "title_folded"), ("part", "notes", "", "1"))),
    ("place", {"b.md": B.replace("title: B", "title: Ü")},
     (("part", "notes", "", "1"), ("group", "author", "Ada Lovelace"), ("column", "title_folded"),
      *WORK_OF_B),
     (("part", "tag", "tag/deep", "1"), ("parts", "notes", ""), ("count", "notes", ""), ("keys",),
      ("groups", "tag"), ("company", "tag", "tag"))),
    ("status", {"b.md": B.replace("title", "status: read\ntitle")}, WORK_OF_B,
     (("groups", "author"), ("group", "tag", "tag"), ("links", "b"))),
    ("year", {"b.md": B.replace("2017", "1999")},
     (("groups", "year"), ("group", "year", "2017"), ("group", "year", "1999"), *WORK_OF_B),
     (("group", "author", "Nobody"), ("links", "a"))),
    ("year of who cites it", {"a.md": "---\nyear: 1999\n---\n# A\n[[b]] [[Nick]] #tag\n"},
     (("citing", "b"), ("parts", "citing", "b")), (("citing", "a"), ("work", "b"))),
    ("tag", {"d.md": "# D\n[[a]] [[x/twin]]\n\n#Tag\n"},
     (("groups", "tag"), ("group", "tag", "tag")),
     (("group", "tag", "tag/deep"), ("groups", "topic"), ("references",))),
    ("spelling", {"d.md": "# D\n[[a]] [[x/twin]] #Tag #Tag #Tag #Tag\n"},
     (("spelling", "tag", "tag"), ("address", "tag", "tag")), (("spelling", "tag", "tag/deep"),)),
    ("link", {"a.md": "# A\n[[Nick]] #tag\n"}, CITES_B, (("work", "a"), ("citing", "a"))),
    ("sentence", {"a.md": "# A\nIt is [[b]] here [[Nick]] #tag\n"}, CITES_B, (("notes",),)),
    ("line of a link", {"a.md": "# A\n\n\n[[b]] [[Nick]] #tag\n"}, (("links", "a"),),
     (("citing", "b"), ("references",))),
    ("file", {"new.png": b"P"},
     (("file", "new.png"), ("address", "file", "new.png"), ("name", "file", "new.png")),
     (("notes",), ("text", "c"))),
    ("new note", {"e.md": "# E"}, (("work", "e"), ("notes",), ("keys",),
      ("count", "notes", ""), ("part", "notes", "", "1")),
     (("references",), ("groups", "tag"), ("text", "a"))),
    ("rival for an address", {"C.md": "# C"}, (("work", "C"), ("work", "c")), (("work", "a"),)),
    ("note gone", {"b.md": None}, (*WORK_OF_B, ("groups", "author"),
     ("citing", "b"), ("spelling", "author", "Ada Lovelace")), (("text", "a"),)),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "cells", "others"), [t[1:] for t in TOUCHES],
                         ids=[t[0] for t in TOUCHES])  # fmt: skip
def test_what_an_edit_touches_and_what_it_does_not(
    edited: Edited,
    edit: Edit,
    cells: tuple[tuple[str, ...], ...],
    others: tuple[tuple[str, ...], ...],
) -> None:
    library, _ = edited({})
    since = int(library.index.state("generation"))
    library, _ = edited(edit)
    rows = library.index.rows("select id from cell where generation > ?", since)
    touched = {id_ for (id_,) in rows}
    assert [name for name in cells if cell(*name) not in touched] == []
    assert [name for name in others if cell(*name) in touched] == []


def test_two_sentences_that_change_places_touch_what_they_cite(edited: Edited) -> None:
    """A page shows them in their order, and only the first three."""
    edited({"a.md": "One is [[b]]. Two is [[b]].\n"})
    library, _ = edited({})
    since = int(library.index.state("generation"))
    library, _ = edited({"a.md": "Two is [[b]]. One is [[b]].\n"})
    rows = library.index.rows("select id from cell where generation > ?", since)
    assert (cell("citing", "b"),) in rows


TABLES = ("note", "name", "label", "link", "known", "attachment", "reads")


def tables(library: Library) -> dict[str, set[tuple[object, ...]]]:
    """Everything that the library holds; the index is closed then."""
    made = {name: set(library.index.rows(f"select * from {name}")) for name in TABLES}
    library.close()
    return made


PATHS = ("a.md", "A/a.md", "b.md", "x/a.md", "x/b.markdown", "A.md", "2020-01-01-c.md", "a.md.md")
TEXTS = (
    "# A\n[[b]] [[x/a|see]] [c](2020-01-01-c.md) [[c]] #tag #tag/deep\n",
    "---\ntitle: B\nyear: 2017\nauthors: [Ada Lovelace, B C]\ntags: [Tag]\ntopics: [x/y]\n---\n"
    "On [[a]]. See [[x/b#Head]] and [[A]]. ![](pic.png)\n",
    "---\nprivate: true\naliases: [b, known]\ntopics: [X]\n---\n[[b]] [[a]] #Tag",
    "---\ntitle: C\nyear: 1986\narxiv: 1706.03762\naliases: [a, '2017']\n---\n# Head\n",
    "[@known] https://arxiv.org/abs/1706.03762 ![[pic.png]] [[a#A]] [[x/]] \n# Head\n## Head\n",
    "",
)
OTHERS = {
    "pic.png": ("one", "three"),
    "x/pic.png": ("one", "three"),
    "r.bib": (
        "@misc{known, title={K}, eprint={1706.03762}, archivePrefix={arXiv}}\n@misc{b, title={B}}",
        "@misc{c, title={C}}\n@misc{known, title={K2}}",
        "@misc{",
    ),
    "a.bib": ("@misc{b, title={First}}\n@misc{known, title={First}}", "@misc{z, title={Z}}"),
}
EDITS = st.one_of(
    st.tuples(st.sampled_from(PATHS), st.sampled_from((None, *TEXTS, *TEXTS))),
    *(st.tuples(st.just(path), st.sampled_from((None, *texts))) for path, texts in OTHERS.items()),
)


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(EDITS, min_size=1, max_size=5).map(dict), min_size=1, max_size=5),
       st.sampled_from((1, 50)))  # fmt: skip
def test_after_any_edits_the_tables_are_those_of_a_fresh_index(
    rounds: list[Edit], preload_from: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(relate_links, "PRELOAD_FROM", preload_from)
        for edit in rounds:
            apply(Path(folder), edit)
            followed, fresh = tables(load_indexed(Path(folder))), tables(load(Path(folder)))
            for name in TABLES:
                assert followed[name] == fresh[name], name


def test_the_tables_of_a_killed_update_are_those_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, VAULT)
    before = tables(load_indexed(tmp_path))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    apply(tmp_path, {"b.md": None, "e.md": "# E\n[[a]]"})
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(changes.Changes, "record", killed)
        load_indexed(tmp_path)
    index = open_index(tmp_path, pytest.fail)
    assert {name: set(index.rows(f"select * from {name}")) for name in TABLES} == before
    index.close()
    assert tables(load_indexed(tmp_path)) == tables(load(tmp_path))
