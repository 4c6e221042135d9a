"""Pagefind, which makes full-text search of what Hugo wrote."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import mean

from pagefind_bin import get_executable

from bench.measure import Measure, repeat, run
from bench.outcome import Outcome, expect, gzipped, outcome, remove
from bench.peers import hugo

NAME = "Hugo + Pagefind"
RESULTS = 5  # a first page of results, as Pagefind's own interface shows


def measure(before: Outcome, work: Path, size: int, runs: int) -> Outcome:
    """Index the site that Hugo left in ``work``; the time is that of both."""
    site = hugo.site_of(work)
    result = repeat(runs, lambda watched: _index(site, work / "pagefind.log", watched=watched))
    entry = json.loads((site / "pagefind" / "pagefind-entry.json").read_bytes())
    expect(NAME, sum(each["page_count"] for each in entry["languages"].values()), size)
    payload = _first_query(site / "pagefind")
    return outcome(NAME, before.measure.then(result), site, payload)


def _index(site: Path, log: Path, *, watched: bool) -> Measure:
    remove(site / "pagefind")
    return run((get_executable(), "--site", site), folder=site, log=log, watched=watched)


def _first_query(folder: Path) -> int:
    """Program, entry, meta data, one piece of the index and a page of results.

    Pieces and results are Pagefind's average ones. All but the JavaScript and the entry is stored
    compressed.
    """
    scripts = [folder / name for name in ("pagefind.js", "pagefind-worker.js")]
    stored = [folder / "wasm.en.pagefind", *folder.glob("*.pf_meta")]
    piece = mean(path.stat().st_size for path in (folder / "index").iterdir())
    result = mean(path.stat().st_size for path in (folder / "fragment").iterdir())
    return (
        gzipped([*scripts, folder / "pagefind-entry.json"])
        + sum(path.stat().st_size for path in stored)
        + round(piece + RESULTS * result)
    )
