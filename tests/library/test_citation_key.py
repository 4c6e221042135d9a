"""Citation keys."""

from __future__ import annotations

import pytest

from paperkb.config import ConfigError
from paperkb.library.citation_key import citation_key
from paperkb.model import Person, Work

DEFAULT = "{family}{year}{word}"


def work(title: str, family: str = "Vaswani", year: int | None = 2017) -> Work:
    return Work(title, authors=(Person(family, "A."),), year=year, arxiv="math/0309136")


@pytest.mark.parametrize(
    ("made_from", "key"),
    [
        (work("Attention Is All You Need"), "vaswani2017attention"),
        (work("On the Origin of It"), "vaswani2017origin"),
        (work("A the of"), "vaswani2017a"),
        (work("", year=None), "vaswaniuntitled"),
        (work("Deep", "Łukasz Größe"), "lukaszgrosse2017deep"),
        (work("Deep", "van der Maaten"), "vandermaaten2017deep"),
        (work("Deep", "King Jr."), "king2017deep"),
        (work("注意力 就是", "王"), "王2017注意力"),
        (work("$\\alpha$-GAN: x/y"), "vaswani2017alpha"),
        (Work("Deep"), "anonymousdeep"),
    ],
)
def test_family_year_and_first_word_that_says_something(made_from: Work, key: str) -> None:
    assert citation_key(made_from, DEFAULT, ()) == key


def test_a_collision_gets_a_letter_and_never_an_end() -> None:
    taken: set[str] = set()
    for _ in range(60):
        taken.add(citation_key(work("Deep"), DEFAULT, taken).casefold())
    assert {"vaswani2017deep", "vaswani2017deepa", "vaswani2017deepz", "vaswani2017deepaa"} <= taken
    assert len(taken) == 60


def test_other_patterns() -> None:
    assert citation_key(work("X y"), "{arxiv}", ()) == "math-0309136"
    assert citation_key(work("X y"), "{year}-{title}", ()) == "2017-x-y"
    assert citation_key(work("x" * 500), "{title}/../{given}", ()) == "x" * 100


@pytest.mark.parametrize(
    "pattern",
    [
        "{nope}",
        "{family",
        "",
        "{given.x}",
        "{0}",
        "...",
        "{}",
        "{year:d}",
        "{family!x}",
        "{year:{foo}}",
    ],
)
def test_a_wrong_pattern_is_a_configuration_error(pattern: str) -> None:
    with pytest.raises(ConfigError):
        citation_key(work("X"), pattern, ())
