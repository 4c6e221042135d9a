"""How far a long command is: a bar on a terminal after a second, and what each step took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from paperkb.watch import Watch

PATIENCE = 1.0
"""Seconds of work that nobody wants to hear of."""


class TerminalWatch(Watch):
    """Shows progress on stderr while it is a terminal, and keeps the times of the steps."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int, float]] = []
        """(step, parts, seconds) of what is done."""
        self._began = time.perf_counter()
        self._is_shown = sys.stderr.isatty()
        self._bar: Any = None
        self._task: Any = None
        self._step = ("", 0, 0)

    @contextmanager
    def step(self, name: str, total: int = 0) -> Iterator[None]:
        """Time a step, and show it if the work takes long enough."""
        began = time.perf_counter()
        self._step = (name, total, 0)
        self._task = None
        self._show()
        try:
            yield
        finally:
            self.taken.append((name, total, time.perf_counter() - began))
            if self._task is not None:
                self._bar.remove_task(self._task)
                self._task = None

    def advance(self, parts: int = 1) -> None:
        """Move the bar."""
        name, total, done = self._step
        self._step = (name, total, done + parts)
        if self._task is not None:
            self._bar.advance(self._task, parts)
        else:
            self._show()

    def __enter__(self) -> TerminalWatch:
        """The bar goes with the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def print_timings(self) -> None:
        """Where the time went, on stderr: a line a step."""
        for name, total, seconds in self.taken:
            click.echo(f"{seconds:8.3f} s  {name}{f' ({total:,})' if total else ''}", err=True)
        click.echo(f"{time.perf_counter() - self._began:8.3f} s  in all", err=True)

    def _show(self) -> None:
        if not self._is_shown or time.perf_counter() - self._began < PATIENCE:
            return
        if self._bar is None:
            self._bar = _make_bar()
            self._bar.start()
        name, total, done = self._step
        self._task = self._bar.add_task(name, total=total or None, completed=done)


def _make_bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
