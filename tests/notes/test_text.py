"""Bytes → text: byte order marks, line ends, bytes that are no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes.text import SLOT_CLOSE, SLOT_OPEN, decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\nb", "a\nb"),
        (b"a\r\nb\rc\r\r\nd", "a\nb\nc\n\nd"),
        ("a\u2028b\u2029c\x85d".encode(), "a\nb\nc\nd"),
        (b"\xef\xbb\xbfx", "x"),
        ("\ufeffé\n".encode("utf-16-le"), "é\n"),
        ("\ufeffé\n".encode("utf-16-be"), "é\n"),
        ("注意 🔥 é".encode(), "注意 🔥 é"),
        (f"a{SLOT_OPEN}1{SLOT_CLOSE}".encode(), "a\ufffd1\ufffd"),
    ],
)
def test_text_without_problems(data: bytes, text: str) -> None:
    assert decode(data).text == text
    assert decode(data).problems == ()


@pytest.mark.parametrize(
    ("data", "text", "problems"),
    [
        (b"ab\n\xe9t\xe9", "ab\n\ufffdt\ufffd", ["2:1 PKB002 2 bytes"]),
        (b"\r\nx\xff", "\nx\ufffd", ["2:2 PKB002 1 bytes"]),
        (b"a\n\nb\x00c\x00", "a\n\nb\ufffdc\ufffd", ["3:2 PKB003 the note"]),
        (b"\xff\xfea\x00\x00", "a\ufffd", ["1:2 PKB002 1 bytes"]),
        (b"\x00\xff", "\ufffd\ufffd", ["1:2 PKB002 1 bytes", "1:1 PKB003 the note"]),
    ],
)
def test_bytes_that_are_no_text(data: bytes, text: str, problems: list[str]) -> None:
    decoded = decode(data)
    assert decoded.text == text
    found = [
        f"{p.place.line}:{p.place.column} {p.code} {' '.join(p.message.split()[:2])}"
        for p in decoded.problems
    ]
    assert found == problems


@given(st.text())
def test_utf8_is_read_whole(text: str) -> None:
    data = text.encode(errors="replace")
    decoded = decode(data)
    assert all(problem.code == "PKB003" for problem in decoded.problems)
    assert not set(decoded.text) & set(f"\r\x00\x85{SLOT_OPEN}{SLOT_CLOSE}")


@given(st.binary())
def test_any_bytes_are_text(data: bytes) -> None:
    assert isinstance(decode(data).text.encode(), bytes)
