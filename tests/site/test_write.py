"""Writing: atomic, only what changed, never another's file, and repaired after a kill."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from paperkb.library.discover import SITE_MANIFEST
from paperkb.site import write as site_write
from paperkb.site.manifest import Manifest
from paperkb.site.write import ForeignFolder, Written, open_output, stage

Files = Mapping[str, str]


def write(out: Path, files: Files, *, force: bool = False) -> Written:
    """Stage what is another file than before, and publish it with all others."""
    with open_output(out, force=force) as output:
        staged = [path for path, text in files.items() if stage(out, path, text.encode())]
        gone = output.before.keys() - files.keys()
        return output.publish(files.keys() - set(staged), staged, gone)


def changed(out: Path) -> set[str]:
    """What somebody changed since it was written."""
    with open_output(out) as output:
        return set(output.changed)


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


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1", "b.html": "2"})
    before = (out / SITE_MANIFEST).stat()
    assert write(out, {"a.html": "1", "b.html": "2"}) == Written(0, 2, 0)
    assert (out / SITE_MANIFEST).stat() == before


def test_a_file_is_staged_if_its_bytes_are_others(tmp_path: Path) -> None:
    source = tmp_path / "pic.png"
    source.write_bytes(b"one")
    with open_output(tmp_path / "site") as output:
        assert stage(output.out, "files/pic.png", source)
        assert output.publish([], ["files/pic.png"]) == Written(1, 0, 0)
        assert not stage(output.out, "files/pic.png", source)
        source.write_bytes(b"two")
        assert stage(output.out, "files/pic.png", source)
        assert contents(output.out)["files/pic.png"] == "one"  # not before it is published


def test_what_is_staged_and_never_published_leaves_no_trace(tmp_path: Path) -> None:
    write(tmp_path / "site", OLD)
    with open_output(tmp_path / "site") as output:
        stage(output.out, "new/x.html", b"new")
    assert contents(tmp_path / "site") == OLD
    assert not (tmp_path / "site" / ".paperkb-staging").exists()


def test_the_manifest_has_a_hash_that_follows_the_files(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with open_output(out) as output:
        assert output.manifest.hash == ""
        stage(out, "a.html", b"1")
        output.publish([], ["a.html"])
        first = output.manifest.hash
    with open_output(out) as output:
        assert output.manifest.hash == first != ""
        stage(out, "a.html", b"22")
        output.publish([], ["a.html"])
        assert output.manifest.hash not in ("", first)


def test_one_build_waits_for_another(tmp_path: Path) -> None:
    out = tmp_path / "site"
    order: list[str] = []

    def other() -> None:
        with open_output(out):
            order.append("second")

    with open_output(out):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@pytest.mark.parametrize("change", ["edited", "removed"])
def test_a_page_that_somebody_changed_is_written_again(tmp_path: Path, change: str) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1"})
    if change == "edited":
        (out / "a.html").write_text("somebody else's")
    else:
        (out / "a.html").unlink()
    assert changed(out) == {"a.html"}
    assert write(out, {"a.html": "1"}) == Written(1, 0, 0)
    assert contents(out) == {"a.html": "1"}
    assert changed(out) == set()


def test_a_page_that_somebody_only_touched_is_as_it_was_from_then_on(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1"})
    os.utime(out / "a.html", (1, 1))
    assert changed(out) == {"a.html"}
    assert write(out, {"a.html": "1"}) == Written(0, 1, 0)
    assert changed(out) == set()


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
     '{"pages": {"a.html": {"0": 1}, "b.html": "x", "c": 1.5, "d": null, "e": true}}'],
)  # fmt: skip
def test_a_damaged_manifest_is_an_empty_one(tmp_path: Path, manifest: str) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1"})
    (out / SITE_MANIFEST).write_text(manifest)
    assert write(out, {"a.html": "2", "b.html": "3"}) == Written(2, 0, 0)
    assert contents(out) == {"a.html": "2", "b.html": "3"}


def test_files_of_an_older_manifest_are_ours_and_known_again_after_a_build(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1", "b.html": "2", "gone/c.html": "3"})
    pages = {path: ["fingerprint", 12, 34] for path in ("a.html", "b.html", "gone/c.html")}
    (out / SITE_MANIFEST).write_text(json.dumps({"pages": pages}))
    assert changed(out) == set(pages)
    assert write(out, {"a.html": "1", "b.html": "new"}) == Written(1, 1, 1)
    assert contents(out) == {"a.html": "1", "b.html": "new"}
    assert changed(out) == set()


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
    entries["pages"][name] = [8, 0]
    (out / SITE_MANIFEST).write_text(json.dumps(entries))
    write(out, {"a.html": "2"})
    assert (tmp_path / "victim").read_text() == "precious"
    assert (out / "folder" / "mine").read_text() == "mine"
    assert (out / "a.html").read_text() == "2"


OLD = {"index.html": "old", "same.html": "same", "gone/x.html": "old", "folder/y": "old"}
NEW = {"index.html": "new", "same.html": "same", "more/z.html": "new", "folder": "new"}


STEPS = 90
"""More changes to the disk than a build of these makes."""


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

    for name in ("replace", "unlink", "rmdir", "mkdir", "write_bytes", "write_text", "open"):
        monkeypatch.setattr(Path, name, guarded(getattr(Path, name)))
    for name in ("rmtree", "copyfile", "copy", "copy2", "move"):
        monkeypatch.setattr(shutil, name, guarded(getattr(shutil, name)))
    for name in ("fsync", "replace", "unlink", "makedirs"):
        monkeypatch.setattr(os, name, guarded(getattr(os, name)))
    monkeypatch.setattr(site_write, "open", guarded(open), raising=False)


@pytest.mark.parametrize("before", [{}, OLD], ids=["first build", "later build"])
def test_after_a_kill_pages_are_old_or_new_and_the_next_build_repairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: Files
) -> None:
    finished = 0
    for count in range(STEPS):
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
        assert changed(out) == set(), count
    assert 0 < finished < STEPS


def test_a_copy_that_is_killed_half_way_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, source = tmp_path / "site", tmp_path / "pic.png"
    write(out, OLD)
    source.write_bytes(b"new")

    def half(_from: object, to: str) -> None:
        Path(to).write_bytes(b"n")
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", half)
        with pytest.raises(Killed), open_output(out):
            stage(out, "index.html", source)
    assert contents(out) == OLD


def test_a_build_that_fails_before_it_publishes_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, OLD)
    with pytest.raises(ValueError, match="template"), open_output(out):
        stage(out, "index.html", b"new")
        raise ValueError("template")
    assert contents(out) == OLD
    assert changed(out) == set()


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), PermissionError(13, "x")]
)
def test_a_full_or_read_only_disk_leaves_the_old_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    out = tmp_path / "site"
    write(out, OLD)

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(site_write, "_write", fail)
        with pytest.raises(OSError, match=r"."):
            write(out, NEW)
    assert contents(out) == OLD


@pytest.mark.parametrize(("is_of_another_build", "seen"), [(False, {"b.html"}), (True, {"a.html"})])
def test_what_was_seen_ahead_counts_unless_another_build_came_in_between(
    tmp_path: Path, *, is_of_another_build: bool, seen: set[str]
) -> None:
    write(tmp_path, {"a.html": "a"})
    (tmp_path / "a.html").write_text("other")
    manifest = Manifest(tmp_path, b"" if is_of_another_build else None)
    manifest.changed = frozenset({"b.html"})
    with open_output(tmp_path, manifest=manifest) as output:
        assert output.changed == seen
