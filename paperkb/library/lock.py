"""One writer at a time: two commands that add notes, or build one site, wait for each other.

Where a lock cannot be had (a read-only vault, a system or network file system without locks) it is
done without: every single write is atomic and replaces nothing of others all the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from paperkb.library.index import index_path


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the vault while notes are checked and written."""
    path = index_path(root).with_name("writing.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError:
        yield
        return
    with holding(path):
        yield


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold a file or a folder that is there."""
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - absent on Windows

    descriptor = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
