"""Which files a vault has, and what is in the way of reading them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from paperkb.config import Settings
from paperkb.library.discover import SITE_MANIFEST, Discovered, discover
from tests.vaults import write_files, write_raw


def note_paths(found: Discovered) -> list[str]:
    return [entry.path for entry in found.notes]


def problems(found: Discovered) -> list[tuple[str, str]]:
    return [(problem.code, problem.place.path) for problem in found.problems]


def test_files_are_grouped_and_sorted_by_path(tmp_path: Path) -> None:
    write_files(tmp_path, {"b.md": "12", "a/c.MARKDOWN": "", "refs.bib": "", "fig.png": "123"})
    found = discover(tmp_path, Settings())
    assert note_paths(found) == ["a/c.MARKDOWN", "b.md"]
    assert [entry.path for entry in found.bibliographies] == ["refs.bib"]
    assert [(entry.path, entry.size) for entry in found.others] == [("fig.png", 3)]
    assert found.notes[1].mtime_ns == (tmp_path / "b.md").stat().st_mtime_ns
    assert found.problems == ()


def test_what_is_no_note_of_the_vault_is_left_out(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            ".obsidian/x.md": "", ".hidden.md": "", "node_modules/x.md": "", "_site/x.md": "",
            "templates/note/paper.md": "", "papers/templates/kept.md": "",
            "public/x.md": "", f"public/{SITE_MANIFEST}": "{}",
        },
    )  # fmt: skip
    assert note_paths(discover(tmp_path, Settings())) == ["papers/templates/kept.md"]


def test_excluded_patterns_cover_folders_and_names(tmp_path: Path) -> None:
    write_files(tmp_path, {"old/a.md": "", "old/deep/b.md": "", "keep.md": "", "draft-1.md": ""})
    found = discover(tmp_path, Settings(exclude=("old", "draft-*")))
    assert note_paths(found) == ["keep.md"]


@pytest.mark.parametrize("pattern", ["old/", "./old", "/old", "old/**", "old\\\\*"])
def test_a_folder_is_excluded_however_it_is_written(tmp_path: Path, pattern: str) -> None:
    write_files(tmp_path, {"old/a.md": "", "old/deep/b.md": "", "keep.md": ""})
    found = discover(tmp_path, Settings(exclude=(pattern,)))
    assert (note_paths(found), found.problems) == (["keep.md"], ())


def test_a_name_is_excluded_however_its_accents_are_composed(tmp_path: Path) -> None:
    write_files(tmp_path, {"e\u0301.md": "# A", "\u00f6.md": "# B", "c.md": "# C"})
    found = discover(tmp_path, Settings(exclude=("\u00e9.md", "o\u0308.md")))
    assert [entry.path for entry in found.notes] == ["c.md"]


def test_a_pattern_that_excludes_nothing_is_told(tmp_path: Path) -> None:
    write_files(tmp_path, {"old/a.md": "", "keep.md": ""})
    found = discover(tmp_path, Settings(exclude=("old", "old/*", "Keep.md", "draft/")))
    assert [problem.message for problem in found.problems] == [
        "[vault] exclude: no file or folder is «Keep.md»",
        "[vault] exclude: no file or folder is «draft/»",
    ]


def test_a_pattern_that_means_what_is_left_out_anyway_is_not_told(tmp_path: Path) -> None:
    write_files(tmp_path, {".trash/x.md": "", "a/b/c.md": "", "drafts/x.tmp.md": "", "k.md": ""})
    exclude = (".trash", ".obsidian/*", "a", "**/b", "drafts", "*.tmp.md", "drafts/x*", "k.*")
    found = discover(tmp_path, Settings(exclude=exclude))
    assert (note_paths(found), found.problems) == ([], ())


def test_symbolic_links_are_followed_inside_the_vault_only(tmp_path: Path) -> None:
    root, outside = tmp_path / "vault", tmp_path / "vault-other"
    write_files(root, {"real.md": "# Real", "folder/in.md": ""})
    write_files(outside, {"secret.md": "# Secret"})
    (root / "alias.md").symlink_to(root / "real.md")
    (root / "out.md").symlink_to(outside / "secret.md")
    (root / "out-folder").symlink_to(outside)
    (root / "again").symlink_to(root / "folder")
    (root / "round").symlink_to(root)
    found = discover(root, Settings())
    assert note_paths(found) == ["alias.md", "folder/in.md", "real.md"]
    assert problems(found) == [("PKB006", "out-folder"), ("PKB006", "out.md")]


def test_links_that_lead_nowhere_or_in_circles_are_problems(tmp_path: Path) -> None:
    (tmp_path / "dangling.md").symlink_to(tmp_path / "not-there.md")
    (tmp_path / "one.md").symlink_to(tmp_path / "two.md")
    (tmp_path / "two.md").symlink_to(tmp_path / "one.md")
    found = discover(tmp_path, Settings())
    assert note_paths(found) == []
    assert problems(found) == [
        ("PKB001", "dangling.md"),
        ("PKB001", "one.md"),
        ("PKB001", "two.md"),
    ]


def test_a_folder_and_a_pipe_named_like_notes(tmp_path: Path) -> None:
    write_files(tmp_path, {"x.md/inner.md": "x"})
    os.mkfifo(tmp_path / "p.md")
    found = discover(tmp_path, Settings())
    assert note_paths(found) == ["x.md/inner.md"]
    assert problems(found) == [("PKB007", "p.md"), ("PKB007", "x.md")]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"locked.md": "x", "locked.png": "x", "open.md": "x"})
    (tmp_path / "locked.md").chmod(0o600)
    (tmp_path / "locked.png").chmod(0o600)
    monkeypatch.setattr(os, "access", lambda path, _mode: "locked" not in str(path))
    found = discover(tmp_path, Settings())
    assert note_paths(found) == ["open.md"]
    assert found.others == ()
    assert problems(found) == [("PKB001", "locked.md"), ("PKB001", "locked.png")]


def test_a_folder_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"locked/a.md": "x", "open.md": "x"})
    real = os.scandir

    def scandir(folder: str) -> object:
        if folder.endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    found = discover(tmp_path, Settings())
    assert note_paths(found) == ["open.md"]
    assert problems(found) == [("PKB001", "locked")]


def test_names_that_are_not_utf8_are_printable_and_differ(tmp_path: Path) -> None:
    write_raw(tmp_path, b"caf\xe8.md", b"one")
    write_raw(tmp_path, b"caf\xe9.md", b"two")
    found = discover(tmp_path, Settings())
    assert note_paths(found) == ["caf\\xe9.md", "caf\ufffd.md"]
    assert sorted(Path(entry.full).read_bytes() for entry in found.notes) == [b"one", b"two"]


@pytest.mark.parametrize(
    "name", ["😀.md", "a:b.md", "100%.md", "q\"'.md", "new\nline.md", "b\\s.md"]
)
def test_any_other_name_is_kept(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {name: "x"})
    assert note_paths(discover(tmp_path, Settings())) == [name]
