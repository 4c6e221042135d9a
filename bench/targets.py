"""What paperkb promises, as ratios within one run: the rows of the table, met or not met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.outcome import Outcome
from bench.own import Own

REFERENCE = 10_000  # the size that targets speak of
LARGE = 100_000
MB = 10**6
PEAKS = {REFERENCE: 600 * MB, LARGE: 3000 * MB}
BESIDE = {"Hugo": 0.5, "Hugo + Pagefind": 0.25}
GROWTH = 12.0
SHORT = 6.0


@dataclass(frozen=True)
class Run:
    """What was measured with vaults of one size."""

    size: int
    own: Own
    peers: dict[str, Outcome] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A figure of paperkb beside another; both in the same unit, seconds or bytes."""

    what: str
    own: float
    beside: str
    other: float
    limit: float  # the ratio that was promised
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """How many times the other figure ours is."""
        return self.own / self.other

    @property
    def met(self) -> bool:
        """Whether the promise is kept."""
        return self.ratio <= self.limit


def rows(runs: dict[int, Run]) -> Iterator[Row]:
    """Every promise that these runs can judge."""
    if reference := runs.get(REFERENCE):
        yield from _builds(reference)
        yield from _commands(reference.own)
    for size, peak in PEAKS.items():
        if run := runs.get(size):
            own = run.own
            builds = (own.cold.measure, own.unchanged, *own.edits.values())
            held = max(build.peak for build in builds)
            yield Row(f"peak memory, {size:,} notes", held, "promised", peak, 1.0, "B")
    if reference and (large := runs.get(LARGE)):
        yield from _growth(reference.own, large.own)


def _builds(run: Run) -> Iterator[Row]:
    own, cold = run.own, run.own.cold.measure.seconds
    for name, limit in BESIDE.items():
        if peer := run.peers.get(name):
            yield Row("cold build", cold, name, peer.measure.seconds, limit)
    hugo = run.peers.get("Hugo")
    for edit, measure in own.edits.items():
        if hugo:
            yield Row(edit, measure.seconds, "Hugo", hugo.measure.seconds, 1 / 30)
        yield Row(edit, measure.seconds, "own cold build", cold, 1 / 20)
    if hugo:
        seconds = own.unchanged.seconds
        yield Row("nothing changed", seconds, "Hugo", hugo.measure.seconds, 1 / 60)


def _commands(own: Own) -> Iterator[Row]:
    for name, seconds in own.commands.items():
        yield Row(f"`paperkb {name}`", seconds, '`python -c "import click"`', own.floor, SHORT)


def _growth(small: Own, large: Own) -> Iterator[Row]:
    """Ten times the notes: the work may grow a little faster than they do."""
    beside = f"{REFERENCE:,} notes"
    was, now = small.cold.measure, large.cold.measure
    yield Row(f"cold build, {LARGE:,} notes", now.seconds, beside, was.seconds, GROWTH)
    for edit, measure in large.edits.items():
        was = small.edits[edit]
        what = f"{edit}, {LARGE:,} notes"
        yield Row(what, measure.seconds, beside, was.seconds, GROWTH)
