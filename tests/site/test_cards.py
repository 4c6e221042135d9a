"""Short forms of works."""

from __future__ import annotations

import pytest

from paperkb.model import Person, Work
from paperkb.site.cards import author_line, family_names, known_card, note_card
from tests.vaults import Vault

PEOPLE = [Person("One", "A."), Person("Two", "B."), Person("Three", "C."), Person("Four", "D.")]


@pytest.mark.parametrize(
    ("count", "line", "name"),
    [
        (0, "", ""),
        (1, "A. One", "One"),
        (2, "A. One, B. Two", "One & Two"),
        (3, "A. One, B. Two, C. Three", "One et al."),
        (4, "A. One, B. Two, C. Three et al.", "One et al."),
    ],
)
def test_authors_in_a_list_and_in_a_text(count: int, line: str, name: str) -> None:
    assert author_line(PEOPLE[:count]) == line
    assert family_names(PEOPLE[:count]) == name


@pytest.mark.parametrize(
    ("people", "year", "cited_as", "label"),
    [
        ((), None, "", "T"),
        ((), 2017, "2017", "T"),
        (PEOPLE[:1], None, "One", "One"),
        (PEOPLE[:3], 2017, "One et al. 2017", "One 2017"),
    ],
)
def test_how_a_text_and_a_drawing_name_a_work(
    people: list[Person], year: int | None, cited_as: str, label: str
) -> None:
    card = known_card("k", Work("T", authors=tuple(people), year=year), "https://x.org")
    assert (card.cited_as, card.label) == (cited_as, label)


def test_a_notes_card_says_what_the_note_says(vault: Vault) -> None:
    fields = "title: T\nyear: 2017\nvenue: V\nstatus: read\nrating: 4\ntldr: S\nadded: 2024-01-02"
    card = note_card(vault({"a.md": f"---\n{fields}\n---\n"}).notes[0], "notes/a.html")
    assert (card.title, card.year, card.venue, card.status, card.rating, card.tldr, card.added) == (
        "T", 2017, "V", "read", 4, "S", "2024-01-02",
    )  # fmt: skip


def test_a_known_work_without_a_title_shows_its_key() -> None:
    assert known_card("key", Work(""), "https://x.org").title == "key"
