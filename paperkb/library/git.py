"""The little that paperkb asks of git. A vault without git works as well."""

from __future__ import annotations

import os
import re
from pathlib import Path

from paperkb.library.discover import NOTE_SUFFIXES

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


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
    import shutil  # noqa: PLC0415 - a build asks git's files, and seldom git
    import subprocess  # noqa: PLC0415 - likewise

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


def head_commit(folder: Path) -> str:
    """The commit that is checked out; empty without git, without a commit, and in a clone that
    knows only the last ones. Read from git's own files: no process is started."""
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            try:
                return _head_of(parent / ".git")
            except (OSError, ValueError):
                return ""
    return ""


def _head_of(git: Path) -> str:
    if git.is_file():  # a worktree, or a submodule
        git = git.parent / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
    common = git / "commondir"
    shared = git / common.read_text(encoding="utf-8").strip() if common.exists() else git
    if (shared / "shallow").exists():
        return ""
    head = (git / "HEAD").read_text(encoding="utf-8").strip()
    if not head.startswith("ref: "):
        return head
    name = head.removeprefix("ref: ")
    for place in (git / name, shared / name):
        if place.is_file():
            return place.read_text(encoding="utf-8").strip()
    packed = shared / "packed-refs"
    for line in packed.read_text(encoding="utf-8").splitlines() if packed.exists() else ():
        commit, _, ref = line.partition(" ")
        if ref == name:
            return commit
    return ""


def first_days(folder: Path, head: str, since: str = "") -> dict[str, str] | None:
    """Path of a note below ``folder`` → the day (ISO 8601) on which a commit first added it, of all
    commits up to ``head``, or of those after ``since``. Nothing if git does not tell, or ``since``
    is not among them."""
    if since and _output(folder, "merge-base", "--is-ancestor", since, head) is None:
        return None
    commits = f"{since}..{head}" if since else head
    said = _output(
        folder, "log", "--format=%x01%as", "--name-only", "--diff-filter=A", "--no-renames",
        "--no-ext-diff", "--no-textconv", "--no-show-signature", "--relative", "-z", commits,
        "--", ".",
    )  # fmt: skip
    if said is None:
        return None
    days: dict[str, str] = {}
    for commit in said.split("\x01")[1:]:
        day, *paths = (part.strip("\n") for part in commit.split("\0"))
        for path in paths:
            if path.lower().endswith(NOTE_SUFFIXES) and _DAY.fullmatch(day):
                days[path] = min(day, days.get(path, day))
    return days


def _output(folder: Path, *arguments: str) -> str | None:
    """What git prints; nothing if it is not there, or fails."""
    import shutil  # noqa: PLC0415 - see init_repository
    import subprocess  # noqa: PLC0415 - likewise

    program = shutil.which("git")
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments
            # A vault that somebody passed on brings settings of its own: nothing is fetched.
            [program, "-c", "protocol.allow=never", "-C", str(folder), *arguments],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"},
        )
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
