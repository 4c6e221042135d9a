"""Work in several processes: the results of one, in order, never too many of them waiting."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from paperkb.workers import Beside, Turns, Workers, aside, can_fork, chunks


def double(number: int) -> int:
    return number * 2


def process(_: int) -> int:
    return os.getpid()


def fail(number: int) -> int:
    if number == 3:
        raise ValueError(number)
    return number


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_results_are_in_the_order_of_the_tasks(jobs: int) -> None:
    with Workers(jobs) as workers:
        assert list(workers.map(double, range(100))) == list(range(0, 200, 2))
        assert list(workers.map(double, [])) == []


def test_one_job_stays_in_this_process_and_two_leave_it() -> None:
    with Workers(1) as one, Workers(2) as two:
        assert set(one.map(process, range(5))) == {os.getpid()}
        assert os.getpid() not in set(two.map(process, range(5)))


def test_no_number_is_as_many_as_there_are_cores() -> None:
    assert Workers().jobs >= 1
    assert Workers(7).jobs == 7


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_a_task_is_raised_here(jobs: int) -> None:
    with Workers(jobs) as workers, pytest.raises(ValueError, match="3"):
        list(workers.map(fail, range(10)))


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    with Workers(2) as workers:
        results = workers.map(double, tasks())
        assert next(results) == 0
        assert len(taken) < 20


class Counted(ThreadPoolExecutor):
    ended = 0

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.ended += 1
        super().shutdown(wait, cancel_futures=cancel_futures)


def test_an_executor_that_is_given_does_the_work_and_stays_its_owners() -> None:
    executor = Counted(2)
    with Workers(1, executor) as workers:
        assert list(workers.map(double, range(10))) == list(range(0, 20, 2))
    assert executor.ended == 0
    executor.shutdown()


def test_what_needs_this_machine_does_not_go_to_a_cluster() -> None:
    executor: Executor = Counted(1)
    given, own = Workers(2, executor), Workers(2)
    assert own.here() is own
    assert given.here() is not given
    assert (given.here().jobs, given.here().here()._given) == (2, None)


@pytest.mark.parametrize(
    ("count", "lists"), [(0, []), (2, [[0, 1]]), (3, [[0, 1], [2]]), (4, [[0, 1], [2, 3]])]
)
def test_chunks(count: int, lists: list[list[int]]) -> None:
    assert list(chunks(range(count), 2)) == lists


def test_one_piece_of_work_is_done_beside_all_else() -> None:
    result = aside(lambda: b"done by %d" % os.getpid())
    assert result().startswith(b"done by ")
    large = aside(lambda: b"x" * 1_000_000)  # more than a pipe holds
    assert len(large()) == 1_000_000


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
    monkeypatch.setattr("paperkb.workers.can_fork", lambda: True)
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
        there = json.loads(beside())
        assert sorted([first, *here, *there]) == list(range(1000))
        assert list(turns) == []


def test_where_processes_that_end_are_forgotten_the_work_is_done_here() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert aside(lambda: b"done")() == b"done"
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_work_that_fails_beside_is_done_here() -> None:
    here = os.getpid()

    def work() -> bytes:
        if os.getpid() != here:
            raise ValueError
        return b"here"

    assert aside(work)() == b"here"


def test_work_that_is_killed_beside_is_done_here() -> None:
    here = os.getpid()

    def work() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"here"

    assert aside(work)() == b"here"


def test_with_one_core_work_is_done_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperkb.workers._cores", lambda: 1)
    assert aside(lambda: b"%d" % os.getpid())() == b"%d" % os.getpid()


def test_where_there_are_threads_no_process_goes_on_from_here() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    result = aside(lambda: b"%d" % os.getpid())()
    done.set()
    other.join()
    assert result == b"%d" % os.getpid()


def test_where_no_process_may_be_started_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    assert aside(lambda: b"%d" % os.getpid())() == b"%d" % os.getpid()
