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
        ("$$\nx\n\ny\n$$", 1),
        ("> $$\n> x\n>\n> y\n> $$", 1),
        ("- a\n  $$\n  x\n\n  y\n  $$\n- b", 1),
        ("$$x\n\ny$$", 0),
        ("$$\nx\n\nprose and $y$\n\n$$\ny\n$$", 2),
        ("$$\nx\n\n## Prose\n\n$$", 0),
        ("$$\nx\n\n```\n$$\n```", 0),
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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Text.\n\n$$\nx\n\nprose", (3, 1)),
        ("Text.\n$$\\alpha_1 = *b*\n\nprose *c*", (2, 1)),
        ("- a\n  $$\n  x\n\n  prose $y$", (2, 3)),
    ],
)
def test_a_formula_without_an_end_is_shown_and_told(text: str, place: tuple[int, int]) -> None:
    note = parse_note(text.encode())
    assert [(p.place.line, p.place.column) for p in note.problems] == [place]
    assert "no «$$» ends it" in note.problems[0].message
    assert '<code class="math-source">$$' in note.html
    assert "prose" in note.html.split("</code>", 1)[1]


def test_dollars_of_prose_are_no_formula_without_an_end() -> None:
    note = parse_note(b"$$ saved by [[a]]\n\n$$$ and a\nx")
    assert (len(note.links), note.problems) == (1, ())
    assert "<code" not in note.html


def test_nothing_in_math_is_a_link_a_tag_or_emphasis() -> None:
    note = parse_note(b"$[[a]] @b #c x_1 y_2 *d*$ $$\\text{[e](f.md)}$$")
    assert (note.links, note.hashtags) == ((), ())
    assert "<em>" not in note.html
