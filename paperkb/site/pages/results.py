"""Leaderboards: for each task and dataset, what the notes say was measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite

from paperkb.library.names import result_name
from paperkb.model import Result
from paperkb.site.cards import Card
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.paging import years
from paperkb.site.words import InterfaceText

SIGNS = 10
"""Significant digits of a value that are shown: all that anybody writes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A measured value; ``place`` counts equal values once, the best is 1."""

    place: int
    card: Card
    value: str


@dataclass(frozen=True, slots=True)
class Board:
    """The values of one metric, the best first."""

    metric: str
    higher_is_better: bool
    rows: tuple[Row, ...]


def compose_index(context: SiteContext, _page: PageId) -> Page:
    """``results/index.html``: tasks, with their datasets."""
    boards = [group for group in context.groups("result") if "/" in group.name]
    tasks = [
        (
            task,
            [(b.label.partition("/")[2], b.path, b.size, years(b.first, b.last)) for b in datasets],
        )
        for task, datasets in groupby(boards, key=lambda board: board.label.partition("/")[0])
    ]
    return Page(
        "results/index.html", "results.html", {"title": InterfaceText("Results"), "tasks": tasks}
    )


def plan(context: SiteContext) -> Iterator[PageId]:
    """One page for every dataset of a task."""
    return (PageId("result", g.name) for g in context.groups("result") if "/" in g.name)


def compose(context: SiteContext, page: PageId) -> Page:
    """The leaderboard of a task and dataset."""
    measured: dict[tuple[str, bool], list[tuple[Result, str]]] = defaultdict(list)
    spelled: dict[tuple[str, bool], str] = {}
    for member in context.lists.members("result", page.name):
        note = context.note(member.key)
        for row in note.fields.results if note else ():
            if result_name(row.task, row.dataset).casefold() == page.name:
                metric = " ".join(row.metric.split())
                key = (metric.casefold(), row.higher_is_better)
                spelled.setdefault(key, metric)
                measured[key].append((row, member.key))
    task, _, dataset = context.label("result", page.name).partition("/")
    order = sorted(measured, key=lambda key: (-len(measured[key]), key))
    data = {
        "title": f"{task}: {dataset}",
        "task": task,
        "dataset": dataset,
        "boards": [_board(context, spelled[key], key[1], measured[key]) for key in order],
    }
    return Page(context.group_path("result", page.name), "result.html", data)


INDEX = PageKind(only(PageId("results")), compose_index)
KIND = PageKind(plan, compose)


def _board(
    context: SiteContext, metric: str, higher: bool, found: Sequence[tuple[Result, str]]
) -> Board:
    sign = -1 if higher else 1
    numbers = [(row.value, key) for row, key in found if isfinite(row.value)]
    numbers.sort(key=lambda one: sign * one[0])  # equal ones as they came: in order of time
    rows: list[Row] = []
    for place, (value, key) in enumerate(numbers, 1):
        shown = f"{value:.{SIGNS}g}"
        same = rows and rows[-1].value == shown
        rows.append(Row(rows[-1].place if same else place, context.card(key), shown))
    return Board(metric, higher, tuple(rows))
