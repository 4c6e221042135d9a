"""Which notes are related, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paperkb.library.related import LEAST, MANY, MOST, Related, find_related
from paperkb.search.telling import Said


class Ties:
    """Ties written out: words as ``{note: {word: strength}}``, citations as ``{note: works}``."""

    def __init__(
        self, size: int, words: Mapping[str, Mapping[str, int]], links: Mapping[str, Sequence[str]]
    ) -> None:
        self._size, self.words, self.links = size, words, links

    def size(self) -> int:
        return self._size

    def said(self, key: str) -> list[Said]:
        return [Said(word, times, word.title()) for word, times in self.words.get(key, {}).items()]

    def saying(self, term: str) -> dict[str, int]:
        return {key: words[term] for key, words in self.words.items() if term in words}

    def cited(self, key: str) -> dict[str, bool]:
        return {work: not work.startswith("@") for work in self.links.get(key, ())}

    def citing(self, key: str) -> dict[str, int]:
        return {source: 1 for source, works in self.links.items() if key in works}


def related(
    size: int,
    words: Mapping[str, Mapping[str, int]] | None = None,
    links: Mapping[str, Sequence[str]] | None = None,
) -> list[Related]:
    return list(find_related("a", Ties(size, words or {}, links or {})))


def test_shared_references_relate() -> None:
    links = {"a": ["x", "@known"], "b": ["x", "@known"], "c": ["x"]}
    assert related(100, links=links) == [Related("b", ("@known", "x"), (), ())]


def test_citing_notes_relate() -> None:
    assert related(100, links={"s": ["a", "b"], "t": ["b", "a", "@k"]}) == [
        Related("b", (), ("s", "t"), ())
    ]


def test_telling_words_relate_as_the_note_writes_them() -> None:
    both = {"graph": 2, "diffusion": 3}
    assert related(100, {"a": both, "b": both, "c": {"graph": 1}}) == [
        Related("b", (), (), ("Diffusion", "Graph"))
    ]


def test_one_tie_is_chance() -> None:
    assert related(1000, {"a": {"graph": 3}, "b": {"graph": 3}}) == []
    assert related(1000, links={"a": ["x"], "b": ["x"]}) == []


def test_notes_that_cite_one_another_are_no_news() -> None:
    words = {key: {"graph": 3, "diffusion": 3} for key in "abcd"}
    assert [r.key for r in related(100, words, {"a": ["b"], "c": ["a"]})] == ["d"]


def test_words_of_a_quarter_of_the_notes_tell_nothing() -> None:
    words = {key: {"graph": 3, "diffusion": 3} for key in "abcde"}
    assert related(18, words) == []
    assert len(related(70, words)) == 4


def test_what_very_many_share_is_no_tie() -> None:
    links = {f"n{n}": ["hub", "famous"] for n in range(MANY - 1)} | {"a": ["hub", "famous"]}
    assert related(1000, links=links) == []
    links.pop("n0")
    assert len(related(1000, links=links)) == MOST


def test_a_note_that_very_many_cite_has_no_citing_reasons() -> None:
    links = {f"n{n}": ["a", "b"] for n in range(MANY)}
    assert related(1000, links=links) == []


def test_the_closest_come_first_and_then_by_key() -> None:
    links = {key: ["x", "y"] for key in "adcb"} | {"z": ["x", "y", "w"]}
    links["a"] = ["x", "y", "w"]
    assert [r.key for r in related(100, links=links)] == ["z", "b", "c", "d"]


def test_few_weak_ties_are_not_enough() -> None:
    assert LEAST > 2 * 2
    assert related(16, {"a": {"m": 1, "n": 1}, "b": {"m": 1, "n": 1}}) == []
