"""The only place that writes site files: atomic, only what changed, and never another's file.

What was written stands in a manifest in the output folder: path → size and time. Files that are not
in it were not written by paperkb and are never touched. New and changed pages are first written
beside their places, then renamed in one go: a killed build leaves the old pages, and what it left
half done is finished by the next build.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from paperkb.library.discover import SITE_MANIFEST
from paperkb.library.lock import holding
from paperkb.site.manifest import (
    NEW_MANIFEST,
    UNKNOWN,
    Manifest,
    Stamp,
    is_inside,
    stamp,
    write_manifest,
)

_STAGING = ".paperkb-staging"
_LEFTOVERS = frozenset((_STAGING, NEW_MANIFEST))


class ForeignFolder(ValueError):  # noqa: N818 - says what it is
    """The output folder holds files that paperkb did not write; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.hint = hint

    def __str__(self) -> str:
        """The sentence without the hint."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the output folder: numbers of files."""

    written: int
    unchanged: int
    removed: int


class Output:
    """A site's folder while it is built. Use ``open_output``."""

    def __init__(self, out: Path, *, force: bool, manifest: Manifest | None = None) -> None:
        """``manifest``: that of the folder, if it was read before."""
        self.out = out
        self.force = force
        self.manifest = Manifest(out)
        if manifest and manifest.data == self.manifest.data:  # no other build came in between
            self.manifest = manifest
        self.before = self.manifest.pages
        """Path → stamp of what an earlier build wrote."""
        self.now: Mapping[str, Stamp] = self.before
        """The same of what is there now."""

    @cached_property
    def changed(self) -> frozenset[str]:
        """The files that somebody changed or removed since that build."""
        return self.manifest.changed

    def publish(
        self, kept: Iterable[str], staged: Collection[str], gone: Set[str] = frozenset()
    ) -> Written:
        """Put what is ``staged`` into its place, and remove what is ``gone``. All else that a build
        wrote stays; of what is ``kept``, too, a build made the very bytes that are there.

        Raises:
            ForeignFolder: a file of somebody else is in a page's place. Nothing was written.
            OSError: the disk is full or read-only; the old pages are still there.
        """
        intact = self.before.keys() - self.changed
        if self.before and not self.force:
            for path in staged:
                if path not in intact:
                    self._refuse_foreign(path)
        stale = self.before.keys() & gone - set(staged)
        now = {**self.before, **{p: stamp(self.out / p) for p in kept if p not in intact}}
        for path in stale:
            del now[path]
        if not self.before.keys() >= set(staged):
            # From here on the manifest names everything that either build wrote, so that a kill
            # between two renames leaves no file that nobody owns.
            self._record({**self.before, **now, **dict.fromkeys(staged, UNKNOWN)})
        in_the_way = _in_the_way(stale, staged)
        for path in in_the_way:
            _remove(self.out, path)
        now.update(_move_in(self.out / _STAGING, self.out))
        for path in stale - in_the_way:
            _remove(self.out, path)
        if now != self.before or not self.manifest.data:
            self._record(now)
        self.now = now
        return Written(len(staged), len(now) - len(staged), len(stale))

    def _record(self, pages: Mapping[str, Stamp]) -> None:
        self.manifest = write_manifest(self.out, pages)

    @cached_property
    def _ours(self) -> frozenset[str]:
        return frozenset(name.casefold() for name in self.before)  # some file systems keep no case

    def _refuse_foreign(self, path: str) -> None:
        """Raise ``ForeignFolder`` where a file of somebody else stands in a page's place."""
        for place in (path, *(str(parent) for parent in PurePosixPath(path).parents)):
            if place.casefold() not in self._ours and (self.out / place).is_file():
                raise _foreign_file(self.out / place)
        if (self.out / path).is_dir():
            for file in (self.out / path).rglob("*"):
                name = file.relative_to(self.out).as_posix()
                if name.casefold() not in self._ours and file.is_file():
                    raise _foreign_file(file)


@contextlib.contextmanager
def open_output(
    out: Path, *, force: bool = False, manifest: Manifest | None = None
) -> Iterator[Output]:
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
            yield Output(out, force=force, manifest=manifest)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def stage(out: Path, path: str, content: bytes | Path) -> bool:
    """Write a file beside its place, if it is another than the one that is there. Any process may
    call this between ``open_output`` and ``publish``."""
    if _same(f"{out}/{path}", content):
        return False
    target = f"{out}/{_STAGING}/{path}"
    try:
        _write(target, content)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120 - see _move_in
        _write(target, content)
    return True


def _write(target: str, content: bytes | Path) -> None:
    if isinstance(content, Path):
        shutil.copyfile(content, target)
    else:
        with open(target, "wb") as file:  # noqa: PTH123 - see _move_in
            file.write(content)


def _foreign_file(file: Path) -> ForeignFolder:
    return ForeignFolder(
        f"{file} stands where a page belongs, and was not written by paperkb",
        "Move it away, or name another folder with --out.",
    )


def refuse_foreign_folder(out: Path, *, force: bool) -> None:
    """Raise ``ForeignFolder`` for a folder that holds files and no site of ours."""
    if not force and not (out / SITE_MANIFEST).is_file() and _holds_others(out):
        raise ForeignFolder(
            f"{out} is not empty and was not written by paperkb",
            "Name another folder with --out, or build beside those files with --force.",
        )


def _same(path: str, content: bytes | Path) -> bool:
    """Reading back is 15 times faster than writing."""
    try:
        if isinstance(content, Path):
            return os.path.isfile(path) and filecmp.cmp(content, path, shallow=False)  # noqa: PTH113
        with open(path, "rb") as file:  # noqa: PTH123 - see _move_in
            return os.fstat(file.fileno()).st_size == len(content) and file.read() == content
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


def _move_in(staging: Path, out: Path) -> Iterator[tuple[str, Stamp]]:
    """Put what is staged into its places, and tell what is there now. A folder that is not there
    yet is moved as a whole: a first build moves a few of them and not every page."""
    pending = [""]
    while pending:
        folder = pending.pop()
        for name, is_folder in _entries(staging / folder):
            path = f"{folder}{name}"
            source, target = f"{staging}/{path}", f"{out}/{path}"
            if is_folder and Path(target).is_dir():
                pending.append(f"{path}/")
                continue
            if is_folder:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(target)  # noqa: PTH108 - an older site had a page here
            os.replace(source, target)  # noqa: PTH105 - a Path would cost as much as the renaming
            yield from _stamps(out, f"{path}/") if is_folder else [(path, stamp(target))]


def _stamps(out: Path, folder: str) -> Iterator[tuple[str, Stamp]]:
    for name, is_folder in _entries(out / folder):
        path = f"{folder}{name}"
        if is_folder:
            yield from _stamps(out, f"{path}/")
        else:
            yield path, stamp(f"{out}/{path}")


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """Name, and whether it is a folder, of what is in one; nothing if it is not there."""
    try:
        with os.scandir(folder) as entries:
            return sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries)
    except FileNotFoundError:
        return []


def _remove(out: Path, path: str) -> None:
    if not is_inside(path):
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
