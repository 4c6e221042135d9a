from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from paperkb.search.document import (
    MOST_PLACES,
    Texts,
    pack_places,
    text_entries,
    unpack_places,
)


@dataclass(frozen=True)
class Said:
    title: str = ""
    tldr: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()

    @property
    def texts(self) -> Texts:
        return Texts(self.title, (), self.authors, (), self.tldr, "", (), self.body, "", ())


def places(said: Said) -> dict[str, list[int]]:
    found = text_entries(said.texts)
    return {
        name: unpack_places(packed)
        for name, packed in zip(found.names, found.places, strict=True)
        if ":" not in name
    }


def test_a_word_more_in_the_title_moves_nothing_of_the_body() -> None:
    said = Said(title="attention", tldr="one two", body="three four three")
    before, after = places(said), places(replace(said, title="more attention"))
    assert {name: after[name] for name in ("one", "two", "three", "four")} == {
        name: before[name] for name in ("one", "two", "three", "four")
    }
    assert before["attention"] == [0] and after["attention"] == [1]


def test_no_phrase_runs_over_from_one_author_to_the_next_or_from_field_to_field() -> None:
    found = places(Said(title="red blue", authors=("Ada Green", "Bo Grey"), body="black"))
    order = [found[word][0] for word in ("red", "blue", "ada", "green", "bo", "grey", "black")]
    assert order == sorted(order)
    steps = [after - before for before, after in pairwise(order)]
    assert [step > 1 for step in steps] == [False, True, False, True, False, True]


def test_a_word_that_is_everywhere_keeps_its_first_places() -> None:
    found = places(Said(body="word " * 1000))
    first = found["word"][0]
    assert found["word"] == list(range(first, first + MOST_PLACES))


def test_places_come_back_as_they_were_packed() -> None:
    for numbers in ([], [0], [127], [128], [1 << 20], [0, 1, 5, 1000, 100_000]):
        packed = pack_places(numbers)
        assert unpack_places(packed) == numbers
