"""Where a run took place: the machine, and the versions of what ran on it."""

# ruff: noqa: S603 - git, and interpreters that the benchmark was given

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import psutil

PROGRAMS = ("hugo", "pagefind", "mkdocs", "mkdocs-material")
ROOT = Path(__file__).parents[1]


def describe() -> list[tuple[str, str]]:
    """Processor, memory and system, as names and values."""
    memory = psutil.virtual_memory().total / 2**30
    return [
        ("Processor", f"{_processor()}, {os.cpu_count()} cores"),
        ("Memory", f"{memory:.0f} GiB"),
        ("System", _system()),
    ]


def versions(python: Path) -> list[tuple[str, str]]:
    """What ran: paperkb with the commit and the interpreter, and the programs beside it."""
    asked = "import platform, paperkb; print(paperkb.__version__, platform.python_version())"
    own, runtime = _output(str(python), "-c", asked).split()
    return [
        ("paperkb", f"{own}{_commit()}, Python {runtime}"),
        *((name, version(name)) for name in PROGRAMS),
    ]


def _processor() -> str:
    """The processor's name, from Linux's own file where there is one."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _system() -> str:
    """The system and its kernel, without what a builder of kernels appended."""
    kernel = ".".join(platform.release().split(".")[:2])
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {kernel}"
    return f"{name}, {platform.system()} {kernel}"


def _commit() -> str:
    """The commit that was measured, with a ``+`` where files differ from it."""
    try:
        commit = _output("git", "rev-parse", "--short", "HEAD")
        changed = _output("git", "status", "--porcelain", "--untracked-files=no", "paperkb")
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f" at {commit}{'+' if changed else ''}"


def _output(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()
