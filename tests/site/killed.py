"""A build that is killed at its n-th change to the disk: run by ``test_kill.py``, as a process.

    python -m tests.site.killed VAULT OUT N [LIMIT]

With LIMIT, no file may grow beyond so many bytes: what a full disk looks like to a program.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paperkb.cli.main import main
from paperkb.library import index

changes: list[str] = []


def counted(real: Callable[..., Any], fatal: int) -> Callable[..., Any]:
    """The same function; at the fatal call the process is gone, half of the times before it acts
    and half after."""

    def act(*args: Any, **kwargs: Any) -> Any:
        changes.append(real.__name__)
        this = len(changes)
        if this == fatal and this % 2:
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            return real(*args, **kwargs)
        finally:
            if this == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    return act


if __name__ == "__main__":
    vault, out, fatal, *limit = sys.argv[1:]
    if limit:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), int(limit[0])))
    for name in ("replace", "unlink", "rmdir", "mkdir", "write_bytes", "open"):
        setattr(Path, name, counted(getattr(Path, name), int(fatal)))
    os.fsync = counted(os.fsync, int(fatal))
    index.Index.write = counted(index.Index.write, int(fatal))  # type: ignore[method-assign]
    try:
        main(["-C", vault, "build", "--out", out, "--jobs", "1"])
    finally:
        sys.stderr.write(f"{len(changes)} changes\n")
