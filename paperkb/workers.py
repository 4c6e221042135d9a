"""Work in several processes: chunks out, results back in order, never many of them in flight."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Task = TypeVar("Task")
Result = TypeVar("Result")

_AHEAD = 3
"""Tasks that wait for each process: enough to keep it busy, few enough to keep memory flat."""


class Workers:
    """As many processes as ``jobs`` (0: as there are cores), started when they are first needed.

    ``executor`` replaces them: anything with the interface of ``concurrent.futures``, such as a
    cluster's. With one job everything happens in this process.
    """

    def __init__(self, jobs: int = 0, executor: Executor | None = None) -> None:
        self.jobs = jobs or cores()
        self._given = executor
        self._started: Executor | None = None

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """The results of a function that other processes can import, in the order of the tasks."""
        executor = self._executor()
        if executor is None:
            yield from map(function, tasks)
            return
        waiting: deque[Future[Result]] = deque()
        for task in tasks:
            waiting.append(executor.submit(function, task))
            if len(waiting) > self.jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def here(self) -> Workers:
        """The same without cluster: for tasks that need this machine's disk."""
        return self if self._given is None else Workers(self.jobs)

    def __enter__(self) -> Workers:
        """Processes end with the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End what was started; what was given stays its owner's."""
        if self._started is not None:
            self._started.shutdown(wait=error is None, cancel_futures=True)
            self._started = None

    def _executor(self) -> Executor | None:
        if self._given is not None:
            return self._given
        if self.jobs > 1 and self._started is None:
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - large vaults only

            _give_back_memory()  # else each process begins with what earlier steps once needed
            self._started = ProcessPoolExecutor(max_workers=self.jobs)
        return self._started


def chunks(items: Iterable[Task], size: int) -> Iterator[list[Task]]:
    """Items in lists of ``size``, the last one shorter."""
    iterator = iter(items)
    while chunk := list(itertools.islice(iterator, size)):
        yield chunk


def _give_back_memory() -> None:
    """Return freed memory to the system, where the C library would keep it for later (glibc)."""
    with contextlib.suppress(ImportError, AttributeError, OSError, TypeError):  # there is no such
        import ctypes  # noqa: PLC0415 - likewise

        ctypes.CDLL(None).malloc_trim(0)


def cores() -> int:
    """Cores that this process may use, which a container may make fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
