"""Run a program and say how long it took, and how much memory all its processes held together."""

# ruff: noqa: S603 - the programs that run here are those that the benchmark names

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import psutil

INTERVAL = 0.05
ENOUGH = 60.0  # seconds: what takes longer is not run again
SHORT = 1.5  # seconds
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


def run(command: Sequence[str | Path], *, folder: Path, log: Path, watched: bool) -> Measure:
    """Run a command in ``folder``, its words into ``log``; one that fails ends the benchmark. Only
    if it is ``watched``, which takes some of its time, the memory of all its processes is known."""
    os.sync()  # what was written before is not this command's work
    with log.open("wb") as words:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=words, stderr=words)
        sampler = PeakSampler(process.pid) if watched else None
        if sampler:
            sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with {process.returncode}; see {log}")
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else KIB)
    return Measure(seconds, max(sampler.stop() if sampler else 0, largest), largest)


def seconds_of(command: Sequence[str | Path], *, folder: Path) -> float:
    """How long a short command takes, with nothing that watches it."""
    start = time.perf_counter()
    subprocess.run(
        command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    return time.perf_counter() - start


def repeat(runs: int, once: Callable[[bool], Measure]) -> Measure:
    """The memory of a run that is watched, and the median time of ``runs`` that are not; three
    times as many of what is ``SHORT``, and fewer of what takes long: no other than the first, if
    that took a minute."""
    watched = once(True)
    if watched.seconds >= ENOUGH:
        return watched
    number = runs if watched.seconds > SHORT else 3 * runs
    times: list[float] = []
    while len(times) < number and sum(times) < ENOUGH:
        times.append(once(False).seconds)
    return replace(watched, seconds=median(times))


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
