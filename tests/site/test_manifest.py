"""The list of what a build wrote. (What builds make of it: test_write.py.)"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.site.manifest import UNKNOWN, Manifest, is_inside, stamp, write_manifest

NUMBERS = st.integers(min_value=-1, max_value=2**62)


@given(
    pages=st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.tuples(NUMBERS, NUMBERS)
    )
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, pages: dict[str, tuple[int, int]]
) -> None:
    out = tmp_path_factory.mktemp("site")
    none = Manifest(out)
    assert (none.data, none.hash, none.pages) == (b"", "", {})
    written, read = write_manifest(out, pages), Manifest(out)
    assert read.pages == written.pages == pages
    assert read.hash == written.hash != ""


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (b"", {}),
        (b"{", {}),
        (b"\xff", {}),
        (b'{"pages": 1}', {}),
        (b'{"pages": {"a": 1}}', {}),
        (b'{"pages": {"a": [1, "2"]}}', {"a": UNKNOWN}),
        (b'{"pages": {"a": ["hash", 1, 2]}}', {"a": UNKNOWN}),
    ],
)
def test_damaged_and_older_manifests(
    tmp_path: Path, data: bytes, pages: dict[str, tuple[int, int]]
) -> None:
    assert Manifest(tmp_path, data).pages == pages


def test_a_stamp_follows_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a"
    assert stamp(file) == stamp("a\0b") == UNKNOWN
    file.write_text("1")
    first = stamp(file)
    assert first[0] == 1
    file.write_text("22")
    assert stamp(file) != first


@pytest.mark.parametrize("name", ["../a", "a/../b", "/a", "", ".", "a\\b", "a\0b", "C:/a", "a//b"])
def test_names_that_no_build_writes(name: str) -> None:
    assert not is_inside(name)
    assert is_inside("a/b.html")


@pytest.mark.parametrize("large", [0, 1_000_000])
def test_changed_files_are_found_ahead_or_when_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    (tmp_path / "same.html").write_text("same")
    stamps = {"same.html": stamp(tmp_path / "same.html"), "other.html": (3, 4), "gone": (1, 2)}
    (tmp_path / "other.html").write_text("other")
    write_manifest(tmp_path, stamps)
    monkeypatch.setattr("paperkb.site.manifest.LARGE", large)
    manifest = Manifest(tmp_path)
    assert manifest.is_large is (large == 0)
    manifest.look_ahead()
    assert manifest.changed == {"other.html", "gone"}
