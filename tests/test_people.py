"""Names as people, BibTeX and arXiv write them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.model import Person
from paperkb.people import parse_author_field, parse_people, parse_person


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Ashish Vaswani", "Vaswani", "Ashish"),
        ("Vaswani, Ashish", "Vaswani", "Ashish"),
        ("Aidan N. Gomez", "Gomez", "Aidan N."),
        ("  Ada \n Lovelace ", "Lovelace", "Ada"),
        # particles
        ("Laurens van der Maaten", "van der Maaten", "Laurens"),
        ("van der Maaten, Laurens", "van der Maaten", "Laurens"),
        ("Maaten, Laurens van der", "van der Maaten", "Laurens"),
        ("van der Maaten", "van der Maaten", ""),
        ("Ludwig von Mises", "von Mises", "Ludwig"),
        ("Vincent Van Gogh", "Van Gogh", "Vincent"),
        ("Ana de la Cruz", "de la Cruz", "Ana"),
        ("Charles-Jean de La Vallée Poussin", "de La Vallée Poussin", "Charles-Jean"),
        ("Marcos M. López de Prado", "de Prado", "Marcos M. López"),
        ("Bart ten Cate", "ten Cate", "Bart"),
        ("Luis dos Santos", "dos Santos", "Luis"),
        ("José Ortega y Gasset", "Ortega y Gasset", "José"),
        ("Muhammad al-Khwarizmi", "al-Khwarizmi", "Muhammad"),
        ("Abdul bin Said", "bin Said", "Abdul"),
        ("Gerard 't Hooft", "'t Hooft", "Gerard"),
        ("Pascale Le Gall", "Le Gall", "Pascale"),
        # words that are particles elsewhere
        ("Bin Yu", "Yu", "Bin"),
        ("Wang Bin Li", "Li", "Wang Bin"),
        ("Quoc V. Le", "Le", "Quoc V."),
        ("Van Nguyen", "Nguyen", "Van"),
        # suffixes
        ("Martin Luther King Jr.", "King Jr.", "Martin Luther"),
        ("Martin Luther King, Jr.", "King Jr.", "Martin Luther"),
        ("King, Jr., Martin Luther", "King Jr.", "Martin Luther"),
        ("King, Martin Luther, Jr.", "King Jr.", "Martin Luther"),
        ("John Smith III", "Smith III", "John"),
        # what stays whole
        ("OpenAI", "OpenAI", ""),
        ("ATLAS Collaboration", "ATLAS Collaboration", ""),
        ("The LIGO Scientific Collaboration and Friends",) * 2 + ("",),
        ("Qwen Team", "Qwen Team", ""),
        ("王小明", "王小明", ""),
        ("山田 太郎", "山田 太郎", ""),
        ("Hinton G.E.", "Hinton G.E.", ""),
        # braces
        ("{Barnes and Noble, Inc.}", "Barnes and Noble, Inc.", ""),
        ("{van der Maaten}, {L}aurens", "van der Maaten", "Laurens"),
        ("Per {Brinch Hansen}", "Brinch Hansen", "Per"),
        ("{A} and {B", "B", "A and"),
        # odds and ends
        ("Vaswani et al.", "Vaswani", ""),
        ("Smith,", "Smith", ""),
        (", Bob", "Bob", ""),
        ("", "", ""),
        (" , {} ", "", ""),
        ("et al.", "", ""),
    ],
)
def test_parse_person(text: str, family: str, given: str) -> None:
    assert parse_person(text) == Person(family, given)


LISTS = {
    # between commas
    "Ada Lovelace, Alan Turing, Kurt Gödel": "Ada Lovelace | Alan Turing | Kurt Gödel",
    "John T. Hancock, Taghi M. Khoshgoftaar": "John T. Hancock | Taghi M. Khoshgoftaar",
    "B.E.T.H. Twala, M.C. Jones, D.J. Hand": "B.E.T.H. Twala | M.C. Jones | D.J. Hand",
    "Ada Lovelace, et al.": "Ada Lovelace",
    "Ada Lovelace, Sammy Davis, Jr., Kurt Gödel": "Ada Lovelace | Sammy Davis Jr. | Kurt Gödel",
    # one comma after one word
    "Lovelace, Ada": "Ada Lovelace",
    "van der Maaten, Laurens": "Laurens van der Maaten",
    "King, Jr., Martin Luther": "Martin Luther King Jr.",
    # initials behind family names
    "Hinton, G. E., Osindero, S., & Teh, Y. W.": "G. E. Hinton | S. Osindero | Y. W. Teh",
    "Vaswani, A., Shazeer, N.": "A. Vaswani | N. Shazeer",
    # and
    "Ada Lovelace and Alan Turing": "Ada Lovelace | Alan Turing",
    "Ada Lovelace & Alan Turing": "Ada Lovelace | Alan Turing",
    "Ada Lovelace, Alan Turing and Kurt Gödel": "Ada Lovelace | Alan Turing | Kurt Gödel",
    "Ada Lovelace, Alan Turing, and Kurt Gödel": "Ada Lovelace | Alan Turing | Kurt Gödel",
    "Lovelace, Turing, and Gödel": "Lovelace | Turing | Gödel",
    "Lovelace, Turing and Gödel": "Lovelace | Turing | Gödel",
    "Lovelace, Ada and Turing, Alan and others": "Ada Lovelace | Alan Turing",
    "Garcia Marquez, Gabriel and Gödel, Kurt": "Gabriel Garcia Marquez | Kurt Gödel",
    # semicolons
    "Lovelace, Ada; Garcia Marquez, Gabriel": "Ada Lovelace | Gabriel Garcia Marquez",
    "Ada Lovelace; Alan Turing; and Kurt Gödel;": "Ada Lovelace | Alan Turing | Kurt Gödel",
    # other alphabets' separators
    "王小明、李雷": "王小明 | 李雷",
    "王小明，李雷；张伟": "王小明 | 李雷 | 张伟",
    "王小明, 李雷": "王小明 | 李雷",
    "Ada Lovelace、Alan Turing": "Ada Lovelace | Alan Turing",
    # one
    "{Barnes and Noble; Sons, Inc.}": "Barnes and Noble; Sons, Inc.",
    "Andy Sand": "Andy Sand",
    "NVIDIA": "NVIDIA",
    "": "",
    " ; & others": "",
}


@pytest.mark.parametrize("text", LISTS)
def test_parse_people(text: str) -> None:
    assert " | ".join(map(str, parse_people(text))) == LISTS[text]


def test_a_bibtex_field_knows_only_and() -> None:
    assert parse_author_field("Garcia Marquez, Gabriel") == (Person("Garcia Marquez", "Gabriel"),)
    assert parse_author_field("Procter & Gamble AND\n {Barnes and Noble} and others") == (
        Person("Gamble", "Procter &"),
        Person("Barnes and Noble"),
    )


def test_a_bibtex_field_with_commas_between_people_is_still_taken_apart() -> None:
    names = map(str, parse_author_field("Ada Lovelace, Alan Turing, Kurt Gödel"))
    assert list(names) == ["Ada Lovelace", "Alan Turing", "Kurt Gödel"]


# Laws

WORDS = st.sampled_from(
    [
        "Ada",
        "Bin",
        "van",
        "der",
        "La",
        "y",
        "Jr.",
        "J.",
        "G.E.",
        "'t",
        "Team",
        "İnce",
        "王",
        ",",
        "{B c}",
    ]
)
NAMES = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=8).map(" ".join))


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalnum())


@given(NAMES)
def test_no_letter_is_lost(text: str) -> None:
    person = parse_person(f"{text} x")  # the x keeps «et al.» from standing last
    assert letters(str(person)) == letters(f"{text} x")


@given(NAMES.filter(lambda text: "{" not in text))
def test_a_name_as_displayed_is_read_as_the_same_name(text: str) -> None:
    shown = str(parse_person(text))
    assert str(parse_person(shown)) == shown


@given(NAMES)
def test_nothing_fails_and_nobody_is_nameless(text: str) -> None:
    for person in (*parse_people(text), *parse_author_field(text)):
        assert person.family == " ".join(person.family.split()) != ""
        assert not set("{}") & set(str(person))
