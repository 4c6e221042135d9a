"""Formulas in fields."""

from __future__ import annotations

import pytest

from paperkb.notes.formulas import formulas_told, with_formulas


def test_formulas_are_shown_and_words_stay_as_they_are() -> None:
    made = with_formulas(r"It takes $\mathcal{O}(n)$ <steps> & *stars*, or $$n^2$$.")
    assert made.startswith("It takes <math>")
    assert made.count("<math") == 2
    assert "block" not in made
    assert "\\" not in made
    assert "&lt;steps&gt; &amp; *stars*, or " in made


@pytest.mark.parametrize(
    "text", ["from $5 to $10 each", r"an unknown $\nosuchcommand{x}$ here", "one $ alone"]
)
def test_what_is_no_formula_stays(text: str) -> None:
    assert with_formulas(text) == text


def test_macros_of_the_vault_are_known() -> None:
    assert "ℝ" in with_formulas(r"$\R$", (("R", r"\mathbb{R}"),))


def test_where_no_formula_can_stand_it_is_told_in_signs() -> None:
    assert formulas_told(r"An $\alpha_i$ of $$\sum_i x$$, $5") == "An α_i of ∑_i x, $5"
    assert formulas_told("Plain") == "Plain"
