"""Work in several processes: chunks out, results back in order, never many of them in flight. Or
one piece of work, beside all else."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from struct import Struct
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Task = TypeVar("Task")
Result = TypeVar("Result")

_LENGTH = Struct("<Q")
"""What stands before a task in a pipe: other processes may hold its end too, so it may not end."""
_PIPE = 1 << 20
_TURN = Struct("<H")
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


class Beside:
    """A process beside this one, which goes on from here: it gets ready at once, and does one piece
    of work when it is told of what. Where there can be none, or it fails, the work is done here,
    when its result is asked for."""

    def __init__(self, prepare: Callable[[], object], work: Callable[[bytes], bytes]) -> None:
        self._work = work
        self._task = b""
        self._child = 0
        self._open: set[int] = set()
        if not can_fork():
            return
        try:
            theirs, self._tasks = self._pipe()
            self._results, ours = self._pipe()
            _widen(self._tasks)
            self._child = os.fork()
        except OSError:  # no more processes or open files are allowed
            self._close(*self._open)
            return
        if self._child == 0:
            try:
                self._close(self._tasks, self._results)
                prepare()
                with os.fdopen(theirs, "rb") as tasks, os.fdopen(ours, "wb") as results:
                    size = _LENGTH.unpack(tasks.read(_LENGTH.size))[0]  # or who asks is gone
                    results.write(work(tasks.read(size)))
                os._exit(0)  # nothing of this process is flushed or ended twice
            finally:
                os._exit(1)
        self._close(theirs, ours)

    def begin(self, task: bytes = b"") -> None:
        """Tell it what to do."""
        self._task = task
        if self._child:
            self._open.discard(self._tasks)
            # It may be gone already: that is seen when its result is read.
            with contextlib.suppress(BrokenPipeError), os.fdopen(self._tasks, "wb") as tasks:
                tasks.write(_LENGTH.pack(len(task)) + task)

    def result(self) -> bytes:
        """Wait for what came out of it."""
        if not self._child:
            return self._work(self._task)
        self._open.discard(self._results)
        with os.fdopen(self._results, "rb") as results:
            data = results.read()
        return data if self._ended_well() else self._work(self._task)

    def close(self) -> None:
        """End it, if nobody waited for its result."""
        if self._child:
            with contextlib.suppress(ProcessLookupError):  # it failed, and is forgotten (SIGCHLD)
                os.kill(self._child, signal.SIGKILL)
            self._ended_well()
        self._close(*self._open)

    def _pipe(self) -> tuple[int, int]:
        ends = os.pipe()
        self._open.update(ends)
        return ends

    def _close(self, *ends: int) -> None:
        for end in ends:
            os.close(end)
        self._open.difference_update(ends)

    def _ended_well(self) -> bool:
        child, self._child = self._child, 0
        try:
            return os.waitpid(child, 0)[1] == 0
        except ChildProcessError:  # this process was told to forget those that end (SIGCHLD)
            return False


def aside(work: Callable[[], bytes]) -> Callable[[], bytes]:
    """Begin some work ``Beside`` this process; what is returned waits for its result."""
    beside = Beside(lambda: None, lambda _: work())
    beside.begin()
    return beside.result


class Turns:
    """The numbers below ``count`` (10,000 at most: a pipe holds them), each for one of the
    processes that share them: whoever is free takes the next."""

    def __init__(self, count: int) -> None:
        self._left, write = os.pipe()
        os.write(write, b"".join(map(_TURN.pack, range(count))))
        os.close(write)

    def __iter__(self) -> Iterator[int]:
        """Take one after the other, until none is left."""
        while turn := os.read(self._left, _TURN.size):
            yield _TURN.unpack(turn)[0]

    def close(self) -> None:
        """Nobody here takes one any more."""
        os.close(self._left)


def can_fork() -> bool:
    """Whether a process beside this one can go on from here, on a core of its own. Of several
    threads it would be the only one, and wait for ever for what another one holds."""
    return sys.platform == "linux" and _cores() > 1 and threading.active_count() == 1


def chunks(items: Iterable[Task], size: int) -> Iterator[list[Task]]:
    """Items in lists of ``size``, the last one shorter."""
    iterator = iter(items)
    while chunk := list(itertools.islice(iterator, size)):
        yield chunk


def _widen(pipe: int) -> None:
    """Let a pipe hold some notes, so that who begins a task need not wait until it is read."""
    with contextlib.suppress(ImportError, AttributeError, OSError):  # there is no such
        import fcntl  # noqa: PLC0415 - likewise

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


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
