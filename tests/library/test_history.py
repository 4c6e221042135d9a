"""First commits: read once a commit, and the same whether read at once or bit by bit."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from paperkb.library import git
from paperkb.library.calendar import calendar
from paperkb.library.cells import cell
from paperkb.library.history import follow_history
from paperkb.library.index import Index
from paperkb.watch import SILENT
from tests.vaults import load_indexed, write_files


def run(root: Path, *arguments: str, day: str = "2020-01-01") -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=T", "-c", "user.email=t@x.org", *arguments],
        cwd=root, check=True, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(root), "GIT_AUTHOR_DATE": f"{day}T12:00:00",
             "GIT_COMMITTER_DATE": "2024-01-01T12:00:00"},
    )  # fmt: skip
    return done.stdout.strip()


def commit(root: Path, files: dict[str, str], day: str) -> None:
    write_files(root, files)
    run(root, "add", "-A")
    run(root, "commit", "-qm", "x", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a vault in a folder of it."""
    root = tmp_path / "repo" / "vault"
    root.mkdir(parents=True)
    run(root.parent, "init", "-q", "-b", "main")
    commit(root, {"a.md": "# A", "x y/Ü.md": "# U", "pic.png": "P"}, "2020-02-03")
    return root


def days(index: Index) -> dict[str, str]:
    return dict(index.rows("select path, day from committed"))


def test_the_day_of_the_first_commit_of_each_note(repository: Path) -> None:
    index = Index()
    follow_history(index, repository, SILENT)
    assert days(index) == {"a.md": "2020-02-03", "x y/Ü.md": "2020-02-03"}
    generation = index.state("generation")
    follow_history(index, repository, SILENT)
    assert index.state("generation") == generation


def test_what_follows_bit_by_bit_is_what_is_read_at_once(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index()
    follow_history(index, repository, SILENT)
    run(repository, "rm", "-q", "a.md")
    commit(repository, {"b.md": "# B"}, "2021-01-01")
    commit(repository, {"a.md": "# again"}, "2019-01-01")
    since = int(index.state("generation"))
    follow_history(index, repository, SILENT)
    fresh = Index()
    follow_history(fresh, repository, SILENT)
    expected = {"a.md": "2019-01-01", "b.md": "2021-01-01", "x y/Ü.md": "2020-02-03"}
    assert days(index) == days(fresh) == expected
    touched = index.rows("select id from cell where generation > ?", since)
    assert touched == [(cell("history"),)]


def test_another_history_is_read_anew(repository: Path) -> None:
    index = Index()
    commit(repository, {"b.md": "# B"}, "2021-01-01")
    follow_history(index, repository, SILENT)
    run(repository, "reset", "-q", "--hard", "HEAD~1")
    follow_history(index, repository, SILENT)
    assert set(days(index)) == {"a.md", "x y/Ü.md"}


def test_the_commit_is_found_as_git_finds_it(repository: Path, tmp_path: Path) -> None:
    head = run(repository, "rev-parse", "HEAD")
    assert git.head_commit(repository) == head
    run(repository, "pack-refs", "--all")
    assert git.head_commit(repository) == head
    run(repository, "worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    assert git.head_commit(tmp_path / "tree" / "vault") == head
    run(repository, "checkout", "-q", "--detach")
    assert git.head_commit(repository) == head


def test_without_a_history_there_are_no_days(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No repository, no commit, a clone of the last commit only, no git."""
    (tmp_path / "plain").mkdir()
    assert git.head_commit(tmp_path / "plain") == ""
    run(tmp_path / "plain", "init", "-q", "-b", "main")
    assert git.head_commit(tmp_path / "plain") == ""
    commit(repository, {"b.md": ""}, "2021-01-01")
    run(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository.parent}", "shallow")
    assert git.head_commit(tmp_path / "shallow" / "vault") == ""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    index = Index()
    follow_history(index, repository, SILENT)
    assert days(index) == {}


def test_a_note_without_a_day_of_its_own_has_that_of_its_commit(repository: Path) -> None:
    write_files(repository, {"c.md": "---\nadded: 2022-05-06\nfinished: 2022-06-07\n---\n"})
    library = load_indexed(repository)
    follow_history(library.index, repository, SILENT)
    rows = {row.key: (row.added, row.finished, row.last) for row in calendar(library)}
    assert rows == {
        "a": ("2020-02-03", "", "2020-02-03"),
        "c": ("2022-05-06", "2022-06-07", "2022-06-07"),
        "Ü": ("2020-02-03", "", "2020-02-03"),
    }
    library.close()
