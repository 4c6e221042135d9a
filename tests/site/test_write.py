"""Writing: atomic, only what changed, never another's file, and repaired after a kill."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from paperkb.library.discover import SITE_MANIFEST
from paperkb.site.page import Page
from paperkb.site.write import ForeignFolder, Written, write_site

Files = Mapping[str, str]


def render(page: Page) -> bytes:
    return str(page.data["text"]).encode()


def write(out: Path, files: Files, salt: str = "1", *, force: bool = False) -> Written:
    pages = [Page(path, "", {"text": text}) for path, text in files.items()]
    return write_site(out, pages, render, salt, force=force)


def contents(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): path.read_text()
        for path in out.rglob("*")
        if path.is_file() and path.name != SITE_MANIFEST
    }


def test_only_what_changed_is_written_and_what_is_stale_removed(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert write(out, {"a.html": "1", "x/b.html": "2", "c.html": "3"}) == Written(3, 0, 0)
    kept = (out / "c.html").stat()
    assert write(out, {"a.html": "new", "c.html": "3"}) == Written(1, 1, 1)
    assert contents(out) == {"a.html": "new", "c.html": "3"}
    assert (out / "c.html").stat().st_mtime_ns == kept.st_mtime_ns
    assert not (out / "x").exists()


def test_another_salt_renders_but_writes_only_other_bytes(tmp_path: Path) -> None:
    write(tmp_path / "site", {"a.html": "1"})
    assert write(tmp_path / "site", {"a.html": "1"}, salt="2") == Written(0, 1, 0)


def test_unchanged_pages_are_not_even_rendered(tmp_path: Path) -> None:
    def never(page: Page) -> bytes:
        raise AssertionError(page.path)

    pages = [Page("a.html", "", {"text": "1"})]
    write_site(tmp_path / "site", pages, render, "1")
    assert write_site(tmp_path / "site", pages, never, "1") == Written(0, 1, 0)


@pytest.mark.parametrize("change", ["edited", "removed"])
def test_a_page_that_somebody_changed_is_written_again(tmp_path: Path, change: str) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1"})
    if change == "edited":
        (out / "a.html").write_text("somebody else's")
    else:
        (out / "a.html").unlink()
    assert write(out, {"a.html": "1"}) == Written(1, 0, 0)
    assert contents(out) == {"a.html": "1"}


def test_foreign_files_are_untouched(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, {"x/a.html": "1", "b.html": "2"})
    (out / "CNAME").write_text("example.org")
    (out / "x" / "mine.txt").write_text("mine")
    write(out, {"b.html": "2"})
    assert contents(out) == {"b.html": "2", "CNAME": "example.org", "x/mine.txt": "mine"}


def test_a_folder_of_somebody_else_is_refused_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "thesis.tex").write_text("years of work")
    with pytest.raises(ForeignFolder):
        write(out, {"a.html": "1"})
    assert contents(out) == {"thesis.tex": "years of work"}
    write(out, {"a.html": "1"}, force=True)
    assert contents(out) == {"thesis.tex": "years of work", "a.html": "1"}
    write(out, {"a.html": "2"})  # from then on it is ours, beside the others
    assert contents(out) == {"thesis.tex": "years of work", "a.html": "2"}


@pytest.mark.parametrize("foreign", ["new.html", "new", "new/inner.html/file"])
def test_a_foreign_file_in_a_pages_place_stops_the_build(tmp_path: Path, foreign: str) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1"})
    (out / foreign).parent.mkdir(parents=True, exist_ok=True)
    (out / foreign).write_text("mine")
    with pytest.raises(ForeignFolder):
        write(out, {"a.html": "2", "new.html": "3", "new/inner.html": "4"})
    assert contents(out) == {"a.html": "1", foreign: "mine"}


def test_an_empty_folder_and_a_new_one_are_fine(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty", {"a.html": "1"})
    write(tmp_path / "deep" / "new", {"a.html": "1"})
    assert contents(tmp_path / "empty") == contents(tmp_path / "deep" / "new")


def test_a_page_may_take_the_place_of_a_folder_and_the_other_way_round(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, {"static/x": "file", "static/y/z": "deep"})
    write(out, {"static/x/deep": "1", "static/y": "2"})
    assert contents(out) == {"static/x/deep": "1", "static/y": "2"}


@pytest.mark.parametrize(
    "manifest",
    ["", "{", "[]", "null", '{"pages": 1}', '{"pages": []}', "\x00", '{"pages": {"a.html": 5}}',
     '{"pages": {"a.html": {"0": 1}, "b.html": ["x"], "c": [1, 2, 3], "d": null}}'],
)  # fmt: skip
def test_a_damaged_manifest_is_an_empty_one(tmp_path: Path, manifest: str) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1"})
    (out / SITE_MANIFEST).write_text(manifest)
    assert write(out, {"a.html": "2", "b.html": "3"}) == Written(2, 0, 0)
    assert contents(out) == {"a.html": "2", "b.html": "3"}


@pytest.mark.parametrize(
    "name",
    ["../victim", "x/../../victim", "/tmp/victim", "", ".", "..", "a\\..\\victim", "x\0y", "C:/x",
     "folder", "link/victim"],
)  # fmt: skip
def test_a_manifest_cannot_make_a_build_remove_what_it_did_not_write(
    tmp_path: Path, name: str
) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1"})
    (tmp_path / "victim").write_text("precious")
    (out / "folder").mkdir()
    (out / "folder" / "mine").write_text("mine")
    (out / "link").symlink_to(tmp_path)
    entries = json.loads((out / SITE_MANIFEST).read_text())
    entries["pages"][name] = ["x", 8, 0]
    (out / SITE_MANIFEST).write_text(json.dumps(entries))
    write(out, {"a.html": "2"})
    assert (tmp_path / "victim").read_text() == "precious"
    assert (out / "folder" / "mine").read_text() == "mine"
    assert (out / "a.html").read_text() == "2"


OLD = {"index.html": "old", "same.html": "same", "gone/x.html": "old", "folder/y": "old"}
NEW = {"index.html": "new", "same.html": "same", "more/z.html": "new", "folder": "new"}


class Killed(BaseException):
    """Stands for the power going out: nothing catches it."""


def kill_after(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let ``count`` changes to the disk happen, and none after them: cleaning up included."""
    left = [count]

    def guarded(real: Any) -> Any:
        def act(*args: Any, **kwargs: Any) -> Any:
            if left[0] <= 0:
                raise Killed
            left[0] -= 1
            return real(*args, **kwargs)

        return act

    for name in ("replace", "unlink", "rmdir", "mkdir", "write_bytes", "open"):
        monkeypatch.setattr(Path, name, guarded(getattr(Path, name)))
    monkeypatch.setattr(os, "fsync", guarded(os.fsync))
    monkeypatch.setattr("shutil.rmtree", guarded(__import__("shutil").rmtree))


@pytest.mark.parametrize("before", [{}, OLD], ids=["first build", "later build"])
def test_after_a_kill_pages_are_old_or_new_and_the_next_build_repairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: Files
) -> None:
    finished = 0
    for count in range(60):
        out = tmp_path / f"site-{count}"
        if before:
            write(out, before)
        with monkeypatch.context() as patch:
            kill_after(patch, count)
            try:
                write(out, NEW)
                finished += 1
            except Killed:
                pass
        shown = (
            {p: t for p, t in contents(out).items() if not p.startswith(".")}
            if out.exists()
            else {}
        )
        for path, text in shown.items():
            assert text in (before.get(path), NEW.get(path)), (count, path)
        write(out, NEW)
        assert contents(out) == NEW, count
    assert 0 < finished < 60


def test_a_page_that_cannot_be_rendered_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, OLD)

    def fails(page: Page) -> bytes:
        if page.path == "more/z.html":
            raise ValueError("template")
        return render(page)

    with pytest.raises(ValueError, match="template"):
        write_site(out, [Page(p, "", {"text": t}) for p, t in NEW.items()], fails, "1")
    assert contents(out) == OLD
