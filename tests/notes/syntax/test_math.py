"""What is math and what is money. (Failures: ../test_mathml.py.)"""

from __future__ import annotations

import pytest

from paperkb.notes.parse import parse_note


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x$", 1),
        ("a $x$, ($y$) and $z$.", 3),
        ("$x = \\$5$", 1),
        ("$$x$$", 1),
        ("a $$x$$ b", 1),
        ("$$\nx\n$$", 1),
        ("$$\nx\n\ny\n$$", 0),
        ("> $$\n> x\n> $$", 1),
        ("- $$x$$\n- $y$", 2),
        ("| $x$ |\n|---|", 1),
        ("```math\nx\n```", 1),
        ("$5 and $6", 0),
        ("$ x$ and $x $", 0),
        ("\\$x\\$", 0),
        ("`$x$`", 0),
        ("US$5, A$6", 0),
        ("$x\n\ny$", 0),
        ("$x\ny$", 1),
        ("a $C=\\{c_0\\}$ b", 1),
        ("$8.3~\\%$", 1),
        ("**$x$** [$y$](z.md)", 2),
        ("## A $x$", 1),
    ],
)
def test_formulas(text: str, formulas: int) -> None:
    note = parse_note(("Text.\n\n" + text).encode())
    html = note.html + "".join(slot.html for slot in note.slots)
    assert html.count("<math") == formulas


def test_a_failed_formula_has_its_place_and_is_shown() -> None:
    note = parse_note(b"Text\n`$\\foo$` $\\foo$\n\n$$\n\\bar{\n$$\n")
    assert [(p.place.line, p.place.column, p.code) for p in note.problems] == [
        (2, 10, "PKB030"),
        (4, 1, "PKB030"),
    ]
    assert '<code class="math-source">$\\foo$</code>' in note.html


def test_nothing_in_math_is_a_link_a_tag_or_emphasis() -> None:
    note = parse_note(b"$[[a]] @b #c x_1 y_2 *d*$ $$\\text{[e](f.md)}$$")
    assert (note.links, note.hashtags) == ((), ())
    assert "<em>" not in note.html
