"""What is made again after an edit: every page of which it changed a fact, and no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from paperkb.library import changes, shelves
from paperkb.library.load import refresh
from paperkb.site import make, renew
from paperkb.site.build import Built, build_site
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId
from paperkb.site.pages import note
from paperkb.site.templates import TemplateProblem
from paperkb.workers import Workers
from tests.site.conftest import SEARCH
from tests.site.crawl import files
from tests.vaults import load, load_indexed, write_files


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The pages that are composed, as it happens."""
    ids: list[str] = []
    original = make.compose

    def counted(context: SiteContext, page: PageId) -> Page:
        ids.append(" ".join((page.kind, page.name, str(page.part) * (page.part > 1))).strip())
        return original(context, page)

    monkeypatch.setattr(make, "compose", counted)
    yield ids


VAULT: dict[str, str | bytes] = {
    "a.md": "# A\nIt extends [[b]].\n\n#tag\n",
    "b.md": "---\ntitle: B\nyear: 2017\nauthors: [Ada Lovelace]\ntopics: [x/y]\nadded: 2024-01-02\n"
    "---\ntext ![](p.png)\n",
    "c.md": "---\ntitle: C\ntags: [tag, other]\n---\n[[gone]]\n",
    "p.png": b"P",
}
B = str(VAULT["b.md"])
Rebuild = Callable[[dict[str, str | bytes | None]], set[str]]


@pytest.fixture
def rebuild(tmp_path: Path, composed: list[str]) -> Rebuild:
    """Edits a vault whose site is built; builds it again; gives the pages that were composed. What
    is there then is what a clean build makes."""
    root = tmp_path / "vault"
    write_files(root, {"paperkb.toml": "", **VAULT})
    build_site(load_indexed(root), tmp_path / "site")

    def again(edit: dict[str, str | bytes | None]) -> set[str]:
        composed.clear()
        for path in (path for path, text in edit.items() if text is None):
            (root / path).unlink()
        write_files(root, {path: text for path, text in edit.items() if text is not None})
        build_site(load_indexed(root), tmp_path / "site")
        made = set(composed)
        assert len(made) == len(composed)
        build_site(load(root), tmp_path / "clean")
        assert files(tmp_path / "site") == files(tmp_path / "clean")
        return made

    return again


LISTS = {"home", "notes", "status"}
CATALOGUES = {"papers-bib", "papers-json", "llms"}
FOR_MACHINES = {"feed", "json-feed", *CATALOGUES}
EDITS: list[tuple[str, dict[str, str | bytes | None], set[str]]] = [
    ("nothing", {}, set()),
    ("text", {"a.md": f"{VAULT['a.md']}\nMore words.\n"}, {"note a", "markdown a"}),
    ("heading", {"a.md": f"{VAULT['a.md']}\n## More\n"}, {"note a", "markdown a"}),
    ("a line above a link", {"a.md": str(VAULT["a.md"]).replace("It", "\n\nIt")},
     {"note a", "markdown a"}),
    ("sentence", {"a.md": str(VAULT["a.md"]).replace("extends", "uses")},
     {"note a", "markdown a", "note b", "home"}),
    ("title", {"c.md": str(VAULT["c.md"]).replace(": C", ": See")},
     {"note c", "markdown c", "tag tag", "tag other", "notes", *CATALOGUES}),
    ("title of what the front page shows", {"b.md": B.replace(": B", ": Bee")},
     {"note b", "note a", "markdown a", "markdown b", "topic x", "topic x/y", "year 2017", "home",
      "notes", "author Ada Lovelace", "topic-feed x", "topic-feed x/y", *FOR_MACHINES}),
    ("status", {"c.md": str(VAULT["c.md"]).replace("tags", "status: read\ntags")},
     {"note c", "markdown c", "tag tag", "tag other", *LISTS, *FOR_MACHINES}),
    ("attachment", {"p.png": b"another"}, {"file p.png", "note b"}),  # which says its size
    ("file that nobody links to", {"q.png": b"Q"}, set()),
    ("dangling link that finds a note", {"gone.md": "# Gone"},
     {"note c", "note gone", "markdown c", "markdown gone", *LISTS, *FOR_MACHINES}),
    ("template", {"templates/pages/404.html": "gone"}, {
        "home", "notes", "note a", "note b", "note c", "topics", "topic x", "topic x/y", "tags",
        "tag tag", "tag other", "authors", "author Ada Lovelace", "years", "year 2017", "404",
        "venues", "results", "status", "missing",
        "markdown a", "markdown b", "markdown c", "topic-feed x", "topic-feed x/y", *FOR_MACHINES,
        "file p.png", "nojekyll", "words", "STATIC"}),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "pages"), [row[1:] for row in EDITS], ids=[r[0] for r in EDITS])
def test_an_edit_makes_those_pages_again_of_which_it_changed_a_fact(
    rebuild: Rebuild, edit: dict[str, str | bytes | None], pages: set[str]
) -> None:
    made = {page for page in rebuild(edit) if page.split()[0] not in SEARCH}
    static = {page for page in made if page.startswith("static ")}
    assert made - static == pages - {"STATIC"}
    assert bool(static) == ("STATIC" in pages)


def test_sentences_that_change_places_do_so_where_they_are_shown(rebuild: Rebuild) -> None:
    rebuild({"a.md": "# A\nOne is [[b]]. Two is [[b]].\n"})
    assert "note b" in rebuild({"a.md": "# A\nTwo is [[b]]. One is [[b]].\n"})


def test_of_those_who_cite_a_note_one_part_is_made_again(
    rebuild: Rebuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "PER_PART", 2)
    monkeypatch.setattr(note, "MOST_QUOTED", 2)
    many = {f"n{year}.md": f"---\ntitle: N\nyear: {year}\n---\n[[b]]" for year in range(2000, 2006)}
    rebuild({**many})
    text = many["n2000.md"].replace(": N", ": New")
    lists = {"citing b", "citing b 2", "citing b 3"}
    assert rebuild({"n2000.md": text}) & {"note b", *lists} == {"citing b 2"}
    assert rebuild({"n2000.md": f"{text} again"}) & {"note b", *lists} == {"note b"}
    assert lists < rebuild({"n2000.md": text.replace("2000", "2020")})


def test_a_static_file_that_changed_is_copied_and_no_page_made(rebuild: Rebuild) -> None:
    assert {page.split("\x1e")[0] for page in rebuild({"templates/static/x.svg": "1"})} == {
        "static x.svg"
    }
    assert len(rebuild({"templates/static/x.svg": "22"})) == 1
    assert rebuild({"templates/static/x.svg": None}) == set()


def test_a_script_that_changed_may_say_other_words(rebuild: Rebuild) -> None:
    made = rebuild({"templates/static/x.js": "1"})
    assert {page.split()[0] for page in made} == {"static", "words"}


def test_a_page_that_somebody_changed_is_made_again_and_no_other(
    rebuild: Rebuild, tmp_path: Path
) -> None:
    (tmp_path / "site" / "notes" / "a.html").write_text("somebody else's")
    (tmp_path / "site" / "index.html").unlink()
    assert rebuild({}) == {"note a", "home"}
    os.utime(tmp_path / "site" / "notes" / "a.html", (1, 1))
    assert rebuild({}) == {"note a"}
    assert rebuild({}) == set()


def test_notes_that_are_read_between_two_builds_are_not_forgotten(
    rebuild: Rebuild, tmp_path: Path
) -> None:
    for text in ("One.", "Two.", "Three."):
        write_files(tmp_path / "vault", {"a.md": f"# A\n{text}", "new.md": f"# New\n{text}"})
        load_indexed(tmp_path / "vault").close()  # as `paperkb list` does
    assert {"note a", "note b", "note new"} <= rebuild({})


def test_the_first_note_of_an_empty_vault_is_published(tmp_path: Path) -> None:
    root, out = tmp_path / "vault", tmp_path / "site"
    write_files(root, {"r.bib": "@misc{x, title={X}}"})
    build_site(load_indexed(root), out)
    for names in (("a.md",), ("b.md", "c.md"), ()):
        for path in root.glob("*.md"):
            path.unlink()
        write_files(root, {name: f"# {name}\n#tag [@x]" for name in names})
        build_site(load_indexed(root), out)
        build_site(load(root), tmp_path / "clean")
        assert files(out) == files(tmp_path / "clean")


def test_where_too_many_facts_changed_everything_is_made_again(
    rebuild: Rebuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_MOST_CELLS", 0)
    assert {"404", "note c"} <= rebuild({"a.md": "# A changed"})


def test_an_index_that_is_lost_costs_time_only(rebuild: Rebuild, tmp_path: Path) -> None:
    for file in (tmp_path / "vault" / ".paperkb").iterdir():
        file.unlink()
    before = (tmp_path / "site" / "notes" / "a.html").stat().st_mtime_ns
    assert "note a" in rebuild({})
    assert (tmp_path / "site" / "notes" / "a.html").stat().st_mtime_ns == before
    assert rebuild({}) == set()


def test_two_sites_of_one_vault_do_not_mix(tmp_path: Path, composed: list[str]) -> None:
    write_files(tmp_path / "vault", VAULT)
    for text in ("one", "two", "three"):
        write_files(tmp_path / "vault", {"a.md": f"# A {text}\n"})
        for out in (tmp_path / "x", tmp_path / "y") if text != "two" else (tmp_path / "x",):
            build_site(load_indexed(tmp_path / "vault"), out)
    assert files(tmp_path / "x") == files(tmp_path / "y")
    composed.clear()
    for out in (tmp_path / "x", tmp_path / "y"):
        build_site(load_indexed(tmp_path / "vault"), out)
    assert composed == []


def test_a_template_that_fails_leaves_the_old_site_and_the_next_build_repairs(
    rebuild: Rebuild, tmp_path: Path
) -> None:
    before = files(tmp_path / "site")
    write_files(tmp_path / "vault", {"templates/pages/note.html": "{{ nothing_like_this }}"})
    with pytest.raises(TemplateProblem):
        build_site(load_indexed(tmp_path / "vault"), tmp_path / "site")
    assert files(tmp_path / "site") == before
    assert "note a" in rebuild({"templates/pages/note.html": "{{ title }}"})


def test_an_edit_that_another_process_reads_while_the_site_is_built_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = tmp_path / "vault", tmp_path / "site"
    write_files(root, VAULT)
    library = load_indexed(root)
    original = renew.Renewal.run

    def run(self: renew.Renewal, look: Callable[[], set[str]]) -> Any:
        written = original(self, look)
        if not (root / "late.md").exists():
            write_files(root, {"late.md": "# Late\n[[a]]"})
            load_indexed(root).close()
        return written

    monkeypatch.setattr(renew.Renewal, "run", run)
    build_site(library, out)
    build_site(load(root), tmp_path / "clean")
    assert files(out) == files(tmp_path / "clean")


def test_a_library_that_follows_the_files_needs_no_reopening(tmp_path: Path) -> None:
    """What a server does: one index, refreshed and built from again and again."""
    root, out = tmp_path / "vault", tmp_path / "site"
    write_files(root, VAULT)
    library = load_indexed(root)
    for text in ("# A\n[[b]]", "# A\n#other", "# A\n[[c]]"):
        write_files(root, {"a.md": text})
        with Workers(1) as workers:
            refresh(library.index, root, library.settings, workers)
        build_site(library, out)
        build_site(load(root), tmp_path / "clean")
        assert files(out) == files(tmp_path / "clean")


def test_the_number_of_processes_changes_no_byte(tmp_path: Path, composed: list[str]) -> None:
    root = tmp_path / "vault"
    count = renew.PARALLEL_FROM + 50
    notes = {
        f"n{n}.md": f"---\nyear: {1950 + n % 70}\nauthors: [Ada B{n % 9}]\n---\n"
        f"[[n{n + 1}]] #t/{n % 5}"
        for n in range(count)
    }
    write_files(root, {**notes, "s.md": "---\nprivate: true\n---\n[[n1]]", "n3.md": "[[s]] [[n4]]"})
    built: list[Built] = []
    for jobs in (1, 2):
        composed.clear()
        built.append(build_site(load_indexed(root), tmp_path / f"site-{jobs}", jobs=jobs))
        assert (len(composed) > count) == (jobs == 1)  # else it happened elsewhere
    assert files(tmp_path / "site-1") == files(tmp_path / "site-2")
    assert built[0].written == built[1].written
    composed.clear()
    assert build_site(load_indexed(root), tmp_path / "site-2", jobs=2).written.written == 0
    assert composed == []
