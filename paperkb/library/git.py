"""The little that paperkb asks of git. A vault without git works as well."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


class GitError(RuntimeError):
    """git is not there, or refused; the text says which."""


def is_repository(folder: Path) -> bool:
    """Whether a folder is, or stands in, a git repository."""
    return any((parent / ".git").exists() for parent in (folder, *folder.parents))


def init_repository(folder: Path) -> None:
    """Make a folder a git repository.

    Raises:
        GitError: git is not installed, or failed.
    """
    program = shutil.which("git")
    if program is None:
        raise GitError("git is not installed")
    done = subprocess.run(  # noqa: S603 - a fixed program with a path of the reader's own
        [program, "init", "--quiet", "--initial-branch=main", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise GitError(done.stderr.strip() or "git init failed")
