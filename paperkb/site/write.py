"""The only place that writes site files: atomic, only what changed, and never another's file.

What was written stands in a manifest in the output folder: path → size and time. Files that are not
in it were not written by paperkb and are never touched. New and changed pages are first written
beside their places, then renamed in one go: a killed build leaves the old pages, and what it left
half done is finished by the next build.
"""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from paperkb.library.discover import SITE_MANIFEST
from paperkb.library.lock import holding

_STAGING = ".paperkb-staging"
_NEW_MANIFEST = ".paperkb-site.new"
_LEFTOVERS = frozenset((_STAGING, _NEW_MANIFEST))

Stamp = tuple[int, int]
"""A file's size in bytes and time in nanoseconds: as long as they are the same, so is the file."""
_UNKNOWN: Stamp = (-1, -1)


class ForeignFolder(ValueError):  # noqa: N818 - says what it is
    """The output folder holds files that paperkb did not write."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the output folder: numbers of files."""

    written: int
    unchanged: int
    removed: int


class Output:
    """A site's folder while it is built. Use ``open_output``."""

    def __init__(self, out: Path, *, force: bool) -> None:
        self.out = out
        self.force = force
        self._manifest = _manifest_bytes(out)
        self.before = _read_manifest(self._manifest)
        """Path → stamp of what an earlier build wrote."""
        self.now: Mapping[str, Stamp] = self.before
        """The same of what is there now."""

    @property
    def manifest(self) -> str:
        """A hash of what the folder is said to hold; empty if no build wrote it."""
        return hashlib.blake2b(self._manifest, digest_size=16).hexdigest() if self._manifest else ""

    @cached_property
    def changed(self) -> frozenset[str]:
        """The files that somebody changed or removed since they were written."""
        out = f"{self.out}/"
        return frozenset(path for path, was in self.before.items() if stamp(out + path) != was)

    def publish(self, kept: Iterable[str], staged: Sequence[str]) -> Written:
        """Make the folder hold what is ``kept`` and ``staged``, beside whatever is not ours.

        Raises:
            ForeignFolder: a file of somebody else is in a page's place. Nothing was written.
            OSError: the disk is full or read-only; the old pages are still there.
        """
        if self.before and not self.force:
            for path in staged:
                self._refuse_foreign(path)
        intact = self.before.keys() - self.changed
        now: dict[str, Stamp] = {
            path: self.before[path] if path in intact else stamp(self.out / path) for path in kept
        }
        stale = self.before.keys() - now.keys() - set(staged)
        if not self.before.keys() >= set(staged):
            # From here on the manifest names everything that either build wrote, so that a kill
            # between two renames leaves no file that nobody owns.
            self._write({**self.before, **now, **dict.fromkeys(staged, _UNKNOWN)})
        in_the_way = _in_the_way(stale, staged)
        for path in in_the_way:
            _remove(self.out, path)
        for path in staged:
            target = self.out / path
            _make_way(target, self.out)
            (self.out / _STAGING / path).replace(target)
            now[path] = stamp(target)
        for path in stale - in_the_way:
            _remove(self.out, path)
        if now != self.before or not self._manifest:
            self._write(now)
        self.now = now
        return Written(len(staged), len(now) - len(staged), len(stale))

    def _write(self, pages: Mapping[str, Stamp]) -> None:
        self._manifest = _write_manifest(self.out, pages)

    @cached_property
    def _ours(self) -> frozenset[str]:
        return frozenset(name.casefold() for name in self.before)  # some file systems keep no case

    def _refuse_foreign(self, path: str) -> None:
        """Raise ``ForeignFolder`` where a file of somebody else stands in a page's place."""
        for place in (path, *(str(parent) for parent in PurePosixPath(path).parents)):
            if place.casefold() not in self._ours and (self.out / place).is_file():
                raise ForeignFolder(str(self.out / place))
        if (self.out / path).is_dir():
            for file in (self.out / path).rglob("*"):
                name = file.relative_to(self.out).as_posix()
                if name.casefold() not in self._ours and file.is_file():
                    raise ForeignFolder(str(file))


@contextlib.contextmanager
def open_output(out: Path, *, force: bool = False) -> Iterator[Output]:
    """The folder ``out``, for one build at a time: another one waits.

    Raises:
        ForeignFolder: ``out`` is not empty and was not written by paperkb, or holds a file of
            somebody else in a page's place (unless ``force``). Nothing was written.
        OSError: it cannot be made.
    """
    refuse_foreign_folder(out, force=force)
    out.mkdir(parents=True, exist_ok=True)
    with holding(out):
        staging = out / _STAGING
        shutil.rmtree(staging, ignore_errors=True)
        try:
            yield Output(out, force=force)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def stage(out: Path, path: str, content: bytes | Path) -> bool:
    """Write a file beside its place, if it is another than the one that is there. Any process may
    call this between ``open_output`` and ``publish``."""
    place = out / path
    if _same(place, content):
        return False
    target = out / _STAGING / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        shutil.copyfile(content, target)
    else:
        target.write_bytes(content)
    return True


def refuse_foreign_folder(out: Path, *, force: bool) -> None:
    """Raise ``ForeignFolder`` for a folder that holds files and no site of ours."""
    if not force and not (out / SITE_MANIFEST).is_file() and _holds_others(out):
        raise ForeignFolder(str(out))


def stamp(path: Path | str) -> Stamp:
    """A file's stamp; one that no file has if it is not there."""
    try:
        status = os.stat(path)  # noqa: PTH116 - of every file of a site: without a Path each
    except (OSError, ValueError):  # a name that no file can have
        return _UNKNOWN
    return status.st_size, status.st_mtime_ns


def _same(path: Path, content: bytes | Path) -> bool:
    """Reading back is 15 times faster than writing."""
    try:
        if isinstance(content, Path):
            return path.is_file() and filecmp.cmp(content, path, shallow=False)
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _holds_others(out: Path) -> bool:
    """Whether there is anything beside what a killed first build leaves."""
    return out.exists() and any(entry.name not in _LEFTOVERS for entry in out.iterdir())


def _in_the_way(stale: Iterable[str], staged: Iterable[str]) -> frozenset[str]:
    """Stale files whose name, or a folder's above them, a new page takes."""
    taken = {path.casefold() for path in staged}
    places = ((path, (path, *map(str, PurePosixPath(path).parents))) for path in stale)
    return frozenset(path for path, names in places if taken & {n.casefold() for n in names})


def _make_way(target: Path, out: Path) -> None:
    """A page ``a/b.html`` needs a folder where an older site had a page ``a``."""
    for parent in reversed(target.relative_to(out).parents):
        if (out / parent).is_file():
            (out / parent).unlink()
    target.parent.mkdir(parents=True, exist_ok=True)


def _remove(out: Path, path: str) -> None:
    if not _inside(path):
        return  # whoever put that into the manifest, no build wrote it
    target = out / path
    inside = target.parent.resolve().is_relative_to(out.resolve())
    if not inside or (target.is_dir() and not target.is_symlink()):
        return  # what stands there now is somebody else's
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # gone, or under a new page
        target.unlink()
    for parent in target.relative_to(out).parents:
        if parent == Path():
            break
        try:
            (out / parent).rmdir()  # only if nothing else is in it
        except OSError:
            break


def _manifest_bytes(out: Path) -> bytes:
    try:
        return (out / SITE_MANIFEST).read_bytes()
    except OSError:
        return b""


def _read_manifest(data: bytes) -> dict[str, Stamp]:
    """What an earlier build wrote. A damaged manifest is an empty one; files whose entry is of an
    older form are ours, and nothing more is known of them."""
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    pages = found.get("pages") if isinstance(found, dict) else None
    if not isinstance(pages, dict):
        return {}
    return {
        name: (entry[0], entry[1]) if [type(value) for value in entry] == [int, int] else _UNKNOWN
        for name, entry in pages.items()
        if isinstance(entry, list)
    }


def _inside(name: str) -> bool:
    """Whether a name is a path that a build writes: relative, plain, and below the folder."""
    parts = name.split("/")
    return not {"", ".", ".."} & set(parts) and not re.search(r"[\\\0]|^\w:", name)


def _write_manifest(out: Path, pages: Mapping[str, Stamp]) -> bytes:
    data = json.dumps({"generator": "paperkb", "pages": pages}, separators=(",", ":")).encode()
    temporary = out / _NEW_MANIFEST
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(out / SITE_MANIFEST)
    return data
