"""Formulas told in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes.plain_tex import formulas_as_text, plain_tex


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("x_1 + y", "x_1 + y"),
        (r"\alpha_0", "α_0"),
        (r"\frac{1}{N} \sum_{i} x_{i}", "1/N∑_i x_i"),
        (r"\left\{x^{(i)}\right\}", "{x^(i)}"),
        (r"n \log n", "n log n"),
        (r"\|x\|_2", "‖x‖_2"),
        (r"\operatorname*{tick}()", "tick()"),
        (r"\texttt{[UNK]} \mbox{a}", "[UNK]a"),
        ("50 % b", "50 % b"),
        (r"\unknown", r"\unknown"),
        (r"\frac", r"\frac"),
        ("a\n\n  {b}", "a b"),
    ],
)
def test_formula(tex: str, text: str) -> None:
    assert plain_tex(tex) == text


@given(
    st.lists(st.sampled_from([*"\\{}^_&%$ab1 [](\n", r"\frac", r"\bar", r"\left", r"\begin"])).map(
        "".join
    )
)
def test_anything_has_a_text_of_one_line(tex: str) -> None:
    assert "\n" not in plain_tex(tex)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("with $\\frac{1}{2}$ of x.", "with 1/2 of x."),
        ("$5 and $6, or US$ 7 $", "$5 and $6, or US$ 7 $"),
        ("no formula", "no formula"),
    ],
)
def test_formulas_in_a_sentence(sentence: str, text: str) -> None:
    assert formulas_as_text(sentence) == text


def test_deep_and_long_formulas_stay_as_they_are() -> None:
    for tex in ("{" * 5_000, r"\a" * 5_000):
        assert plain_tex(tex) == tex
