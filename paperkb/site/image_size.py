"""The size of a picture, from the first bytes of its file: a page that knows it does not jump when
the picture comes. What cannot be told is nothing; the page then waits for the picture."""

from __future__ import annotations

import re
from pathlib import Path

_READ = 1 << 16
_SVG = re.compile(rb"<svg\b[^>]*>", re.S)
_LENGTH = rb"\s%s\s*=\s*[\"']\s*([\d.]+)(?:px)?\s*[\"']"
_VIEW_BOX = re.compile(rb"\sviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")
# Frames of JPEG that hold a size; the others between C0 and CF are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

Size = tuple[int, int]


def image_size(path: Path) -> Size | None:
    """Width and height in pixels of a PNG, GIF, JPEG, WebP or SVG file."""
    try:
        with path.open("rb") as file:
            head = file.read(_READ)
    except OSError:
        return None
    size = _raster(head) or _svg(head)
    return size if size and all(0 < side < 100_000 for side in size) else None


def _raster(head: bytes) -> Size | None:
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return _number(head[16:20]), _number(head[20:24])
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return _little(head[6:8]), _little(head[8:10])
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp(head)
    return _jpeg(head) if head[:2] == b"\xff\xd8" else None


def _webp(head: bytes) -> Size | None:
    kind = head[12:16]
    if kind == b"VP8X":
        return _little(head[24:27]) + 1, _little(head[27:30]) + 1
    if kind == b"VP8 ":
        return _little(head[26:28]) & 0x3FFF, _little(head[28:30]) & 0x3FFF
    if kind == b"VP8L":
        bits = _little(head[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _jpeg(head: bytes) -> Size | None:
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        if head[at + 1] in _FRAMES:
            return _number(head[at + 7 : at + 9]), _number(head[at + 5 : at + 7])
        at += 2 + _number(head[at + 2 : at + 4])
    return None


def _svg(head: bytes) -> Size | None:
    root = _SVG.search(head)
    if root is None:
        return None
    sides = [re.search(_LENGTH % name, root[0]) for name in (b"width", b"height")]
    if all(sides):
        found = [side[1] for side in sides if side]
    elif box := _VIEW_BOX.search(root[0]):
        found = [box[1], box[2]]
    else:
        return None
    try:
        return round(float(found[0])), round(float(found[1]))
    except ValueError:
        return None


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
