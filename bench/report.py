"""The run as tables of Markdown, whose columns line up, so that a terminal shows them too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.outcome import Outcome
from bench.own import Own
from bench.targets import MB, Row, Run, rows

Facts = Sequence[tuple[str, str]]

_PROMISES = ("paperkb", "figure", "beside", "figure", "ratio", "target", "")
_PROGRAMS = (
    "cold build",
    "time",
    "paperkb / this",
    "peak memory",
    "one process",
    "files",
    "output",
    "first search",
)
_OWN = ("paperkb", "time", "peak memory")


def report(runs: dict[int, Run], facts: Facts) -> str:
    """All tables of a run: promises, programs, paperkb's own builds, where it ran."""
    sections = {"Ratios and targets": _promises(rows(runs))} if any(rows(runs)) else {}
    for run in runs.values():
        sections[f"{run.size:,} notes"] = [*_programs(run), "", *_own(run.own)]
    sections["Machine and versions"] = _table(("what", "which"), facts)
    return "\n\n".join("\n".join((f"### {title}", "", *lines)) for title, lines in sections.items())


def _promises(promises: Iterable[Row]) -> list[str]:
    return _table(_PROMISES, [_promise(row) for row in promises])


def _promise(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        _figure(row.own, row.unit),
        row.beside,
        _figure(row.other, row.unit),
        _ratio(row.ratio),
        f"≤ {_ratio(row.limit)}",
        "met" if row.met else "not met",
    )


def _programs(run: Run) -> list[str]:
    cold = run.own.cold
    return _table(_PROGRAMS, [_program(each, cold) for each in (cold, *run.peers.values())])


def _program(made: Outcome, own: Outcome) -> tuple[str, ...]:
    return (
        made.name,
        _seconds(made.measure.seconds),
        _ratio(own.measure.seconds / made.measure.seconds),
        _bytes(made.measure.peak),
        _bytes(made.measure.largest),
        f"{made.files:,}",
        _bytes(made.size),
        "—" if made.payload is None else _bytes(made.payload),
    )


def _own(own: Own) -> list[str]:
    builds = {"nothing changed": own.unchanged, **own.edits}
    floor = ('`python -c "import click"`', _seconds(own.floor), "")
    return _table(
        _OWN,
        [
            *((name, _seconds(each.seconds), _bytes(each.peak)) for name, each in builds.items()),
            *((f"`paperkb {name}`", _seconds(each), "") for name, each in own.commands.items()),
            floor,
        ],
    )


def _figure(value: float, unit: str) -> str:
    return _seconds(value) if unit == "s" else _bytes(value)


def _seconds(value: float) -> str:
    return f"{value:.3f} s" if value < 1 else f"{value:.1f} s"


def _bytes(value: float) -> str:
    """A million bytes are a MB."""
    return f"{value / MB:,.0f} MB" if value >= 10 * MB else f"{value / 1000:,.0f} kB"


def _ratio(ratio: float) -> str:
    """``0.42 ×``; below a tenth as a fraction, since that is how the targets are said."""
    if ratio >= 0.1:
        return f"{ratio:.2f} ×"
    return f"1/{1 / ratio:.1f} ×".replace(".0 ", " ")


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> list[str]:
    body = [head, *lines]
    widths = [max(map(len, column)) for column in zip(*body, strict=True)]

    def row(cells: Sequence[str]) -> str:
        return f"| {' | '.join(map(str.ljust, cells, widths))} |"

    return [row(head), row(["-" * width for width in widths]), *map(row, body[1:])]
