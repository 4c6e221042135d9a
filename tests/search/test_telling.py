"""The words that tell what a note is about."""

from __future__ import annotations

import pytest

from paperkb.search.document import Texts
from paperkb.search.telling import MOST, Said, joined, telling_words


def told(title: str = "", body: str = "", authors: tuple[str, ...] = ()) -> list[Said]:
    return telling_words(Texts(title, (), authors, (), "", "", (), body, "", ()))


def terms(*args: str) -> set[str]:
    return {said.term for said in told(*args)}


def test_a_word_tells_if_it_is_said_twice_or_in_the_title() -> None:
    assert terms("Diffusion", "Noise once. Graph here, graph there.") == {"diffusion", "graph"}


def test_the_strongest_comes_first() -> None:
    assert told("Graphs", "graph " * 9 + "noise noise") == [
        Said("graph", 3, "graph"), Said("noise", 1, "noise")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "said"),
    [("BERT", ("bert", "BERT")), ("Transformers", ("transformer", "Transformers")),
     ("self-attention", ("selfattention", "self-attention")), ("GPT-3", ("gpt3", "GPT-3")),
     ("Schrödinger", ("schrodinger", "Schrödinger"))],
)  # fmt: skip
def test_words_as_they_are_written(written: str, said: tuple[str, str]) -> None:
    assert [(s.term, s.written) for s in told(written)] == [said]


def test_common_words_numbers_letters_and_authors_tell_nothing() -> None:
    assert told("A new approach to the 2017 n of Lovelace", "", ("Ada Lovelace",)) == []


def test_chinese_by_pairs_of_signs() -> None:
    assert {"注意", "意力"} <= terms("", "注意力。注意力！ 注意力？")
    assert joined(["意力", "graph", "注意"]) == ["graph", "注意力"]


def test_what_stands_in_another_word_is_not_shown_beside_it() -> None:
    assert joined(["R-CNN", "CNN", "region", "Region"]) == ["R-CNN", "region"]


def test_so_many_and_no_more() -> None:
    assert (
        len(told(" ".join(f"w{chr(97 + n // 26)}{chr(97 + n % 26)}rd" for n in range(60)))) == MOST
    )
