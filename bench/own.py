"""paperkb itself: builds from nothing, after an edit and with nothing changed; short commands."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

from bench.measure import Measure, repeat, run, seconds_of
from bench.outcome import Outcome, expect, gzipped, outcome, remove

RESULTS = 8  # what the dialog shows
NAME = "paperkb"
SHORT_RUNS = 11

_NUMBER = re.compile(r"\D(\d+)$")
_TITLE = re.compile(r"^title: (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Own:
    """What paperkb did with one vault."""

    cold: Outcome
    unchanged: Measure
    edits: dict[str, Measure]
    commands: dict[str, float] = field(default_factory=dict)
    floor: float = 0.0  # seconds: an interpreter that starts and imports click


@dataclass(frozen=True)
class Program:
    """The paperkb that is measured, by the path of its command."""

    command: Path

    @property
    def python(self) -> Path:
        """The interpreter that runs it."""
        return self.command.with_name("python")

    def at(self, vault: Path) -> tuple[str | Path, ...]:
        """The command, for a vault that is named: the reader's environment does not matter."""
        return self.command, "-C", vault

    def build(self, vault: Path, *, watched: bool = False) -> Measure:
        """Build the vault's site, from whatever is there."""
        command, log = (*self.at(vault), "build"), vault.with_suffix(".log")
        return run(command, folder=vault, log=log, watched=watched)

    def build_cold(self, vault: Path, *, watched: bool) -> Measure:
        """Build with neither site nor index from before."""
        remove(vault / "site", vault / ".paperkb")
        return self.build(vault, watched=watched)

    def has(self, name: str) -> bool:
        """Whether there is such a command."""
        asked = subprocess.run((self.command, name, "--help"), check=False, capture_output=True)  # noqa: S603 - our own
        return asked.returncode == 0


def measure(program: Program, vault: Path, size: int, runs: int) -> Own:
    """Everything that the tables say of paperkb."""
    result = repeat(runs, lambda watched: program.build_cold(vault, watched=watched))
    site = vault / "site"
    expect(NAME, _note_pages(site), size)
    note = _middle(vault, size)
    return Own(
        cold=outcome(NAME, result, site, search_payload(site)),
        unchanged=repeat(runs, lambda watched: program.build(vault, watched=watched)),
        edits={
            "sentence added": _edited(program, vault, note, runs, _with_sentence),
            "title changed": _edited(program, vault, note, runs, _with_title),
        },
        commands=_short_commands(program, vault, note),
        floor=_median_of((program.python, "-c", "import click"), vault),
    )


def search_payload(site: Path) -> int:
    """What a first search on the site downloads, compressed: the engine, where everything is, one
    shard of entries (the largest), a part of an order, a page of results (the first), and the words
    that these have in short."""
    folder = site / "search"
    scripts = [path for path in (site / "static").glob("search-*.js") if "page" not in path.name]
    shard = max((folder / "terms").iterdir(), key=lambda path: path.stat().st_size)
    results = sorted((folder / "notes").iterdir())[:RESULTS]
    others = (folder / "meta.js", shard, folder / "order" / "key-0.js", folder / "shorthand.js")
    return sum(gzipped([path]) for path in (*scripts, *others, *results))


def _edited(
    program: Program, vault: Path, note: Path, runs: int, edit: Callable[[str, int], str]
) -> Measure:
    """Builds after an edit that was never seen before; the note is put back at the end."""
    with _put_back(note) as text:
        numbers = count(1)

        def once(watched: bool) -> Measure:
            note.write_text(edit(text, next(numbers)), encoding="utf-8")
            return program.build(vault, watched=watched)

        result = repeat(runs, once)
    program.build(vault)
    return result


@contextmanager
def _put_back(note: Path) -> Iterator[str]:
    text = note.read_text(encoding="utf-8")
    try:
        yield text
    finally:
        note.write_text(text, encoding="utf-8")


def _with_sentence(text: str, number: int) -> str:
    return f"{text.rstrip()} Read for time {number}.\n"


def _with_title(text: str, number: int) -> str:
    return _TITLE.sub(rf"title: \1, edition {number}", text, count=1)


def _middle(vault: Path, size: int) -> Path:
    """The note in the middle of the vault, by the number that its key ends with."""
    for path in (vault / "papers").glob("*.md"):
        number = _NUMBER.search(path.stem)
        if number and int(number[1]) == size // 2:
            return path
    raise SystemExit(f"{vault} has no note number {size // 2}")


def _short_commands(program: Program, vault: Path, note: Path) -> dict[str, float]:
    """The median seconds of commands that answer from the index."""
    title = _TITLE.search(note.read_text(encoding="utf-8"))
    assert title is not None
    commands = {"list": ("list",), "show KEY": ("show", note.stem)}
    if program.has("search"):
        commands["search WORD"] = ("search", title[1].split()[0])
    return {
        name: _median_of((*program.at(vault), *words), vault) for name, words in commands.items()
    }


def _median_of(command: tuple[str | Path, ...], vault: Path) -> float:
    seconds_of(command, folder=vault)  # warm
    return median(seconds_of(command, folder=vault) for _ in range(SHORT_RUNS))


def _note_pages(site: Path) -> int:
    """Pages of notes, without the parts of long lists."""
    pages = (path.stem for path in (site / "notes").glob("*.html"))
    return sum(stem != "index" and "=" not in stem for stem in pages)
