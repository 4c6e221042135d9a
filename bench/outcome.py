"""What a program made of a vault: its time and memory, its files, what a first search downloads."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Measure


@dataclass(frozen=True)
class Outcome:
    """One line of the table of programs; sizes in bytes."""

    name: str
    measure: Measure
    files: int
    size: int
    payload: int | None  # None: this program has no search


def outcome(name: str, measure: Measure, site: Path, payload: int | None) -> Outcome:
    """The outcome of a build into ``site``."""
    files = [path for path in site.rglob("*") if path.is_file()]
    return Outcome(name, measure, len(files), sum(path.stat().st_size for path in files), payload)


def gzipped(paths: Iterable[Path]) -> int:
    """How much these files are on their way to a browser, each compressed as servers do."""
    return sum(len(gzip.compress(path.read_bytes(), compresslevel=6)) for path in paths)


def remove(*paths: Path) -> None:
    """Remove files and folders, those that are there."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def expect(name: str, found: int, size: int) -> None:
    """A program that left notes out would be fast for the wrong reason."""
    if found != size:
        raise SystemExit(f"{name} made pages for {found} of {size} notes")
