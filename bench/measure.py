"""Run a program and say how long it took, and how much memory all its processes held together."""

# ruff: noqa: S603 - the programs that run here are those that the benchmark names

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

INTERVAL = 0.05
ENOUGH = 60.0  # seconds: what takes longer is not run again
KIB = 1024


@dataclass(frozen=True)
class Measure:
    """One run, or the middle one of several; memory in bytes."""

    seconds: float
    peak: int  # all processes together, at the worst moment seen
    largest: int  # the largest single process

    def then(self, other: Measure) -> Measure:
        """This program and, after it, another."""
        return Measure(
            self.seconds + other.seconds,
            max(self.peak, other.peak),
            max(self.largest, other.largest),
        )


def run(command: Sequence[str | Path], *, folder: Path, log: Path) -> Measure:
    """Run a command in ``folder``, its words into ``log``; one that fails ends the benchmark."""
    os.sync()  # what was written before is not this command's work
    with log.open("wb") as words:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=words, stderr=words)
        sampler = PeakSampler(process.pid)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with {process.returncode}; see {log}")
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else KIB)
    return Measure(seconds, max(sampler.stop(), largest), largest)


def seconds_of(command: Sequence[str | Path], *, folder: Path) -> float:
    """How long a short command takes, with nothing that watches it."""
    start = time.perf_counter()
    subprocess.run(
        command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    return time.perf_counter() - start


def repeat(runs: int, once: Callable[[], Measure]) -> Measure:
    """The median time and the highest memory of ``runs`` runs; slow programs run less often."""
    measures = [once()]
    while len(measures) < runs and sum(each.seconds for each in measures) < ENOUGH:
        measures.append(once())
    return Measure(
        median(each.seconds for each in measures),
        max(each.peak for each in measures),
        max(each.largest for each in measures),
    )


class PeakSampler(threading.Thread):
    """Watches a process and all that it starts; remembers the most memory held at one time."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._done = threading.Event()
        self._peak = 0

    def run(self) -> None:
        """Look often, but spend no more than a twentieth of the time on looking."""
        pause = 0.0
        while not self._done.wait(pause):
            start = time.perf_counter()
            self._peak = max(self._peak, _held_by_tree(self._pid))
            pause = max(INTERVAL, 20 * (time.perf_counter() - start))

    def stop(self) -> int:
        """End the watch; the peak in bytes."""
        self._done.set()
        self.join()
        return self._peak


def _held_by_tree(pid: int) -> int:
    try:
        first = psutil.Process(pid)
        return sum(_held_by(each) for each in (first, *first.children(recursive=True)))
    except psutil.Error:  # it has ended meanwhile
        return 0


def _held_by(process: psutil.Process) -> int:
    """A process's share of memory: pages that several share count once between them (PSS)."""
    try:
        memory = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(memory, "pss", 0) or memory.rss)
