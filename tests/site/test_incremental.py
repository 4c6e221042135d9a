"""After any edits, an incremental build is a clean build, byte for byte."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperkb.library.discover import SITE_MANIFEST
from paperkb.site.build import build_site
from tests.site.crawl import faults
from tests.vaults import load, write_files

PATHS = ("a.md", "b.md", "papers/c.md", "papers/a.md", "pic.png", "refs.bib", "A.md",
         "templates/pages/404.html", "templates/static/site.css", "paperkb.toml")  # fmt: skip
TEXTS = (
    "# A\n[[b]] [[c|see]] #tag #tag/deep\n",
    "---\ntitle: B\nyear: 2017\nauthors: [Ada Lovelace]\ntags: [Tag]\ntopics: [x/y]\n"
    "added: 2024-01-02\n---\nBuilds on [[a]] and [[papers/c]]. ![](pic.png)\n",
    "---\nprivate: true\ntitle: Secret\ntopics: [x]\n---\n[[b]] #hidden",
    "---\ntitle: C\nyear: 1986\nstatus: reading\ntopics: [X/Z]\narxiv: 1706.03762\n"
    "aliases: b\n---\n",
    "[@known] https://arxiv.org/abs/1706.03762 ![[pic.png]] [[papers/a#A]]\n# Head\n## Head\n",
    "",
)
OTHER = {
    "pic.png": ("one", "two"),
    "refs.bib": ("@misc{known, title={K}}", "@misc{known, title={L}, year={1999}}", "@misc{"),
    "templates/pages/404.html": ("<html>gone</html>", "<p>{{ title }}</p>"),
    "templates/static/site.css": ("body{}", "p{}"),
    "paperkb.toml": ('[site]\ntitle = "One"', '[site]\nurl = "https://x.org/r"'),
}
EDITS = st.tuples(st.sampled_from(PATHS), st.sampled_from(("write", "write", "write", "remove")),
                  st.integers(0, 5))  # fmt: skip


def edit(root: Path, path: str, action: str, which: int) -> None:
    if action == "remove":
        (root / path).unlink(missing_ok=True)
    else:
        choices = OTHER.get(path, TEXTS)
        write_files(root, {path: choices[which % len(choices)]})


def snapshot(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name != SITE_MANIFEST
    }


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_an_incremental_build_equals_a_clean_build(
    rounds: list[list[tuple[str, str, int]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, out, clean = (Path(folder, name) for name in ("vault", "site", "clean"))
        root.mkdir()
        for edits in rounds:
            for path, action, which in edits:
                edit(root, path, action, which)
            build_site(load(root), out)
            shutil.rmtree(clean, ignore_errors=True)
            build_site(load(root), clean)
            assert snapshot(out) == snapshot(clean)
        if not (root / "templates/pages/404.html").exists():
            assert faults(out) == []
