"""Whole sites: every link resolves, nothing private or foreign is in them, hostile text is text."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from paperkb.library import changes
from paperkb.library.discover import SITE_MANIFEST
from paperkb.library.load import refresh
from paperkb.site import make, renew
from paperkb.site.build import Built, build_site
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId
from paperkb.site.templates import TemplateProblem
from paperkb.workers import Workers
from tests.site.conftest import SEARCH, Site
from tests.site.crawl import faults, files, read_page, read_site
from tests.site.nasty import HOSTILE, NAMES
from tests.vaults import EXAMPLE_VAULT, load, load_indexed, write_files

MARKS = ("<script>alert", "<img src=x", "<b>", "<i>", "<u>venue", "<em>tldr", "<iframe")


def test_the_crawler_sees_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.html").write_text('<p id="x">b</p><a href="../a.html#y">a</a>')
    (tmp_path / "a.html").write_text(
        '<p id="y"></p><p id="y"></p><a href="no.html"></a><a href="/x"></a><a href="sub/b.html#z">'
        '<img src="https://x.org/t.png"><a href="javascript:x"></a><a href=""></a><a href="#q"></a>'
        '<i onclick="x()"></i><a href="sub/b.html#x"></a><a href="https://fine.org"></a>'
        '<script src="s.js"></script>'
    )
    assert faults(tmp_path) == [
        "a.html: id «y» twice",
        "a.html: an attribute onclick",
        "a.html: no.html leads to no file",
        "a.html: /x is absolute; a site under /repo/ has no such file",
        "a.html: sub/b.html#z names no id of sub/b.html",
        "a.html: links to javascript:x, which no reader should follow",
        "a.html: '' leads nowhere",
        "a.html: #q names no id of a.html",
        "a.html: loads https://x.org/t.png from another origin",
        "a.html: s.js leads to no file",
    ]


def test_the_example_vault_has_no_faults(example_site: Path) -> None:
    pages = read_site(example_site)
    assert len(pages) > 400
    assert faults(example_site) == []


def test_a_nasty_vault_still_builds_and_every_link_resolves(nasty_site: Path) -> None:
    assert faults(nasty_site) == []
    titles = {page.text.split(" · ")[0].strip() for page in read_site(nasty_site).values()}
    assert {f"Note {number}" for number in range(len(NAMES))} <= titles


@pytest.mark.parametrize(
    "name", ["Latin name", "Another latin name", "Caf\ufffd", "Sixteen", "BOM"]
)
def test_notes_with_odd_bytes_are_there(nasty_site: Path, name: str) -> None:
    titles = {page.text.split(" · ")[0].strip() for page in read_site(nasty_site).values()}
    assert name in titles


def test_two_files_that_differ_in_case_are_two_files(nasty_site: Path) -> None:
    images = read_page((nasty_site / "notes/uses.html").read_text()).resources
    read = [(nasty_site / "notes" / src).read_bytes() for src in images if "fig" in src.lower()]
    assert read == [b"PNG", b"PNG2", b"PNG3", b"P"]


def test_hostile_text_is_only_text(nasty_site: Path) -> None:
    for path in nasty_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert [mark for mark in MARKS if mark in html] == [], path
    hostile = read_page((nasty_site / "notes/hostile.html").read_text()).text
    for text in HOSTILE.values():
        assert text in hostile


def test_no_unsafe_address_is_offered(nasty_site: Path) -> None:
    for page in read_site(nasty_site).values():
        for address in (*page.links, *page.resources):
            assert not address.lower().startswith(("javascript:", "data:", "file:", "vbscript:"))
            assert "etc/passwd" not in address


def test_nothing_from_outside_the_vault_is_published(nasty_site: Path) -> None:
    for path in nasty_site.rglob("*"):
        assert "stolen" not in path.name.lower()
        assert not path.is_file() or b"Stolen" not in path.read_bytes()


PRIVATE = {
    "undercover.md": """---
private: true
title: Clandestine Study
aliases: [codename]
year: 1901
authors: [Mata Hari]
tags: [espionage]
topics: [spycraft]
venue: Backroom
arxiv: "0906.5555"
doi: 10.5555/microfilm
tldr: Invisible ink.
added: 2024-01-01
---
#moles [[open]] ![](sketch.png) [@known1999]
""",
    "draft.md": "---\ndraft: true\ntitle: Drafty Thing\n---\nx",
    "x/twin.md": "---\nprivate: true\n---\n",
    "y/twin.md": "---\nprivate: true\n---\n",
    "sketch.png": b"SKETCH",
    "refs.bib": "@misc{known1999, title={Only The Spy Cites This}}",
    "open.md": """# Open
See [[undercover]], [[codename]], ![[undercover]], [@undercover], @undercover,
[here](undercover.md), [[twin]], [[undercover#x]], [[UNDERCOVER]] and [also](./undercover#y).

<a href='undercover.md'>raw</a> [[other]] is like [[undercover]].

%% ask the moles about [[undercover]] %% <!-- espionage --> | [[undercover]] | [[twin\\|x]] |
""",
    "other.md": "# Other\ntext",
    "defined.md": "# Defined\n[text][r]\n\n[r]: undercover.md\n",
}
TRACES = (
    "undercover", "clandestine", "codename", "1901", "mata hari", "hari", "espionage", "spycraft",
    "backroom", "moles", "sketch", "drafty", "twin", "only the spy",
    "0906.5555", "microfilm", "invisible ink",
)  # fmt: skip


def test_private_notes_leave_no_trace(site: Site) -> None:
    out = site(PRIVATE)
    assert faults(out) == []
    for path in out.rglob("*"):
        name = path.relative_to(out).as_posix().lower()
        text = path.read_bytes().decode("utf-8", "replace").lower() if path.is_file() else ""
        if path.name == SITE_MANIFEST:  # hashes and sizes may spell any number
            text = " ".join(json.loads(text)["pages"])
        assert [trace for trace in TRACES if trace in name or trace in text] == [], path


def test_making_a_note_private_removes_what_was_published(site: Site, tmp_path: Path) -> None:
    public = {**PRIVATE, "undercover.md": str(PRIVATE["undercover.md"]).replace("true", "false")}
    out = site(public)
    assert (out / "notes/undercover.html").exists()
    assert (out / "tags/espionage.html").exists()
    test_private_notes_leave_no_trace(site)


def test_no_byte_of_a_vault_changes(tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in EXAMPLE_VAULT.rglob("*")}
    build_site(load(EXAMPLE_VAULT), tmp_path / "site")
    assert {path: path.stat().st_mtime_ns for path in EXAMPLE_VAULT.rglob("*")} == before


def test_an_empty_vault_is_a_site(site: Site) -> None:
    out = site({})
    assert faults(out) == []
    assert (out / "index.html").exists()


def test_counts_say_what_was_built(site: Site, tmp_path: Path) -> None:
    site({"a.md": "# A"})
    built = build_site(load(tmp_path / "vault"), tmp_path / "site")
    assert built.pages == len(read_site(tmp_path / "site"))
    assert (built.written.written, built.written.removed) == (0, 0)


def test_a_second_build_is_the_same_whatever_the_order_of_files(tmp_path: Path) -> None:
    """No clock, no random number, no order of a file system is in a page."""
    build_site(load(EXAMPLE_VAULT), tmp_path / "one")
    build_site(load(EXAMPLE_VAULT), tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


# What is made again


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
FOR_MACHINES = {"feed", "json-feed", "papers-bib", "papers-json", "llms"}
EDITS: list[tuple[str, dict[str, str | bytes | None], set[str]]] = [
    ("nothing", {}, set()),
    ("text", {"a.md": f"{VAULT['a.md']}\nMore words.\n"}, {"note a", "markdown a"}),
    ("heading", {"a.md": f"{VAULT['a.md']}\n## More\n"}, {"note a", "markdown a"}),
    ("a line above a link", {"a.md": str(VAULT["a.md"]).replace("It", "\n\nIt")},
     {"note a", "markdown a"}),
    ("sentence", {"a.md": str(VAULT["a.md"]).replace("extends", "uses")},
     {"note a", "markdown a", "note b", "home"}),
    ("title", {"c.md": str(VAULT["c.md"]).replace(": C", ": See")},
     {"note c", "markdown c", "tag tag", "tag other", *LISTS, *FOR_MACHINES}),
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

    def run(self: renew.Renewal) -> Any:
        written = original(self)
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
