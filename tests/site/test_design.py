"""What a site looks like: one hash of all templates and settings, and a version of each file."""

from __future__ import annotations

import os
from pathlib import Path

from paperkb.config import Settings
from paperkb.resources import templates_folder
from paperkb.site.design import (
    fingerprint,
    language_files,
    own_templates,
    static_files,
    static_versions,
)
from tests.vaults import write_files


def test_the_fingerprint_follows_templates_and_settings(tmp_path: Path) -> None:
    first = fingerprint(tmp_path, Settings())
    assert fingerprint(tmp_path, Settings()) == first
    assert fingerprint(tmp_path, Settings(title="Other")) != first
    write_files(tmp_path, {"templates/pages/404.html": "mine"})
    second = fingerprint(tmp_path, Settings())
    assert second != first
    write_files(tmp_path, {"templates/pages/404.html": "ours"})
    assert fingerprint(tmp_path, Settings()) not in (first, second)


def test_a_vault_that_is_moved_looks_the_same(tmp_path: Path) -> None:
    own = {"templates/pages/404.html": "mine", "templates/languages.toml": ""}
    for name in ("one", "two"):
        write_files(tmp_path / name, own)
    assert fingerprint(tmp_path / "one", Settings()) == fingerprint(tmp_path / "two", Settings())


def test_the_vaults_own_static_files_go_first_beside_the_shipped(tmp_path: Path) -> None:
    write_files(tmp_path, {"templates/static/site.css": "body{}", "templates/static/x/y.js": "1"})
    found = static_files(tmp_path)
    assert found["site.css"] == tmp_path / "templates/static/site.css"
    assert found["x/y.js"] == tmp_path / "templates/static/x/y.js"
    assert found["icon.svg"] == templates_folder() / "static/icon.svg"


def test_a_static_file_that_changed_has_another_version(tmp_path: Path) -> None:
    write_files(tmp_path, {"templates/static/a.js": "1", "templates/static/b.js": "1"})
    first = static_versions(tmp_path)
    assert static_versions(tmp_path) == first
    os.utime(tmp_path / "templates/static/a.js", (1, 1))
    assert len(set(static_versions(tmp_path)) - set(first)) == 1


def test_nothing_hidden_and_nothing_from_outside_counts(tmp_path: Path) -> None:
    root, outside = tmp_path / "vault", tmp_path / "secret.txt"
    outside.write_text("secret")
    write_files(root, {
        "templates/pages/404.html": "mine", "templates/pages/parts/a.html": "x", "other.css": "p{}",
        "templates/static/.env": "secret", "templates/static/.git/x": "secret",
        "templates/pages/.404.html.swp": "secret", "templates/static/x/y.css": "p{}",
    })  # fmt: skip
    first = fingerprint(root, Settings())
    for name in ("pages/note.html", "static/site.css", "languages.toml"):
        (root / "templates" / name).symlink_to(outside)
    (root / "templates/pages/.#404.html").symlink_to("me@host.1:2")
    (root / "templates/static/linked.css").symlink_to(root / "other.css")
    assert set(own_templates(root)) == {"404.html", "parts/a.html"}
    assert {path for path in static_files(root).values() if path.is_relative_to(root)} == {
        root / "templates/static/linked.css", root / "templates/static/x/y.css"
    }  # fmt: skip
    assert len(language_files(root)) == 1
    assert fingerprint(root, Settings()) == first
    write_files(root, {"templates/pages/parts/a.html": "y"})
    assert fingerprint(root, Settings()) != first
