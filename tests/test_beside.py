"""One process beside this one; where there can be none, its work is done here."""

from __future__ import annotations

import json
import os
import signal
import threading
from contextlib import closing
from pathlib import Path

import pytest

from paperkb.beside import Beside, Turns, aside, can_fork


def test_one_piece_of_work_is_done_beside_all_else() -> None:
    result = aside(lambda: b"done by %d" % os.getpid())
    assert result.result().startswith(b"done by ")
    large = aside(lambda: b"x" * 1_000_000)  # more than a pipe holds
    assert len(large.result()) == 1_000_000


def test_who_is_ready_beside_does_what_it_is_told() -> None:
    ready: list[int] = []

    def work(task: bytes) -> bytes:
        return b"%d %d" % (len(ready), len(task))

    beside = Beside(lambda: ready.append(1), work)
    other = Beside(lambda: None, work)  # holds what this process holds, and sees no end of it
    beside.begin(b"x" * 1_000_000)
    assert beside.result() == (b"1 1000000" if can_fork() else b"0 1000000")
    assert ready == []
    other.close()


def test_who_is_dismissed_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, started = os.fork, list[int]()

    def told() -> int:
        child = fork()
        started.append(child)
        return child

    monkeypatch.setattr(os, "fork", told)
    monkeypatch.setattr("paperkb.beside.can_fork", lambda: True)
    Beside(lambda: None, lambda task: task).close()
    with pytest.raises(ChildProcessError):
        os.waitpid(started[0], os.WNOHANG)


def test_who_cannot_get_ready_leaves_the_work_to_this_process() -> None:
    def fails() -> None:
        raise ValueError

    beside = Beside(fails, lambda task: task * 2)
    beside.begin(b"x" * 1_000_000)  # more than waits in a pipe that nobody reads
    assert len(beside.result()) == 2_000_000


def test_who_is_told_and_then_let_go_leaves_nothing_open() -> None:
    before = len([*Path("/proc/self/fd").iterdir()]) if can_fork() else 0
    for is_told in (True, False):
        beside = Beside(lambda: None, lambda task: task)
        if is_told:
            beside.begin(b"task")
        beside.close()
        beside.close()
    assert not can_fork() or len([*Path("/proc/self/fd").iterdir()]) == before


def test_each_turn_is_taken_once_by_whoever_is_free() -> None:
    with closing(Turns(1000)) as turns:
        first = next(iter(turns))
        beside = aside(lambda: json.dumps([*turns]).encode())
        here = list(turns)
        there = json.loads(beside.result())
        assert sorted([first, *here, *there]) == list(range(1000))
        assert list(turns) == []


def test_where_processes_that_end_are_forgotten_the_work_is_done_here() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert aside(lambda: b"done").result() == b"done"
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_work_that_fails_beside_is_done_here() -> None:
    here = os.getpid()

    def work() -> bytes:
        if os.getpid() != here:
            raise ValueError
        return b"here"

    assert aside(work).result() == b"here"


def test_work_that_is_killed_beside_is_done_here() -> None:
    here = os.getpid()

    def work() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"here"

    assert aside(work).result() == b"here"


def test_with_one_core_work_is_done_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperkb.beside.cores", lambda: 1)
    assert aside(lambda: b"%d" % os.getpid()).result() == b"%d" % os.getpid()


def test_where_there_are_threads_no_process_goes_on_from_here() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    result = aside(lambda: b"%d" % os.getpid()).result()
    done.set()
    other.join()
    assert result == b"%d" % os.getpid()


def test_where_no_process_may_be_started_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    assert aside(lambda: b"%d" % os.getpid()).result() == b"%d" % os.getpid()
