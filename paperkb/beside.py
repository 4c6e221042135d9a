"""One process beside this one, forked where it stands: it gets ready early, or shares some work."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from struct import Struct

from paperkb.workers import cores

_LENGTH = Struct("<Q")
"""What stands before a task in a pipe: other processes may hold its end too, so it may not end."""
_PIPE = 1 << 20
_TURN = Struct("<H")


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


def aside(work: Callable[[], bytes]) -> Beside:
    """Begin some work that is known already."""
    beside = Beside(lambda: None, lambda _: work())
    beside.begin()
    return beside


class Turns:
    """The numbers below ``count`` (2,000 at most: any pipe holds them), each for one of the
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
    return sys.platform == "linux" and cores() > 1 and threading.active_count() == 1


def _widen(pipe: int) -> None:
    """Let a pipe hold some notes, so that who begins a task need not wait until it is read."""
    with contextlib.suppress(ImportError, AttributeError, OSError):  # a pipe may be as it is
        import fcntl  # noqa: PLC0415 - not on every system

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
