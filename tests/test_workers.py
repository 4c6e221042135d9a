"""Work in several processes: the results of one, in order, never too many of them waiting."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from paperkb.workers import Workers, chunks


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
