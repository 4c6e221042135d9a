"""The list of what paperkb wrote into a folder: path → size and time."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import DecodeError, Struct, json

from paperkb.library.discover import SITE_MANIFEST
from paperkb.workers import aside

NEW_MANIFEST = ".paperkb-site.new"

Stamp = tuple[int, int]
"""A file's size in bytes and time in nanoseconds: as long as they are the same, so is the file."""
UNKNOWN: Stamp = (-1, -1)
LARGE = 200_000
"""Bytes of a manifest, of some 4,000 files, from which another process pays."""
Ahead = Callable[[], tuple[str, list[str]]]
"""The hash of a manifest, and the files that changed since it was written."""


class _Manifest(Struct):
    pages: dict[str, Stamp]
    generator: str = "paperkb"


class _OlderManifest(Struct):
    pages: dict[str, list[object]]


def stamp(path: Path | str) -> Stamp:
    """A file's stamp; one that no file has if it is not there."""
    try:
        status = os.stat(path)  # noqa: PTH116 - of every file of a site: without a Path each
    except (OSError, ValueError):  # a name that no file can have
        return UNKNOWN
    return status.st_size, status.st_mtime_ns


def manifest_bytes(out: Path) -> bytes:
    """The manifest of a folder as it is stored; empty if there is none."""
    try:
        return (out / SITE_MANIFEST).read_bytes()
    except OSError:
        return b""


def manifest_hash(data: bytes) -> str:
    """A hash of a manifest as it is stored; empty if there is none."""
    return hashlib.blake2b(data, digest_size=16).hexdigest() if data else ""


def changed_files(out: Path, before: Mapping[str, Stamp]) -> list[str]:
    """The files with these stamps that somebody changed or removed since."""
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


def look_ahead(out: Path) -> Ahead | None:
    """Begin to look for the changed files of a large site, while the vault is read; what is
    returned waits for them."""
    data = manifest_bytes(out)
    if len(data) < LARGE:
        return None
    seen = aside(
        lambda: json.encode((manifest_hash(data), changed_files(out, read_manifest(data))))
    )
    return lambda: json.decode(seen(), type=tuple[str, list[str]])


def read_manifest(data: bytes) -> dict[str, Stamp]:
    """What an earlier build wrote. A damaged manifest is an empty one; files whose entry is of an
    older form are ours, and nothing more is known of them."""
    try:
        return json.decode(data, type=_Manifest).pages
    except (DecodeError, UnicodeDecodeError):
        pass
    try:
        return dict.fromkeys(json.decode(data, type=_OlderManifest).pages, UNKNOWN)
    except (DecodeError, UnicodeDecodeError):
        return {}


def write_manifest(out: Path, pages: Mapping[str, Stamp]) -> bytes:
    """Store a manifest, and return it as it is stored."""
    data = json.encode({"generator": "paperkb", "pages": pages})
    temporary = out / NEW_MANIFEST
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(out / SITE_MANIFEST)
    return data


def is_inside(name: str) -> bool:
    """Whether a name is a path that a build writes: relative, plain, and below the folder."""
    parts = name.split("/")
    return not {"", ".", ".."} & set(parts) and not re.search(r"[\\\0]|^\w:", name)
