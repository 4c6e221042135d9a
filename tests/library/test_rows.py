"""What a note puts into the tables."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.library.rows import (
    LabelRow,
    activity,
    file_address,
    label_rows,
    link_rows,
    name_rows,
    note_of,
    page_address,
)
from paperkb.model import (
    Fields,
    Found,
    Hidden,
    Link,
    Note,
    ParsedNote,
    Work,
)
from paperkb.notes.parse import parse_note
from paperkb.notes.parse_settings import ParseSettings


def parsed(text: str) -> ParsedNote:
    return parse_note(text.encode(), ParseSettings())


def note(text: str, path: str = "a.md") -> Note:
    return note_of("a", path, b"", parsed(text))


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("added: 2024-01-01\nfinished: 2024-03-01\nstarted: 2024-02-01", datetime.date(2024, 3, 1)),
        ("added: 2024-01-01", datetime.date(2024, 1, 1)),
        ("title: T", None),
    ],
)
def test_activity_is_the_last_day_that_is_told(fields: str, day: datetime.date | None) -> None:
    assert activity(note(f"---\n{fields}\n---\nx")) == day


def test_a_name_tells_what_nothing_else_told() -> None:
    made = note("text", "2019-05-01-word-embeddings.md")
    assert made.work.title == "Word embeddings"
    assert made.fields.added == datetime.date(2019, 5, 1)
    told = note("---\ntitle: T\nadded: 2020-01-01\n---\n", "2019-05-01-word-embeddings.md")
    assert (told.work.title, told.fields.added) == ("T", datetime.date(2020, 1, 1))


def test_tags_of_fields_and_text_are_named_once() -> None:
    assert note("---\ntags: [NLP, a]\n---\n#nlp #b #B").tags == ("NLP", "a", "b")


def test_a_note_answers_to_path_stem_aliases_and_ids() -> None:
    made = note("---\narxiv: 1706.03762\naliases: [Über Us]\n---\n", "X/2019-05-01-Note.md")
    assert {("id", "arxiv:1706.03762")} < name_rows(made)
    assert {row for row in name_rows(made) if row[0] != "id"} == {
        ("path", "x/2019-05-01-note"), ("stem", "2019-05-01-note"),
        ("alias", "über us"), ("alias", "note"),
    }  # fmt: skip


def test_a_note_belongs_to_the_parents_of_its_labels_once() -> None:
    text = "---\nyear: 2017\nauthors: [Ada Lovelace]\ntags: [NLP/x]\ntopics: [T]\n---\n#NLP/y #nlp"
    rows = label_rows(note(text), parsed(text))
    assert rows == {
        LabelRow("tag", "nlp", "NLP", 2, 0, "nlp"),
        LabelRow("tag", "nlp", "nlp", 1, 1, "nlp"),
        LabelRow("tag", "nlp/x", "x", 1, 1, "nlp/x"),
        LabelRow("tag", "nlp/y", "y", 1, 1, "nlp/y"),
        LabelRow("topic", "t", "T", 1, 1, "t"),
        LabelRow("author", "Ada Lovelace", "Lovelace\x1fAda", 1, 1, "ada-lovelace"),
        LabelRow("year", "2017", "2017", 1, 1, "2017"),
    }


def test_a_link_has_two_rows_where_the_public_sees_another() -> None:
    links = (Link("wikilink", "open"), Link("wikilink", "Secret", line=2))
    rows = link_rows(note("x"), links, (Found("open"), Found("secret")), (Found("open"), Hidden()))
    assert [(row.ordinal, row.audience, row.outcome, row.target) for row in rows] == [
        (0, 0, "found", "open"), (1, 1, "found", "secret"), (1, 2, "hidden", "secret"),
    ]  # fmt: skip


def test_links_of_a_private_note_are_for_its_writer_alone() -> None:
    rows = link_rows(
        note("---\nprivate: true\n---\n"), (Link("wikilink", "b"),), (Found("b"),), (Found("b"),)
    )
    assert [row.audience for row in rows] == [1]


def test_the_address_of_ones_own_paper_is_kept_apart() -> None:
    links = (Link("url", "x", identifier="arxiv:1706.03762"), Link("wikilink", "a"))
    rows = link_rows(note("x"), links, *[(Found("a"), Found("a"))] * 2)
    assert [row.outcome for row in rows] == ["own", "found"]


def test_others_see_no_line() -> None:
    first, second = (
        link_rows(
            note("x"),
            (Link("wikilink", "b", line=n, sentence="S."),),
            (Found("b"),),
            (Found("b"),),
        )
        for n in (1, 2)
    )
    assert first != second
    assert first[0].shown == second[0].shown


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_addresses_ignore_case(name: str) -> None:
    for address in (page_address(name), file_address(name)):
        assert address == address.casefold() != ""


def test_notes_that_say_nothing_have_rows_too() -> None:
    empty = Note("a", "a.md", Fields(Work("")))
    assert activity(empty) is None
    assert label_rows(empty, ParsedNote(empty.fields)) == set()
