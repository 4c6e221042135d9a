"""Turns at a host that are kept across processes: one small file with the time of the last turn.

Two ``paperkb new`` in a row must keep arXiv's three seconds as one process would. Whoever comes
books a turn under a lock and lets the lock go before waiting for it. All of this is courtesy: where
the file cannot be written, nothing fails.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

# A turn further ahead than this was written by a clock that is wrong, not by a queue.
_LONGEST_QUEUE = 600.0


def book_turn(path: Path, now: float, interval: float) -> float:
    """The seconds to wait until our turn, which is booked at ``interval`` after the last one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+", encoding="ascii", errors="replace") as file:
            _lock(file)
            file.seek(0)
            turn = max(now, _last_turn(file.read(64), now) + interval)
            file.seek(0)
            file.truncate()
            file.write(f"{turn:.3f}\n")
    except BlockingIOError:
        return interval  # somebody is booking at this very moment
    except OSError:
        return 0.0
    return turn - now


def _last_turn(text: str, now: float) -> float:
    try:
        turn = float(text)
    except ValueError:
        return 0.0
    return turn if turn <= now + _LONGEST_QUEUE else 0.0


def _lock(file: IO[str]) -> None:
    """Hold the file until it is closed; where there are no such locks, go without."""
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - absent on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
