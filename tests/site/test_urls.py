"""Addresses: stable, safe on every file system, and never shared."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.site.urls import absolute, relative, unique_file_paths, unique_paths

NAMES = st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=8)


@given(NAMES)
def test_names_never_share_a_path_even_without_case(names: list[str]) -> None:
    for made in (unique_paths(names), unique_paths(names, nested=True), unique_file_paths(names)):
        assert set(made) == set(names)
        assert len({path.casefold() for path in made.values()}) == len(set(names))


@given(NAMES)
def test_no_path_depends_on_the_order_of_the_names(names: list[str]) -> None:
    assert unique_paths(names) == unique_paths(names[::-1])


@given(NAMES)
def test_no_file_is_in_the_place_of_a_folder(names: list[str]) -> None:
    pages = {f"{path}.html" for path in unique_paths(names, nested=True).values()}
    for paths in (pages, set(unique_file_paths(names).values())):
        folders = {path[:i] for path in paths for i, char in enumerate(path) if char == "/"}
        assert not {path.casefold() for path in paths} & {folder.casefold() for folder in folders}


def test_what_would_be_one_path_is_told_apart() -> None:
    made = unique_paths(["a b", "a-b", "A:B", "c"])
    assert made["c"] == "c"
    assert all(path.casefold().startswith("a-b-") for name, path in made.items() if name != "c")


def test_a_folder_named_like_a_page_is_none() -> None:
    made = unique_paths(["a", "a.html/b", "v1.2/x.y"], nested=True)
    assert made == {"a": "a", "a.html/b": "a-html/b", "v1.2/x.y": "v1-2/x.y"}


def test_files_keep_their_extension() -> None:
    made = unique_file_paths(["x/Fig 1.PNG", "x/Fig 1.pdf", "LICENSE", "v1.2/data", "a.tar.gz"])
    assert made == {
        "x/Fig 1.PNG": "x/Fig-1.png", "x/Fig 1.pdf": "x/Fig-1.pdf", "LICENSE": "LICENSE.txt",
        "v1.2/data": "v1-2/data.txt", "a.tar.gz": "a.tar.gz",
    }  # fmt: skip
    twins = unique_file_paths(["x.PNG", "x.png"])
    assert len(set(twins.values())) == 2
    assert all(path.endswith(".png") for path in twins.values())


@pytest.mark.parametrize(
    ("target", "page", "address"),
    [
        ("index.html", "notes/a.html", "../index.html"),
        ("notes/b.html", "notes/a.html", "../notes/b.html"),
        ("notes/b.html#x", "notes/x/a.html", "../../notes/b.html#x"),
        ("notes/a.html#x y", "notes/a.html", "#x%20y"),
        ("notes/a.html", "notes/a.html", "../notes/a.html"),
        ("#x", "notes/a.html", "../notes/a.html#x"),
        ("notes/a=2.html", "notes/a.html", "../notes/a=2.html"),
        ("a:b.html", "index.html", "a%3Ab.html"),
        ("tags/c++.html", "index.html", "tags/c++.html"),
        ("notes/ü.html", "index.html", "notes/%C3%BC.html"),
    ],
)
def test_addresses_go_up_to_the_top_and_down(target: str, page: str, address: str) -> None:
    assert relative(target, page) == address


@given(NAMES.filter(bool))
def test_a_browser_gets_where_the_address_says(names: list[str]) -> None:
    pages = [f"notes/{path}.html" for path in unique_paths(names, nested=True).values()]
    for page in pages:
        for target in pages:
            base = f"http://site/{relative(page, 'index.html')}"
            reached = urlsplit(urljoin(base, relative(target, page)))
            assert unquote(reached.path) == f"/{target}"


def test_absolute_addresses_need_a_base() -> None:
    assert absolute("notes/ü.html", "https://x.org/repo/") == "https://x.org/repo/notes/%C3%BC.html"
    assert absolute("index.html", "") == "index.html"
