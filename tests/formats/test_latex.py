"""LaTeX in bibliographies → plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.formats.latex import braced_text, plain_address, plain_text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("plain", "plain"),
        ('Schr{\\"o}dinger', "Schrödinger"),
        ("L{\\o}land and {\\c{S}}tef{\\u a}n", "Løland and Ştefăn"),
        ("Attention to {{BERT}} and {GPT}", "Attention to BERT and GPT"),
        ("a line\n   that wraps", "a line that wraps"),
        ("Donald~E. Knuth", "Donald E. Knuth"),
        ("``quoted'' -- so---so", "“quoted” – so—so"),
        (r"R\&D at 50\% for \$5", "R&D at 50% for $5"),
        (r"\emph{all} 50% & more", "all 50% & more"),
        (r"{\bf bold} \textsc{Small}", "bold Small"),
        (r"\noopsort{1973}1983", "1983"),
        (r"\href{https://x.org}{the page}", "the page"),
        # math stays
        (r"the $\ell_{1}$ norm of {X}", r"the $\ell_{1}$ norm of X"),
        (r"the 5\({}^{\mbox{th}}\) one", r"the 5$\{\}^{\mbox{th}}$ one".replace("\\{\\}", "{}")),
        (r"$a & b$ \& c", "$a & b$ & c"),
        # what cannot be decoded stays, without its braces
        (r"\undefinedmacro", r"\undefinedmacro"),
        ("{unbalanced", "unbalanced"),
        ("{" * 400 + r"\deep" + "}" * 400, r"\deep"),
        ("\\", "\\"),
        ("", ""),
    ],
)
def test_plain_text(latex: str, text: str) -> None:
    assert plain_text(latex) == text


def test_braces_that_hold_words_together_can_stay() -> None:
    assert braced_text(r"{Barnes and N{\"o}ble} and {\O}yvind") == "{Barnes and Nöble} and Øyvind"
    assert braced_text("{plain}") == "{plain}"


@pytest.mark.parametrize(
    ("latex", "address"),
    [
        (r"10.1007/978-3-319-93034-3\_22", "10.1007/978-3-319-93034-3_22"),
        (r"\url{https://a.org/\~{}me/x\%20y\#z}", "https://a.org/~me/x%20y#z"),
        (r" https://a.org/\textasciitilde{}me ", "https://a.org/~me"),
    ],
)
def test_plain_address(latex: str, address: str) -> None:
    assert plain_address(latex) == address


@given(st.text(alphabet="\\{}$%&~#_^'`\"-[]() \nabcé"))
def test_nothing_fails_and_nothing_is_said(latex: str) -> None:
    for text in (plain_text(latex), braced_text(latex)):
        assert text == " ".join(text.split())


def test_odd_commands_are_not_complained_of(capfd: pytest.CaptureFixture[str]) -> None:
    plain_text(r"\frac and \'")
    assert capfd.readouterr() == ("", "")
