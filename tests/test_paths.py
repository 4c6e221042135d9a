"""Names become paths: readable, safe on every file system, and of a bearable length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.paths import MAX_PATH, MAX_SEGMENT, digest, file_parts, is_picture, nested, segment

TEXT = st.text(st.characters(codec="utf-8"), max_size=300)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("vaswani2017attention", "vaswani2017attention"),
        ("My Note", "My-Note"),
        ("a: b?", "a-b"),
        ("100% #1", "100-1"),
        ("u\u0308ber", "über"),
        ("日本語 😀", "日本語-😀"),
        ("../..", "-"),
        ("...", "-"),
        ("", "-"),
        ("a\nb\x00c\\d", "a-b-c-d"),
        ("trailing. ", "trailing"),
        ("@key", "@key"),
    ],
)
def test_a_segment_is_readable_and_safe(text: str, made: str) -> None:
    assert segment(text) == made


@pytest.mark.parametrize("name", ["con", "NUL", "aux", "COM1", "lpt9", "index", "Index"])
def test_reserved_names_are_not_used(name: str) -> None:
    assert segment(name) != name
    assert segment(name).startswith(name)


def test_long_names_are_cut_between_characters() -> None:
    assert segment("ä" * 200) == "ä" * (MAX_SEGMENT // 2)


@given(TEXT)
def test_any_text_makes_a_segment(text: str) -> None:
    made = segment(text)
    assert made not in ("", ".", "..")
    assert len(made.encode()) <= MAX_SEGMENT + 9
    assert not set(made) & set('/\\:*?"<>|#%&\n\0')
    assert made == made.strip(". ")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a", "a"),
        ("a/B c", "a/B-c"),
        ("a//b/", "a/b"),
        ("/", "-"),
        ("", "-"),
        ("a.html/b", "a-html/b"),
        ("v1.2/x.y", "v1-2/x.y"),
        ("../../etc", "-/-/etc"),
    ],
)
def test_levels_become_folders_without_dots(name: str, path: str) -> None:
    assert nested(name) == path


def test_nesting_is_given_up_before_paths_grow_too_long() -> None:
    made = nested("/".join(["x" * 140] * 40))
    assert "/" not in made
    assert len(made.encode()) <= MAX_PATH


@given(TEXT)
def test_a_path_leads_down_only_and_has_no_equals_sign(name: str) -> None:
    parts = nested(name).split("/")
    assert not {"", ".", ".."} & set(parts)
    assert "=" not in nested(name)  # parts of long lists have one


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("x/Fig 1.PNG", ("x/Fig-1", ".png")),
        ("LICENSE", ("LICENSE", ".txt")),
        ("v1.2/data", ("v1-2/data", ".txt")),
        ("a.tar.gz", ("a.tar", ".gz")),
        (".bashrc", ("bashrc", ".txt")),
        ("x/Page.HTML", ("x/Page.HTML", ".txt")),
        ("a.xht", ("a.xht", ".txt")),
        ("a.mjs", ("a.mjs", ".txt")),
        ("a.svgz", ("a.svgz", ".txt")),
        ("a.svg", ("a", ".svg")),
        ("a.html.", ("a.html", ".txt")),
        ("a.html/b.pdf", ("a-html/b", ".pdf")),
    ],
)
def test_every_file_has_an_extension(name: str, parts: tuple[str, str]) -> None:
    assert file_parts(name) == parts


def test_a_digest_tells_names_apart_and_takes_any_text() -> None:
    assert digest("a") == digest("a") != digest("A")
    assert digest("\ud800").isalnum()


@pytest.mark.parametrize(
    ("name", "shown"), [("a/B.PNG", True), ("x.svg", True), ("x.tiff", False), ("png", False)]
)
def test_pictures_are_what_browsers_show(name: str, shown: bool) -> None:
    assert is_picture(name) is shown
