"""Hugo with the theme in ``bench/hugo-theme``: shelves, backlinks, a JSON index of all notes."""

from __future__ import annotations

import shutil
from importlib.metadata import distribution
from pathlib import Path

from bench.measure import Measure, repeat, run
from bench.outcome import Outcome, expect, gzipped, outcome, remove
from bench.peers.notes import Fields, Note, front_matter, read_notes, with_links

NAME = "Hugo"
THEME = Path(__file__).parents[1] / "hugo-theme"


def measure(vault: Path, work: Path, size: int, runs: int) -> Outcome:
    """Build the vault's notes from nothing."""
    site = _prepare(vault, work)
    result = repeat(runs, lambda watched: _build(work, watched=watched))
    expect(NAME, len(list((site / "papers").glob("*/index.html"))), size)
    return outcome(NAME, result, site, gzipped([site / "index.json"]))


def site_of(work: Path) -> Path:
    """Where Hugo writes."""
    return work / "public"


def _prepare(vault: Path, work: Path) -> Path:
    papers = work / "content" / "papers"
    remove(work)
    papers.mkdir(parents=True)
    shutil.copy(THEME / "exampleSite" / "hugo.toml", work)
    for note in read_notes(vault):
        text = front_matter(_fields(note)) + with_links(note.body, "../{}/")
        (papers / f"{note.key}.md").write_text(text, encoding="utf-8")
    return site_of(work)


def _build(work: Path, *, watched: bool) -> Measure:
    """One cold build: no output, no resources and no cache from before."""
    cache = work / "cache"
    remove(site_of(work), work / "resources", cache)
    command = (_binary(), "build", "--themesDir", THEME.parent, "--cacheDir", cache)
    return run(command, folder=work, log=work / "hugo.log", watched=watched)


def _binary() -> Path:
    """The program itself: the Python script that starts it would add its own time."""
    return Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))


def _fields(note: Note) -> Fields:
    """The note's fields under Hugo's names; each topic with the shelf above, as paperkb has it."""
    fields = note.fields
    topic = fields["topics"][0]
    same = ("title", "authors", "tags", "arxiv", "venue", "status")
    return {
        **{name: fields[name] for name in same},
        "date": fields["added"],
        "years": [str(fields["year"])],
        "topics": [topic.split("/")[0], topic],
        "summary": fields["tldr"],
    }
