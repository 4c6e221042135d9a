"""Whole sites: every link resolves, nothing private or foreign is in them, hostile text is text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperkb.library.discover import SITE_MANIFEST
from paperkb.site.build import build_site
from tests.site.conftest import Site
from tests.site.crawl import faults, files, read_page, read_site
from tests.site.nasty import HOSTILE, NAMES
from tests.vaults import EXAMPLE_VAULT, load

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
