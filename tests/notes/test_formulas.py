"""Formulas in fields."""

from __future__ import annotations

import pytest

from paperkb.notes.formulas import with_formulas


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
