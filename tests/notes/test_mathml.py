"""LaTeX → MathML, and formulas that fail."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes.mathml import MAX_LENGTH, MathError, source, to_mathml


@pytest.mark.parametrize(
    ("tex", "part"),
    [
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"\frac{a}{b}", "<mfrac>"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "<mtable"),
        (r"x \tag{1}", "(1)"),
        (r"x \tag*{A}", "A"),
        (r"a < b", "&lt;"),
    ],
)
def test_formula(tex: str, part: str) -> None:
    made = to_mathml(tex, display=True)
    assert part in made
    assert made.startswith("<math")
    assert " style=" not in made


@pytest.mark.parametrize(
    ("tex", "same"),
    [
        (r"\mbox{a} \mathds{1} \nicefrac{a}{b}", r"\text{a} \mathbb{1} \tfrac{a}{b}"),
        (r"\sum_{\substack{i \\ j}} x", r"\sum_{\begin{subarray}{c}i \\ j\end{subarray}} x"),
        (r"\left<x\right>", r"\left\langle x\right\rangle"),
        (r"\begin{split}a&=b\end{split}", r"\begin{aligned}a&=b\end{aligned}"),
        (r"\begin{alignat*}{2}a&=b\end{alignat*}", r"\begin{align*}a&=b\end{align*}"),
        (r"\begin{eqnarray}a&=&b\end{eqnarray}", r"\begin{array}{rcl}a&=&b\end{array}"),
        (r"x \label{eq:x}", "x"),
    ],
)
def test_what_math_core_does_not_know_is_said_otherwise(tex: str, same: str) -> None:
    assert to_mathml(tex, display=True) == to_mathml(same, display=True)


def test_a_tag_stands_after_its_formula() -> None:
    assert to_mathml(r"\tag{6} e = W", display=True) == to_mathml(r"e = W \tag{6}", display=True)
    rows = to_mathml(r"\begin{aligned} a &= b \tag{1}\\ c &= d \end{aligned}", display=True)
    assert rows.index("(1)") < rows.index("<mi>c</mi>")


def test_words_may_hold_formulas() -> None:
    made = to_mathml(r"\text{if $x_1$ is $y$}", display=False)
    assert re.sub(r"<[^>]*>", "", made).replace("\xa0", " ") == "if x1 is y"
    assert "<msub><mi>x</mi><mn>1</mn></msub>" in made


def test_a_bar_of_its_own_size_is_no_bare_base() -> None:
    """Browsers set such a base below its line."""
    assert "<msup><mrow><mo " in to_mathml(r"\bigl\lVert x \bigr\rVert^2", display=True)


def test_macros_of_a_vault_go_before_ours() -> None:
    assert "9" in to_mathml(r"\smash{x}", display=False, macros=(("smash", "9#1"),))


def test_styles_become_classes() -> None:
    made = to_mathml(r"\begin{aligned}a&=b\\c&=d\end{aligned}", display=True)
    assert 'class="' in made
    assert "m-text-align-right" in made


@pytest.mark.parametrize(
    ("tex", "name"),
    [
        (r"\textcolor{red}{x}", "m-red"),
        (r"\textcolor{blue}{x}", "m-blue"),
        (r"\textcolor{green}{x}", "m-green"),
        (r"\textcolor{orange}{x}", "m-orange"),
        (r"\textcolor{violet}{x}", "m-purple"),
        (r"\textcolor{black}{x}", ""),
        (r"\textcolor{gray}{x}", ""),
        (r"a\!b", "m-back-3"),
        (r"a\hspace{-1em}b", "m-back-18"),
        (r"a\hspace{-3pt}b", "m-back-5"),
        (r"a\kern-1cm b", "m-back-36"),
        (r"a\hspace{-2ex}b", "m-back-18"),
        (r"a\hspace{-3mm}b", "m-back-18"),
        (r"\begin{array}{r|l}a&b\end{array}", "m-border-right-0-05em-solid-currentcolor"),
        (r"\textsc{x}", "m-font-variant-caps-small-caps"),
    ],
)
def test_styles_are_of_the_theme(tex: str, name: str) -> None:
    made = to_mathml(tex, display=True)
    assert (f"{name} " in made or f'{name}"' in made) if name else "class=" not in made


@given(
    st.lists(
        st.sampled_from(
            [
                *r"ab_^{}&\ 1-.",
                r"\hspace",
                r"\kern",
                r"\textcolor",
                r"\mskip",
                r"\frac",
                r"\color",
                "{-3",
                "pt}",
                "mm}",
                "ex}",
                "em}",
                "mu}",
                "cm ",
                "{red}",
                "{gray}",
                r"\!",
                r"\begin{cases}",
                r"\end{cases}",
                r"\cancel",
                r"\text{",
                r"\tag{",
            ]
        )
    ).map("".join)
)
def test_any_formula_is_shown_or_refused(tex: str) -> None:
    try:
        assert " style=" not in to_mathml(tex, display=True)
    except MathError as error:
        assert str(error)


def test_macros() -> None:
    assert "ℝ" in to_mathml(r"\R", display=False, macros=(("R", r"\mathbb{R}"),))


@pytest.mark.parametrize("tex", [r"\foo", r"\frac{a}", "{", "x" * (MAX_LENGTH + 1), r"\href{x}{y}"])
def test_failure_says_why(tex: str) -> None:
    with pytest.raises(MathError, match=r"\w"):
        to_mathml(tex, display=False)


def test_source_is_escaped() -> None:
    assert source("a<b", display=False) == '<code class="math-source">$a&lt;b$</code>'
    assert source("x", display=True) == '<code class="math-source">$$x$$</code>'


@given(st.text("\\{}^_&<>\"'ab1 %#$fractext\n", max_size=40), st.booleans())
def test_any_formula_is_shown_or_fails(tex: str, display: bool) -> None:
    try:
        made = to_mathml(tex, display)
    except MathError as error:
        assert str(error)
        return
    assert made.startswith("<math")
    assert made.endswith("</math>")
    assert " style=" not in made
