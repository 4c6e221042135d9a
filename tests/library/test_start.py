"""A new vault."""

from __future__ import annotations

from pathlib import Path

from paperkb.config import Settings, load_settings
from paperkb.library.start import plan_vault, write_vault
from tests.vaults import write_files


def test_a_new_vault_has_its_few_files_and_settings_that_load(tmp_path: Path) -> None:
    plan = plan_vault(tmp_path, templates=False)
    assert plan.keep == ()
    write_vault(tmp_path, plan)
    made = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert made == set(plan.create) == {
        "paperkb.toml", ".gitignore", ".github/workflows/pages.yml", "papers/.gitkeep",
    }  # fmt: skip
    assert isinstance(load_settings(tmp_path, {}), Settings)
    # A shallow clone has no first days of notes.
    assert "fetch-depth: 0" in (tmp_path / ".github/workflows/pages.yml").read_text()


def test_existing_files_are_kept_as_they_are(tmp_path: Path) -> None:
    write_files(tmp_path, {"paperkb.toml": "# mine", "papers/.gitkeep": ""})
    plan = plan_vault(tmp_path, templates=False)
    assert plan.keep == ("paperkb.toml", "papers/.gitkeep")
    write_vault(tmp_path, plan)
    assert (tmp_path / "paperkb.toml").read_text() == "# mine"
    assert plan_vault(tmp_path, templates=False).create == ()


def test_templates_are_copied_on_demand(tmp_path: Path) -> None:
    plan = plan_vault(tmp_path, templates=True)
    write_vault(tmp_path, plan)
    assert (tmp_path / "templates/pages/note.html").is_file()
    assert (tmp_path / "templates/static/site.css").is_file()
    assert (tmp_path / "templates/note/paper.md").is_file()
