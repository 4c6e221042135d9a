"""A corpus of formulas: each is shown as mathematics, or its source is, and ``check`` says so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from paperkb.checks.all import run_checks
from paperkb.graph.network import ReferenceGraph
from paperkb.messages import MATH
from paperkb.notes.mathml import to_mathml
from paperkb.resources import templates_folder
from paperkb.site.build import build_site
from tests.site.serving import visiting
from tests.vaults import load, write_files

LINES = (Path(__file__).parent.parent / "cases" / "math.txt").read_text("utf-8").splitlines()
FORMULAS = [line.partition("\t")[::2] for line in LINES if line and not line.startswith("#")]
SHOWN = [tex for tex, cannot in FORMULAS if not cannot]
REFUSED = [tex for tex, cannot in FORMULAS if cannot]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with all formulas, displayed; the first ones within a line too."""
    root = tmp_path_factory.mktemp("math") / "vault"
    shown = "\n\n".join(f"$$\n{tex}\n$$" for tex in SHOWN)
    inline = "\n\n".join(f"Within ${tex.strip()}$ a line." for tex in SHOWN)
    refused = "\n\n".join(f"$$\n{tex}\n$$" for tex in REFUSED)
    write_files(root, {"shown.md": shown, "inline.md": inline, "refused.md": refused})
    return root


def test_what_cannot_be_shown_is_a_problem_and_nothing_else_is(corpus: Path) -> None:
    library = load(corpus)
    problems = run_checks(library, ReferenceGraph(library))
    found = [problem.place for problem in problems if problem.code == MATH.code]
    lines = (corpus / "refused.md").read_text().splitlines()
    assert [place.path for place in found] == ["refused.md"] * len(REFUSED)
    assert [lines[place.line - 1] for place in found] == ["$$"] * len(REFUSED)
    assert len(SHOWN) >= 100


MORE = [
    r"\begin{align}a&=b\\c&=d\end{align}", r"\begin{equation}a\end{equation}",
    r"\begin{array}{|l|c:r|}a&b&c\\\hline d&e&f\\\hdashline\end{array}", r"\cfrac{a}{b}",
    r"\begin{cases}a&b\\c&d\end{cases}", r"\begin{multline}a\\b\end{multline}", r"a\!b",
    r"\begin{subarray}{c}a\\b\end{subarray}", r"\begin{gather}a\\b\end{gather}",
    r"\textcolor{red}{x}\textcolor{blue}{x}\textcolor{green}{x}\textcolor{orange}{x}",
    r"\textcolor{violet}{x} \textsf{x} \textsc{x} \hspace{-1em} \negthickspace \negmedspace",
]  # fmt: skip


def test_every_class_of_a_formula_has_a_rule() -> None:
    rules = "".join(
        path.read_text(encoding="utf-8") for path in (templates_folder() / "static").glob("*.css")
    )
    made = "".join(to_mathml(tex, display=True) for tex in (*SHOWN, *MORE))
    names = {name for written in re.findall(r'class="([^"]*)"', made) for name in written.split()}
    names = {name for name in names if not name.startswith("menclose-")}  # empty elements
    assert {name for name in names if not re.search(rf"\.{name}\b", rules)} == set()
    assert len(names) > 15


@pytest.mark.browser
def test_columns_are_aligned_and_what_is_struck_out_is(browser: Any, tmp_path: Path) -> None:
    aligned = r"\begin{aligned}a + b &= c\\d &= e + f\\&= g + h + i\end{aligned}"
    write_files(tmp_path / "vault", {"a.md": f"$${aligned}$$\n\n$\\cancel{{x}}$ $\\boxed{{y}}$"})
    build_site(load(tmp_path / "vault"), tmp_path / "site")
    with visiting(browser, (tmp_path / "site").as_uri()) as (page, wrong):
        page.goto(f"{(tmp_path / 'site').as_uri()}/notes/a.html")
        signs = page.locator("mtd:nth-child(2) > mo:first-child").all()
        places = [sign.bounding_box()["x"] for sign in signs]
        assert len(places) == 3
        assert max(places) - min(places) < 1
        left = [box.bounding_box() for box in page.locator("mtd:first-child > :last-child").all()]
        ends = [box["x"] + box["width"] for box in left]
        assert len(ends) == 2
        assert abs(ends[0] - ends[1]) < 2
        style = "e => getComputedStyle(e).{}"
        struck, boxed = page.locator("menclose").all()
        assert "gradient" in struck.evaluate(style.format("backgroundImage"))
        assert boxed.evaluate(style.format("borderTopStyle")) == "solid"
        assert wrong == []


# The text of each formula; none may be without room on the page.
_TEXTS = """() => [...document.querySelectorAll('.body math')].map((formula) => {
  const box = formula.getBoundingClientRect();
  return [box.width > 0 && box.height > 0, formula.textContent];
})"""


@pytest.mark.browser
@pytest.mark.parametrize("page_name", ["shown", "inline"])
def test_formulas_are_shown_as_mathematics(
    browser: Any, corpus: Path, tmp_path: Path, page_name: str
) -> None:
    build_site(load(corpus), tmp_path)
    base = tmp_path.as_uri()
    with visiting(browser, base) as (page, wrong):
        page.goto(f"{base}/notes/{page_name}.html")
        texts = page.evaluate(_TEXTS)
        assert len(texts) == len(SHOWN)
        for tex, (has_room, text) in zip(SHOWN, texts, strict=True):
            assert has_room, tex
            assert "\\" not in text.replace("∖", ""), tex
            assert "&" not in text or r"\&" in tex, tex
        assert page.locator(".math-source, merror").count() == 0
        page.goto(f"{base}/notes/refused.html")
        sources = page.locator(".math-source").all_inner_texts()
        assert ["".join(s.strip("$").split()) for s in sources] == [
            "".join(tex.split()) for tex in REFUSED
        ]
        assert wrong == []
