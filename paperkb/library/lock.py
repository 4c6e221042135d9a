"""One writer at a time: two commands that add notes wait for each other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from paperkb.library.index import index_path


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the vault while notes are checked and written.

    Where the lock cannot be had (a read-only vault, a system without file locks) it is done
    without: every single write is atomic and replaces nothing all the same.
    """
    path = index_path(root).with_name("writing.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a", encoding="ascii")
    except OSError:
        yield
        return
    with file:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 - absent on Windows

            with suppress(OSError):  # some network file systems have no locks
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
