"""Sizes of pictures, by their first bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.site.image_size import image_size

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes([0, 0, 1, 2, 0, 0, 0, 9])
WEBP = b"RIFF\0\0\0\0WEBP"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (258, 9)),
        (b"GIF89a\x02\x01\x09\x00", (258, 9)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x11\x08\x00\x09\x01\x02\x03", (258, 9)),
        (WEBP + b"VP8X" + bytes(8) + b"\x01\x01\x00\x08\x00\x00", (258, 9)),
        (WEBP + b"VP8 " + bytes(10) + b"\x02\x01\x09\x00", (258, 9)),
        (WEBP + b"VP8L" + bytes(5) + (257 | 8 << 14).to_bytes(4, "little"), (258, 9)),
        (b'<?xml version="1.0"?><svg width="258px" height="8.7">', (258, 9)),
        (b"<svg viewBox='0 0 258 9' width='100%'>", (258, 9)),
        (b'<svg width="1.2.3" height="4">', None),
        (b"<svg>", None),
        (b"\xff\xd8\xff", None),
        (b"\xff\xd8" + b"\xff\xe0\x00\x00" * 9, None),
        (b"\x89PNG\r\n\x1a\n", None),
        (WEBP + b"????", None),
        (b"one", None),
        (b"", None),
    ],
)
def test_sizes(tmp_path: Path, data: bytes, size: tuple[int, int] | None) -> None:
    path = tmp_path / "picture"
    path.write_bytes(data)
    assert image_size(path) == size


def test_no_file_has_no_size(tmp_path: Path) -> None:
    assert image_size(tmp_path / "gone.png") is None
