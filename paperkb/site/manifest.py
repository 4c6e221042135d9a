"""The list of what paperkb wrote into a folder: path → size and time."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from msgspec import DecodeError, Struct, json

from paperkb.beside import Beside, aside
from paperkb.library.discover import SITE_MANIFEST

NEW_MANIFEST = ".paperkb-site.new"

Stamp = tuple[int, int]
"""A file's size in bytes and time in nanoseconds: as long as they are the same, so is the file."""
UNKNOWN: Stamp = (-1, -1)
LARGE = 200_000
"""Bytes of a manifest, of some 4,000 files, from which another process pays."""


class Manifest:
    """The manifest of a folder, as it is stored there: ``data`` is empty if there is none."""

    def __init__(self, out: Path, data: bytes | None = None) -> None:
        """Read it, unless ``data`` was just written there."""
        self.out = out
        self.data = _read(out) if data is None else data
        self._beside: Beside | None = None

    @cached_property
    def hash(self) -> str:
        """A hash of what is stored; empty if nothing is."""
        return hashlib.blake2b(self.data, digest_size=16).hexdigest() if self.data else ""

    @cached_property
    def pages(self) -> dict[str, Stamp]:
        """Path → stamp of what an earlier build wrote. A damaged manifest is an empty one; files
        whose entry is of an older form are ours, and nothing more is known of them."""
        try:
            return json.decode(self.data, type=_Stored).pages
        except (DecodeError, UnicodeDecodeError):
            pass
        try:
            return dict.fromkeys(json.decode(self.data, type=_OlderStored).pages, UNKNOWN)
        except (DecodeError, UnicodeDecodeError):
            return {}

    @cached_property
    def changed(self) -> frozenset[str]:
        """The files that somebody changed or removed since they were written."""
        if self._beside:
            return frozenset(json.decode(self._beside.result(), type=list[str]))
        return frozenset(_changed_files(self.out, self.pages))

    @property
    def is_large(self) -> bool:
        """Whether there are so many files that other processes help with them."""
        return len(self.data) >= LARGE

    def look_ahead(self) -> None:
        """Begin to look for changed files, if they are many: another process does, meanwhile."""
        if self.is_large:
            self._beside = aside(lambda: json.encode(_changed_files(self.out, self.pages)))

    def close(self) -> None:
        """End the process that looks, if nobody waited for it."""
        if self._beside:
            self._beside.close()


class _Stored(Struct):
    pages: dict[str, Stamp]
    generator: str = "paperkb"


class _OlderStored(Struct):
    pages: dict[str, list[object]]


def write_manifest(out: Path, pages: Mapping[str, Stamp]) -> Manifest:
    """Store a manifest, and return it."""
    data = json.encode({"generator": "paperkb", "pages": pages})
    temporary = out / NEW_MANIFEST
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(out / SITE_MANIFEST)
    return Manifest(out, data)


def stamp(path: Path | str) -> Stamp:
    """A file's stamp; one that no file has if it is not there."""
    try:
        status = os.stat(path)  # noqa: PTH116 - of every file of a site: without a Path each
    except (OSError, ValueError):  # a name that no file can have
        return UNKNOWN
    return status.st_size, status.st_mtime_ns


def is_inside(name: str) -> bool:
    """Whether a name is a path that a build writes: relative, plain, and below the folder."""
    parts = name.split("/")
    return not {"", ".", ".."} & set(parts) and not re.search(r"[\\\0]|^\w:", name)


def _read(out: Path) -> bytes:
    try:
        return (out / SITE_MANIFEST).read_bytes()
    except OSError:
        return b""


def _changed_files(out: Path, before: Mapping[str, Stamp]) -> list[str]:
    folder, stat = f"{out}/", os.stat
    changed = []
    for path, known in before.items():  # of every file: so as plain as it can be
        try:
            status = stat(folder + path)
        except (OSError, ValueError):
            changed.append(path)
        else:
            if (status.st_size, status.st_mtime_ns) != known:
                changed.append(path)
    return changed
