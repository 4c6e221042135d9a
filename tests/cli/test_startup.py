"""A command starts fast: what it does not use is not imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "asyncio", "bibtexparser", "frontmatter", "httpx", "jinja2", "math_core", "mistune",
    "networkx", "nh3", "pygments", "rapidfuzz", "watchfiles", "yaml",
)  # fmt: skip


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["id", "1706.03762"]], ids=str)
def test_nothing_heavy_is_imported_for_little(words: list[str]) -> None:
    code = (
        "import sys; from paperkb.cli.main import cli; "
        f"cli.main({words!r}, standalone_mode=False); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    if words[0] == "id":  # it ends with its exit code
        code = code.replace("cli.main(", "\ntry: cli.main(").replace(
            "; print", "\nexcept SystemExit: pass\nprint"
        )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
