"""A new vault: the few files that make a folder one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from paperkb.config import CONFIG_NAME
from paperkb.resources import templates_folder

# Where a file goes → the shipped file that it is copied from.
_FILES = {
    CONFIG_NAME: "vault/paperkb.toml",
    ".gitignore": "vault/gitignore",
    ".github/workflows/pages.yml": "vault/pages.yml",
}
_KEEP = "papers/.gitkeep"


@dataclass(frozen=True, slots=True)
class Plan:
    """What starting a vault would do: ``create`` and ``keep`` are paths relative to it."""

    create: tuple[str, ...]
    keep: tuple[str, ...]


def plan_vault(root: Path, *, templates: bool) -> Plan:
    """Which files are missing. Existing ones are kept as they are."""
    wanted = [*_FILES, _KEEP, *(_template_files() if templates else {})]
    return Plan(
        tuple(path for path in wanted if not (root / path).exists()),
        tuple(path for path in wanted if (root / path).exists()),
    )


def write_vault(root: Path, plan: Plan) -> None:
    """Create the planned files."""
    sources = {**{path: templates_folder() / name for path, name in _FILES.items()}}
    sources |= _template_files()
    for path in plan.create:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if path == _KEEP:
            target.touch(exist_ok=False)
        else:
            with target.open("xb") as file, sources[path].open("rb") as source:
                shutil.copyfileobj(source, file)


def _template_files() -> dict[str, Path]:
    """The shipped templates that a vault may make its own."""
    shipped = templates_folder()
    paths = (path for kind in ("note", "pages", "static") for path in (shipped / kind).rglob("*"))
    files = sorted(path for path in paths if path.is_file())
    return {f"templates/{path.relative_to(shipped).as_posix()}": path for path in files}
