"""The list of what paperkb wrote into a folder: path → size and time."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import DecodeError, Struct, json

from paperkb.library.discover import SITE_MANIFEST

NEW_MANIFEST = ".paperkb-site.new"

Stamp = tuple[int, int]
"""A file's size in bytes and time in nanoseconds: as long as they are the same, so is the file."""
UNKNOWN: Stamp = (-1, -1)


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
