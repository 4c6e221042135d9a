"""After any edits, an incremental build is a clean build, byte for byte."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from paperkb.site.build import build_site
from tests.site.crawl import faults, files
from tests.vaults import load, load_indexed, write_files

NOTES = ("a.md", "b.md", "papers/c.md", "papers/a.md", "A.md", "papers/b c.md", "papers/b-c.md")
TEXTS = (
    "# A\n[[b]] [[c|see]] #tag #tag/deep\n",
    "---\ntitle: B\nyear: 2017\nauthors: [Ada Lovelace]\ntags: [Tag]\ntopics: [x/y]\n"
    "added: 2024-01-02\n---\nBuilds on [[a]] and [[papers/c]]. ![](pic.png) Also [[A]].\n",
    "---\nprivate: true\ntitle: Secret\ntopics: [x]\naliases: [c]\n---\n[[b]] #hidden ![](pic.png)",
    "---\ntitle: M\nyear: 2001\nvenue: NeurIPS 2001\ntopics: [x]\nstarted: 2024-03-02\n"
    "results:\n  - {task: T, dataset: D/E, metric: m, value: 2}\n---\n[[a]] [[b]] [[c]] "
    "[it](https://arxiv.org/abs/2001.00001)\n",
    "---\ntitle: N\nvenue: neurips\ntopics: [x]\nfinished: 2024-02-29\n"
    "results:\n  - {task: t, dataset: D/E, metric: M, value: 3, higher_is_better: false}\n---\n"
    "[[a]] [[papers/c]] https://arxiv.org/abs/2001.00001 https://doi.org/10.1000/x [@known]\n",
    "---\ntitle: C\nyear: 1986\nstatus: reading\ntopics: [X/Z]\narxiv: 1706.03762\n"
    "authors: [Ada-Lovelace, ada lovelace]\naliases: b\n---\n",
    "[@known] https://arxiv.org/abs/1706.03762 ![[pic.png]] [[papers/a#A]]\n# Head\n## Head\n",
    "Like [[a]], it is new. Unlike [[a#Head]] it is [[b c]]. See [[secret]] and [[papers/c]].\n",
    "One is [[a]]. Two is [[a]]. Three is [[b]]. Four is [[a]], five [[secret]].\n",
    "---\ntitle: D\ndoi: 10.1000/A(b)c\nvenue: Nature\ntldr: Short.\naliases: [Bee, secret]\n"
    "topics: [x]\nfinished: 2024-03-01\n---\n%% [[b]] %% [[secret]] [[Bee|x]] <!-- [[a]] -->\n",
    "![[a]]\n\n![[b#Head]]\n\n![[papers/c#A]]\n\nQ :: A\n",
    "# Head\n[[b]] and[^1]\n\n![[a#Head]]\n\n[^1]: See [[papers/c]].\n\n# A\n![](pic.png)\n",
    "",
)
OTHERS = {
    "pic.png": ("one", "two", '<svg width="7" height="9"/>'),
    "papers/pic.png": ("three",),
    "topics/x.md": ("# On x\nSee [[a]], [[c#Head]], [[#On x]] ![](pic.png) [[secret]] #tag #deep\n",
                    "---\ntldr: All of x\n---\n[[A]] ![](new.png) [[b]]\n", "---\nyear: 1\n---\n",
                    "---\nprivate: true\ntldr: Hidden\n---\n[[a]]"),
    "topics/X/Y.md": ("Within. [up](../x.md) $x$\n",),
    "refs.bib": ("@misc{known, title={K}}", "@misc{known, title={L}, year={1999}}", "@misc{"),
    "templates/pages/404.html": ("<html>gone</html>", "<p>{{ title }}</p>"),
    "templates/static/site.css": ("body{}", "p{}"),
    "templates/static/custom.css": ("p{}",),
    "templates/static/own.js": ('"Topics"', '"Tags"'),
    "templates/languages.toml": ('["Topics"]\nen = "Shelves"\n["Tags"]\nen = "Labels"',),
    "paperkb.toml": ('[site]\ntitle = "One"', '[site]\nurl = "https://x.org/r"\nlanguage = "de"',
                     '[site]\nedit = "https://x.org/e"', '[vault]\nexclude = ["papers"]',
                     '[publish]\nexclude = ["papers/c.md", "*.png"]',
                     '[publish]\nexclude = ["#tag", "refs.bib"]', '[math.macros]\nE = "x"'),
}  # fmt: skip
_SAID = "Diffusion and scores. Diffusion again, scores again. "
ALWAYS = {
    "r1.md": f"# Diffusion one\n{_SAID} [[b]] [[papers/c]]\n",
    "r2.md": f"# Scores two\n{_SAID} [[b]] [[papers/c]] [[a]]\n",
    "r3.md": "# Three\n[[r1]] [[b]] [[a]]\n",
}
"""Notes that are related to one another and to what the edits write."""


class Edit(NamedTuple):
    """What somebody does to a file: how, where, and with which text or new place."""

    action: str
    path: str
    other: str = ""


EDITS = st.one_of(
    st.builds(Edit, st.just("write"), st.sampled_from(NOTES), st.sampled_from(TEXTS)),
    st.builds(Edit, st.just("remove"), st.sampled_from((*NOTES, *OTHERS))),
    st.builds(Edit, st.just("rename"), st.sampled_from(NOTES), st.sampled_from(NOTES)),
    st.builds(Edit, st.just("hide"), st.sampled_from(NOTES)),
    st.builds(Edit, st.just("retitle"), st.sampled_from(NOTES), st.sampled_from(("Z", "Secret"))),
    st.builds(Edit, st.just("date"), st.sampled_from(NOTES),
              st.sampled_from(("2024-01-01", "2025-01-01"))),
    st.builds(Edit, st.just("year"), st.sampled_from(NOTES), st.sampled_from(("1950", "2030"))),
    st.builds(Edit, st.just("append"), st.sampled_from(NOTES),
              st.sampled_from(("Words.", "#Tag", "#new/tag", "[[b]]", "See [[a]].", "# Head",
                               "[[r1]] [[r2]]", _SAID))),
    st.builds(Edit, st.just("reverse"), st.sampled_from(NOTES)),
    *(st.builds(Edit, st.just("write"), st.just(path), st.sampled_from(texts))
      for path, texts in OTHERS.items()),
    st.just(Edit("list", "")),
)  # fmt: skip


def apply(root: Path, edit: Edit) -> None:
    """Do it, as far as the file is there."""
    path = root / edit.path
    if edit.action == "list":  # as `paperkb list` does: the index follows, the site does not
        load_indexed(root).close()
    elif edit.action == "write":
        write_files(root, {edit.path: edit.other})
    elif path.is_file():
        text = path.read_text()
        if edit.action == "remove":
            path.unlink()
        elif edit.action == "rename":
            (root / edit.other).parent.mkdir(exist_ok=True)
            path.replace(root / edit.other)
        elif edit.action == "hide":
            path.write_text(_with_field(text, "private: true"))
        elif edit.action == "retitle":
            path.write_text(_with_field(text, f"title: {edit.other}"))
        elif edit.action == "date":
            path.write_text(_with_field(text, f"finished: {edit.other}"))
        elif edit.action == "year":
            path.write_text(_with_field(text, f"year: {edit.other}"))
        elif edit.action == "append":
            path.write_text(f"{text}\n{edit.other}\n")
        elif edit.action == "reverse":
            front, mark, body = text.rpartition("---\n")
            path.write_text(front + mark + ". ".join(reversed(body.strip().split(". "))))


def _with_field(text: str, field: str) -> str:
    """A note with one more field, or, where it has it, without."""
    if f"{field}\n" in text:
        return text.replace(f"{field}\n", "")
    return (
        text.replace("---\n", f"---\n{field}\n", 1)
        if "---\n" in text
        else (f"---\n{field}\n---\n{text}")
    )


def _check(rounds: list[list[Edit]]) -> None:
    # Lists have several parts. Few neighbours have room, so that which are drawn hangs on how often
    # they are cited. Notes take one another's numbers on the site, and search has
    # the words of two in short.
    with (
        patch("paperkb.library.published.FEWEST", 0),
        patch("paperkb.library.shorthand.FEWEST", 3),
        patch("paperkb.library.shorthand.SAMPLE", 2),
        patch("paperkb.library.shelves.PER_PART", 2),
        patch("paperkb.site.local_graph.MOST", 4),
        tempfile.TemporaryDirectory() as folder,
    ):
        root, out, clean = (Path(folder, name) for name in ("vault", "site", "clean"))
        root.mkdir()
        write_files(root, ALWAYS)
        for edits in rounds:
            for edit in edits:
                apply(root, edit)
            build_site(load_indexed(root), out)
            shutil.rmtree(clean, ignore_errors=True)
            build_site(load(root), clean)
            assert files(out) == files(clean)
        if not (root / "templates/pages/404.html").exists():
            assert faults(out) == []


A_PRIVATE_NAME = [
    [Edit("write", "a.md", "---\ntitle: Qualia\nprivate: true\n---\n")],
    [Edit("write", "b.md", "---\ntitle: Qualia\n---\n")],  # to the site, the name is new
]


CITED, NOTED = Edit("write", "r4.md", "On [@known]."), Edit("write", "known.md", "# Known")
A_KNOWN_WORK_GETS_A_NOTE_AND_LOSES_IT = [
    [Edit("write", "refs.bib", "@misc{known, title={K}}"), CITED],
    [NOTED],
    [Edit("rename", "known.md", "b.md")],
    [NOTED, Edit("list", "")],
    [Edit("remove", "known.md")],
]


@example(A_PRIVATE_NAME)
@example(A_KNOWN_WORK_GETS_A_NOTE_AND_LOSES_IT)
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(EDITS, min_size=1, max_size=5), min_size=1, max_size=5))
def test_an_incremental_build_equals_a_clean_build(rounds: list[list[Edit]]) -> None:
    _check(rounds)


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(EDITS, min_size=1, max_size=5), min_size=1, max_size=5))
def test_it_does_after_very_many_edits(rounds: list[list[Edit]]) -> None:
    _check(rounds)
