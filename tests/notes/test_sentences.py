"""The sentence around a link, as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes.sentences import MAX_LENGTH, plain, sentence_at


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two @ two. Three.", "Two @ two."),
        ("@ alone", "@ alone"),
        ("Is it? Yes, @! No.", "Yes, @!"),
        ("Smith et al. (2017) use @. Then.", "Smith et al. (2017) use @."),
        ("See e.g. BERT, @ and i.e. GPT. Then.", "See e.g. BERT, @ and i.e. GPT."),
        ("By J. K. Smith, @. Then.", "By J. K. Smith, @."),
        ("It is NLP. The @ is. Then.", "The @ is."),
        ("See Fig. 2 and p. 3 of @. Then.", "See Fig. 2 and p. 3 of @."),
        ("Version 1.5 of @ is. Then.", "Version 1.5 of @ is."),
        ("He said “no.” Then @.", "Then @."),
        ("第一句。第二句@！第三句。", "第二句@！"),
        ("- one\n- two @\n- three", "- two @"),
        ("One\ntwo @\nthree", "One two @ three"),
        ("a %% b. C %% d @. E", "a d @."),
        ("An $\\alpha$ and $\\frac{a}{b}$ of @.", "An $\\alpha$ and $\\frac{a}{b}$ of @."),
    ],
)
def test_sentence(text: str, sentence: str) -> None:
    at = text.index("@")
    assert sentence_at(text, at, at + 1) == sentence


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**a** *b* _c_ `d` ~~e~~ ==f==", "a b c d e f"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("[a](b.md) ![c](d.png) [e][f] [[g]] [[h|i]] [[j\\|k]]", "a c e g i k"),
        ("[![a](b)](c)", "a"),
        ("![[a.png|300]] ![b|20x30](c.png)", "a.png b"),
        ("<b>a</b> <https://x.org> a < b", "a https://x.org a < b"),
        ("\\*a\\* \\[b\\]", "*a* [b]"),
        ("a[^1] b &amp; &copy;", "a b & ©"),
        ("a %%b%% <!-- c --> d", "a d"),
        ("**a\nb**", "a b"),
        ("[@a, p. 3] and @b", "[@a, p. 3] and @b"),
        ("", ""),
        ("List<String> x and <mask>, <br>", "List<String> x and <mask>,"),
        ("an $n$-step, `$n$`, $5 and $6", "an n-step, $n$, $5 and $6"),
        ("$p_\\sigma*q*$ $\\sqrt{N}$ $\\mathbb{E}x$", "p_σ*q* √(N) 𝔼x"),
        ("**a $\\frac{a}{b}$ b**", "a a/b b"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_long_sentence_is_cut_around_the_link() -> None:
    text = "before " * 400 + "LINK" + " after" * 400
    at = text.index("LINK")
    cut = sentence_at(text, at, at + 4)
    assert cut.startswith("… before")
    assert cut.endswith("after …")
    assert "LINK" in cut
    assert len(cut) < 2 * MAX_LENGTH + 20


def test_a_long_word_is_cut_too() -> None:
    cut = sentence_at("a" * 5000 + "LINK" + "b" * 5000, 5000, 5004)
    assert "LINK" in cut
    assert len(cut) < 2 * MAX_LENGTH + 20


@given(st.text(), st.text())
def test_the_link_is_in_its_sentence(before: str, after: str) -> None:
    found = sentence_at(before + " LINK " + after, len(before) + 1, len(before) + 5)
    assert "LINK" in found or any(mark in before for mark in ("%%", "<", "[", "`"))
    assert len(found) <= 2 * MAX_LENGTH + 20
