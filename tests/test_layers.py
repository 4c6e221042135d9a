"""The rooms of the house, and that imports run one way: from a line to the lines below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "paperkb"

# From top to bottom. Rooms in one row do not know each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    ("site",),
    ("checks",),
    ("graph",),
    ("library",),
    ("sources",),
    ("formats",),
    ("notes", "search"),
    ("messages", "people", "config", "resources", "beside"),
    ("model", "identifiers", "paths", "watch", "workers", "user_cache"),
    ("__init__",),
)
LEVEL = {room: level for level, row in enumerate(LAYERS) for room in row}
FILES = sorted(PACKAGE.rglob("*.py"))

# Libraries that one room knows alone; msgspec makes frozen values too.
OWNED: dict[str, str | tuple[str, ...]] = {
    "networkx": "graph",
    "bibtexparser": "formats",
    "httpx": "sources",
    "mistune": "notes",
    "nh3": "notes",
    "math_core": "notes",
    "pylatexenc": "notes",
    "yaml": "notes",
    "frontmatter": "notes",
    "pygments": "notes",
    "jinja2": "site",
    "markupsafe": "site",
    "click": "cli",
    "watchfiles": "cli",
    "rich": "cli",
    "rapidfuzz": "checks",
    "rjsmin": "site",
    "msgspec": ("library", "model", "search", "site"),
    "sqlite3": "library",
}
STANDARD_LIBRARY_ONLY = (
    "identifiers", "people", "config", "messages", "resources", "paths", "watch", "workers",
    "beside", "user_cache",
)  # fmt: skip


def _room(path: Path) -> str:
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def _imports(path: Path) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            module = node.module or ""
            submodules = [f"{module}.{alias.name}" for alias in node.names]
            found += [(name, node.lineno) for name in submodules]
    return found


def test_every_room_has_its_place() -> None:
    assert {_room(path) for path in FILES} == set(LEVEL)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downwards(path: Path) -> None:
    room = _room(path)
    for name, line in _imports(path):
        parts = name.split(".")
        if parts[0] != "paperkb":
            continue
        other = parts[1] if len(parts) > 1 and parts[1] in LEVEL else "__init__"
        assert other == room or LEVEL[other] > LEVEL[room], f"{path}:{line}: {room} → {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_has_one_room(path: Path) -> None:
    room = _room(path)
    for name, line in _imports(path):
        owner = OWNED.get(name.split(".")[0], room)
        assert room in ((owner,) if isinstance(owner, str) else owner), (
            f"{path}:{line}: only {owner} knows {name}"
        )


@pytest.mark.parametrize("room", STANDARD_LIBRARY_ONLY)
def test_the_core_needs_the_standard_library_only(room: str) -> None:
    import sys

    for name, line in _imports(PACKAGE / f"{room}.py"):
        top = name.split(".")[0]
        assert top in (*sys.stdlib_module_names, "paperkb"), f"{room}.py:{line}: {name}"


def test_no_file_is_too_long_to_hold_in_the_head() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {path: n for path, n in lengths.items() if n > 350} == {}
