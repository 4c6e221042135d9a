"""The only place that writes site files: atomic, only what changed, and never another's file.

What was written stands in a manifest in the output folder: path → fingerprint, size and time. Files
that are not in it were not written by paperkb and are never touched. New and changed pages are
first written beside their places, then renamed in one go: a killed build leaves the old pages, and
what it left half done is finished by the next build.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from paperkb.library.discover import SITE_MANIFEST
from paperkb.site.page import Page

_STAGING = ".paperkb-staging"
_NEW_MANIFEST = ".paperkb-site.new"
_LEFTOVERS = frozenset((_STAGING, _NEW_MANIFEST))


class ForeignFolder(ValueError):  # noqa: N818 - says what it is
    """The output folder holds files that paperkb did not write."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the output folder: numbers of files."""

    written: int
    unchanged: int
    removed: int


Render = Callable[[Page], bytes]


def write_site(
    out: Path, pages: Iterable[Page], render: Render, salt: str, *, force: bool = False
) -> Written:
    """Make ``out`` hold exactly these pages, beside whatever foreign files it holds.

    ``salt`` is part of every fingerprint: the templates and settings that all pages share.

    Raises:
        ForeignFolder: ``out`` is not empty and was not written by paperkb, or holds a file of
            somebody else in a page's place (unless ``force``). Nothing was written.
        OSError: the disk is full or read-only; the old pages are still there.
    """
    before = _read_manifest(out)
    refuse_foreign_folder(out, force=force)
    out.mkdir(parents=True, exist_ok=True)
    staging = out / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    try:
        return _write(out, staging, _Build(before or {}, pages, render, salt, force))
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def refuse_foreign_folder(out: Path, *, force: bool) -> None:
    """Raise ``ForeignFolder`` for a folder that holds files and no site of ours."""
    if not force and _read_manifest(out) is None and _holds_others(out):
        raise ForeignFolder(str(out))


@dataclass(frozen=True, slots=True)
class _Build:
    before: dict[str, Any]
    pages: Iterable[Page]
    render: Render
    salt: str
    force: bool


def _write(out: Path, staging: Path, build: _Build) -> Written:
    before = build.before
    now: dict[str, Any] = {}
    staged: list[str] = []
    for page in build.pages:
        fingerprint = f"{build.salt}-{page.fingerprint}"
        entry = before.get(page.path)
        if entry and entry[0] == fingerprint and entry[1:] == _stamp(out / page.path):
            now[page.path] = entry
            continue
        data = build.render(page)
        if entry and _same(out / page.path, data):
            now[page.path] = [fingerprint, *_stamp(out / page.path)]
            continue
        if before and not build.force and not _same(out / page.path, data):
            _refuse_foreign(out, page.path, before)
        target = staging / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        staged.append(page.path)
        now[page.path] = [fingerprint]
    # From here on the manifest names everything that either build wrote, so that a kill between
    # two renames leaves no file that nobody owns.
    _write_manifest(out, {**before, **{path: ["", 0, 0] for path in staged}, **_done(now)})
    stale = [path for path in before if path not in now]
    in_the_way = _in_the_way(stale, staged)
    for path in in_the_way:
        _remove(out, path)
    for path in staged:
        target = out / path
        _make_way(target, out)
        (staging / path).replace(target)
        now[path] += _stamp(target)
    for path in stale:
        if path not in in_the_way:
            _remove(out, path)
    _write_manifest(out, now)
    return Written(len(staged), len(now) - len(staged), len(stale))


def _done(entries: dict[str, Any]) -> dict[str, Any]:
    return {path: entry for path, entry in entries.items() if len(entry) == 3}


def _stamp(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def _same(path: Path, data: bytes) -> bool:
    """Reading back is 15 times faster than writing."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _holds_others(out: Path) -> bool:
    """Whether there is anything beside what a killed first build leaves."""
    return out.exists() and any(entry.name not in _LEFTOVERS for entry in out.iterdir())


def _refuse_foreign(out: Path, path: str, before: dict[str, Any]) -> None:
    """Raise ``ForeignFolder`` where a file of somebody else stands in a page's place."""
    ours = {name.casefold() for name in before}  # some file systems keep no case
    for place in (path, *(str(parent) for parent in PurePosixPath(path).parents)):
        if (out / place).is_file() and place.casefold() not in ours:
            raise ForeignFolder(str(out / place))
    for file in (out / path).rglob("*"):
        if file.is_file() and file.relative_to(out).as_posix().casefold() not in ours:
            raise ForeignFolder(str(file))


def _in_the_way(stale: list[str], staged: list[str]) -> frozenset[str]:
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


def _read_manifest(out: Path) -> dict[str, Any] | None:
    """What an earlier build wrote; nothing if no build did. A damaged manifest is an empty one."""
    path = out / SITE_MANIFEST
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, OSError):
        return {}
    pages = found.get("pages") if isinstance(found, dict) else None
    if not isinstance(pages, dict):
        return {}
    return {name: entry for name, entry in pages.items() if _inside(name) and _is_entry(entry)}


def _inside(name: str) -> bool:
    """Whether a name is a path that a build writes: relative, plain, and below the folder."""
    parts = name.split("/")
    return not {"", ".", ".."} & set(parts) and not re.search(r"[\\\0]|^\w:", name)


def _is_entry(entry: object) -> bool:
    types = [str, int, int]
    return isinstance(entry, list) and [type(value) for value in entry] == types


def _write_manifest(out: Path, pages: dict[str, Any]) -> None:
    path = out / SITE_MANIFEST
    temporary = out / _NEW_MANIFEST
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"generator": "paperkb", "pages": pages}, file, ensure_ascii=True)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
