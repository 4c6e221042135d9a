"""``kill -9`` at any moment, and a full disk: pages are old or new, the next build repairs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from paperkb.library.discover import SITE_MANIFEST
from paperkb.site.build import build_site
from tests.vaults import load, write_files

ROOT = Path(__file__).parents[2]
OLD = {
    "paperkb.toml": "",
    "a.md": "---\ntitle: A\nyear: 2017\ntags: [x, old]\n---\nSee [[b]] and ![](pic.png).\n",
    "b.md": "---\ntitle: B\nauthors: [Ada Lovelace]\n---\n# B\n",
    "gone.md": "# Gone\n[[a]]\n",
    "pic.png": "one",
}
NEW = {
    "a.md": "---\ntitle: A, again\nyear: 2018\ntags: [x]\n---\nSee [[c]] and ![](pic.png).\n",
    "c.md": "# C\n[[b]] #new\n",
    "pic.png": "another",
}
POINTS = 16
"""Moments of a build at which it is killed, spread over all of its changes to the disk."""


def build(vault: Path, out: Path, fatal: int = 0, *limit: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.site.killed", vault, out, fatal, *limit]
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def pages(out: Path) -> dict[str, bytes]:
    """What a visitor can see: not our own files, which begin with a dot."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
        and not any(part.startswith(".paperkb") for part in path.relative_to(out).parts)
        and path.name != SITE_MANIFEST
    }


def edit(vault: Path) -> None:
    write_files(vault, NEW)
    (vault / "gone.md").unlink()


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A vault that was built, index and all; and what its site is after an edit."""
    folder = tmp_path_factory.mktemp("kill")
    write_files(folder / "vault", OLD)
    assert build(folder / "vault", folder / "site").returncode == 0
    shutil.copytree(folder / "vault", folder / "after")
    edit(folder / "after")
    build_site(load(folder / "after"), folder / "clean")
    return folder, pages(folder / "clean")


@pytest.mark.slow
@pytest.mark.parametrize("first", [False, True], ids=["later build", "first build"])
def test_a_killed_build_leaves_old_pages_or_new_ones_and_the_next_repairs(
    tmp_path: Path, edited: tuple[Path, dict[str, bytes]], first: bool
) -> None:
    folder, after = edited
    before = {} if first else pages(folder / "site")

    def prepare(name: str) -> tuple[Path, Path]:
        vault, out = tmp_path / name / "vault", tmp_path / name / "site"
        ignore = shutil.ignore_patterns(".paperkb") if first else None
        shutil.copytree(folder / "vault", vault, ignore=ignore)
        if not first:
            shutil.copytree(folder / "site", out)
        edit(vault)
        return vault, out

    whole = build(*prepare("whole"))
    assert whole.returncode == 0, whole.stderr
    changes = int(re.findall(r"(\d+) changes", whole.stderr)[0])
    assert changes > POINTS
    for fatal in sorted({1 + number * changes // POINTS for number in range(POINTS)}):
        vault, out = prepare(f"at-{fatal}")
        assert build(vault, out, fatal).returncode == -9
        shown = pages(out) if out.exists() else {}
        for path, data in shown.items():
            assert data in (before.get(path), after.get(path)), (fatal, path)
        repaired = build(vault, out)
        assert repaired.returncode == 0, (fatal, repaired.stderr)
        assert pages(out) == after, fatal


@pytest.mark.parametrize("limit", [40_000, 100_000])
def test_where_the_index_does_not_fit_the_site_is_built_without(
    tmp_path: Path, edited: tuple[Path, dict[str, bytes]], limit: int
) -> None:
    folder, after = edited
    vault = tmp_path / "vault"
    shutil.copytree(folder / "after", vault, ignore=shutil.ignore_patterns(".paperkb"))
    built = build(vault, tmp_path / "site", 0, limit)
    assert built.returncode == 0, built.stderr
    assert "paperkb: the index is not used: " in built.stderr
    assert pages(tmp_path / "site") == after


def test_where_a_page_does_not_fit_the_old_site_stays(
    tmp_path: Path, edited: tuple[Path, dict[str, bytes]]
) -> None:
    folder, _ = edited
    vault, out = tmp_path / "vault", tmp_path / "site"
    shutil.copytree(folder / "vault", vault)
    shutil.copytree(folder / "site", out)
    before = pages(out)
    (vault / "b.md").write_text("# B\n" + "word " * 200_000, encoding="utf-8")
    built = build(vault, out, 0, 900_000)
    assert built.returncode == 1
    assert "paperkb: the site cannot be written: " in built.stderr
    assert "Traceback" not in built.stderr
    assert pages(out) == before
