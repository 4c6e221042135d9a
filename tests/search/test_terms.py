"""Text → terms (docs/search.md, «Terms»)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.search.terms import LONGEST, STOP_WORDS, folded, is_cjk, terms, words
from tests.search.shown import show_terms

VECTORS = json.loads((Path(__file__).parent / "vectors" / "terms.json").read_text("utf-8"))


def _texts(text: str) -> list[str]:
    return [term.text for term in terms(text)]


@pytest.mark.parametrize(("text", "shown"), VECTORS)
def test_vectors(text: str, shown: str) -> None:
    assert show_terms(terms(text)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # 1. LaTeX goes
        (r"the $\alpha$-divergence", "divergence@1"),
        (r"$$a = b$$ after \textbf{bold}", "after@0 bold@1"),
        ("costs $5 and $6 each", "cost@0 5@1 6@3 each@4"),
        # 2. words are letters, digits and marks, joined by single signs
        ("a_b c--d e.", "ab@0= b@1 c@2 d@3 e@4"),
        ("O'Brien O’Brien", "obrien@0= o@0 brien@1 obrien@2= o@2 brien@3"),
        ("1/2 3.14", "12@0= 1@0 2@1 314@2= 3@2 14@3"),
        # 3. words are normalised
        ("Schrödinger's ﬁne ½", "schrodinger@0= schrodinger@0 s@1 fine@2 1@3 2@4"),
        ("STRASSE Straße ẞ", "strasse@0 strasse@1 ss@2"),
        # 4. and found in their parts, and whole
        ("self-attention", "selfattention@0= self@0 attention@1"),
        ("BERTScore", "bertscore@0= bert@0 score@1"),
        ("GPT4", "gpt4@0= gpt@0 4@1"),
        ("HTMLParser", "htmlparser@0= html@0 parser@1"),
        # 5. signs stand in pairs
        ("自注意力", "自注@0 注意@1 意力@2 力@3"),
        ("力", "力@0"),
        ("用BERT做", "用@0 bert@1 做@2"),
        # 6. plurals
        ("networks studies ties", "network@0 study@1 tie@2"),
        ("class bus analysis gas", "class@0 bus@1 analysis@2 gas@3"),
        # 7. stop words keep their place
        ("attention is all you need", "attention@0 all@2 you@3 need@4"),
        ("the of and", ""),
    ],
)
def test_rules(text: str, shown: str) -> None:
    assert show_terms(terms(text)) == shown


def test_long_terms_are_cut() -> None:
    assert _texts("x" * 99) == ["x" * LONGEST]
    assert _texts("𝔵" * 99) == ["x" * LONGEST]
    assert _texts("𐐨" * 99) == ["𐐨" * LONGEST]


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_stop_words_are_no_terms(word: str) -> None:
    assert terms(word) == terms(word.upper()) == []


def test_words_are_not_taken_apart() -> None:
    assert words("Self-attention of BERTScore, $x$") == ["Self-attention", "of", "BERTScore"]


@pytest.mark.parametrize(
    ("text", "label"),
    [("NLP", "nlp"), ("  Machine\tTranslation ", "machine translation"), ("é", "é"), ("", "")],
)
def test_folded(text: str, label: str) -> None:
    assert folded(text) == label


def test_is_cjk() -> None:
    assert all(map(is_cjk, ("自注", "の", "한국", "𠀀", "々")))
    assert not any(map(is_cjk, ("bert", "", "ไทย", "4")))


@given(st.text())
def test_any_text_has_terms(text: str) -> None:
    found = terms(text)
    assert found == terms(text)
    places = [term.place for term in found]
    assert places == sorted(places)
    assert all(0 < len(term.text) <= LONGEST for term in found)
    assert not any(char.isspace() or char in '"():*' for term in found for char in term.text)


@given(st.text(), st.text())
def test_terms_of_two_texts_are_those_of_each(one: str, other: str) -> None:
    tex = set("$\\＄﹩＼﹨")
    if tex & set(one + other):
        return
    together = [term.text for term in terms(f"{one}\n{other}")]
    assert together == _texts(one) + _texts(other)


@given(st.lists(st.sampled_from(["bert", "self-attention", "GPT4", "the", "自注意", "x"])))
def test_every_term_is_found_by_itself(found: list[str]) -> None:
    for term in terms(" ".join(found)):
        assert term.text in _texts(term.text)
