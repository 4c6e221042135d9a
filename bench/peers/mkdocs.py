"""MkDocs Material: note pages, one page of all tags, full-text search. It has no backlinks."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.measure import Measure, repeat, run
from bench.outcome import Outcome, expect, gzipped, outcome, remove
from bench.peers.notes import Note, front_matter, read_notes, with_links

NAME = "MkDocs Material"
CONFIG = Path(__file__).with_name("mkdocs.yml")


def measure(vault: Path, work: Path, size: int, runs: int) -> Outcome:
    """Build the vault's notes from nothing."""
    site = work / "site"
    _prepare(vault, work)
    result = repeat(runs, lambda watched: _build(work, site, watched=watched))
    expect(NAME, len(list((site / "papers").glob("*/index.html"))), size)
    return outcome(NAME, result, site, gzipped(_search_files(site)))


def _prepare(vault: Path, work: Path) -> None:
    docs = work / "docs"
    remove(work)
    (docs / "papers").mkdir(parents=True)
    shutil.copy(CONFIG, work)
    (docs / "index.md").write_text("# Bench\n", encoding="utf-8")
    (docs / "tags.md").write_text("# Tags\n\n<!-- material/tags -->\n", encoding="utf-8")
    for note in read_notes(vault):
        (docs / "papers" / f"{note.key}.md").write_text(_page(note), encoding="utf-8")


def _page(note: Note) -> str:
    """Material shows title and tags; the other fields stand in the text, so that it has them."""
    fields = note.fields
    shown = {"title": fields["title"], "description": fields["tldr"], "tags": fields["tags"]}
    authors = ", ".join(fields["authors"])
    facts = f"{authors} · {fields['venue']} · {fields['year']} · {fields['status']}"
    head = f"# {fields['title']}\n\n{facts}\n\n{fields['tldr']}\n\n"
    return front_matter(shown) + head + with_links(note.body, "{}.md")


def _build(work: Path, site: Path, *, watched: bool) -> Measure:
    remove(site)
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet")
    return run(command, folder=work, log=work / "mkdocs.log", watched=watched)


def _search_files(site: Path) -> list[Path]:
    """What a first search downloads: the whole index, and the program that reads it."""
    workers = (site / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    return [site / "search" / "search_index.json", *workers]
