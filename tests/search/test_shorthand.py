"""The texts of results, written in short by Python and read by the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.search.shorthand import MOST, Shorthand, frequent_words

SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORDS = ["the", "attention", "naïve", "ßig", "注意", "bERT"]
TEXTS = [
    "",
    "the attention",
    "The attention: BERT, naïve (attention).",
    "Attention ~the ^ the~ the^ ~ ^",
    "SSig ßig Naïve 注意 注意力 bert",
    "a  b, the\u2028the 😀 the😀 the1 the_ 00 A00 \u00a0the",
    'the" <b>the</b> \\the {the}',
]

text = st.lists(st.sampled_from([*WORDS, "The", "x", "~", "^", " ", ".", ", ", "é", "1", "(the)"]))


def _longhand(short: str, words: Sequence[str]) -> str:
    """As docs/search.md says, sign by sign."""
    pieces = []
    at = 0
    while at < len(short):
        if short[at] == "~":
            end = short.index(" ", at)
            pieces.append(short[at + 1 : end])
            at = end + 1
            continue
        is_capital = short[at] == "^"
        at += is_capital
        size = 3 if short[at].isupper() else 2
        first, *rest = map(SIGNS.index, short[at : at + size])
        place = first * 62 + rest[0]
        if size == 3:
            place = 36 * 62 + (first - 36) * 62 * 62 + rest[0] * 62 + rest[1]
        word = words[place]
        at += size
        end = at
        while end < len(short) and short[end] not in f"{SIGNS}_~^":
            end += 1
        pieces.append((word[0].upper() + word[1:] if is_capital else word) + short[at:end])
        at = end
    return " ".join(pieces)


def _many_words() -> list[str]:
    letters = "abcdefghijklmnop"
    return [a + b + c for a in letters for b in letters for c in letters][:MOST]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_comes_back(text: str) -> None:
    assert _longhand(Shorthand(WORDS).short(text), WORDS) == text


@given(text.map("".join), st.sampled_from([[], WORDS, WORDS[::-1]]))
def test_any_text_comes_back(text: str, words: list[str]) -> None:
    assert _longhand(Shorthand(words).short(text), words) == text


@given(st.text())
def test_any_signs_come_back(text: str) -> None:
    assert _longhand(Shorthand(WORDS).short(text), WORDS) == text


def test_the_most_frequent_words_take_two_signs_and_no_space() -> None:
    words = _many_words()
    short = Shorthand(words).short
    assert short(f"{words[0]} {words[1]}. {words[2].title()}") == "0001.^02"
    assert short(words[2231]) == "zZ"
    assert short(words[2232]) == "A00"
    assert all(_longhand(short(word), words) == word for word in words)


def test_words_are_those_of_several_texts_and_the_most_frequent_come_first() -> None:
    texts = ["Deep nets learn.", "deep nets, twice: nets nets", "Nets, by hand by hand (deep)"]
    assert frequent_words(texts) == ["nets", "deep"]
    assert frequent_words([]) == []


def test_there_are_codes_for_so_many_words_only() -> None:
    text = " ".join("x" * n for n in range(1, MOST + 10))
    assert len(frequent_words([text, text])) == MOST


@pytest.mark.browser
def test_the_browser_reads_it(shared: Any) -> None:
    many = _many_words()
    asked = [[Shorthand(WORDS).short(text), WORDS] for text in TEXTS]
    asked.append([Shorthand(many).short(" ".join(many)), many])
    read = "(asked) => asked.map(([short, words]) => paperkb.longhand(short, words))"
    assert shared.evaluate(read, asked) == [*TEXTS, " ".join(many)]
