"""Work in several processes: chunks out, results back in order, never many of them in flight. Or
one piece of work, beside all else."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
import threading
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
        self.jobs = jobs or _cores()
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


def aside(work: Callable[[], bytes]) -> Callable[[], bytes]:
    """Begin some work in a process beside this one; what is returned waits for its result. Where a
    process cannot be forked, or has no core, or fails, the work is done then."""
    if not can_fork():
        return work
    read, write = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no more processes are allowed
        os.close(read)
        os.close(write)
        return work
    if child == 0:
        try:
            os.close(read)
            with os.fdopen(write, "wb") as pipe:
                pipe.write(work())
            os._exit(0)  # nothing of this process is flushed or ended twice
        finally:
            os._exit(1)
    os.close(write)

    def result() -> bytes:
        with os.fdopen(read, "rb") as pipe:
            data = pipe.read()
        try:
            _, status = os.waitpid(child, 0)
        except ChildProcessError:  # this process was told to forget those that end (SIGCHLD)
            return work()
        return work() if status else data

    return result


def can_fork() -> bool:
    """Whether a process beside this one can go on from here, on a core of its own. Of several
    threads it would be the only one, and wait for ever for what another one holds."""
    return sys.platform == "linux" and _cores() > 1 and threading.active_count() == 1


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


def _cores() -> int:
    """Cores that this process may use, which a container may make fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
