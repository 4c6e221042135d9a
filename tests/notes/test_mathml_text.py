"""Formulas in a note's text as search shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes.mathml import MathError, to_mathml
from paperkb.notes.mathml_text import mathml_text
from paperkb.notes.parse import parse_note
from paperkb.search.terms import words


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("x_t", "x_t"),
        ("t^{-1/2}", "t^(−1/2)"),
        (r"\|\epsilon-\epsilon_\theta(x)\|^2", "‖ϵ − ϵ_θ(x)‖^2"),
        (r"\frac{1}{N}\sum_{i=1}^n x_i", "1/N∑_(i=1)^n x_i"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"\sqrt{d_k}", "√(d_k)"),
        (r"\operatorname*{argmax}_x f", "argmax_x f"),
        (r"O(n\log n)", "O(n log n)"),
        (r"x\in\mathbb{R}^d", "x ∈ ℝ^d"),
        (r"\begin{aligned} a&=b\\ c&<d\end{aligned}", "a = b; c &lt; d"),
    ],
)
def test_a_formula_as_text(tex: str, text: str) -> None:
    assert mathml_text(to_mathml(tex, display=True)) == text


@given(st.text(st.sampled_from(r"\frac{}^_x1+&$ <>sqrt"), max_size=30))
def test_no_tag_is_left_of_any_formula(tex: str) -> None:
    try:
        made = to_mathml(tex, display=True)
    except MathError:
        return
    assert "<" not in mathml_text(made)


def test_search_shows_formulas_and_finds_none() -> None:
    text = parse_note(rb"An image of $H\times W$ pixels and $x_t$.").body.text
    assert text == "An image of $H × W$ pixels and $x_t$."
    assert words(text) == ["An", "image", "of", "pixels", "and"]
