"""Names of fields, and the table that reads them. (Values: test_values.py.)"""

from __future__ import annotations

import pytest

from paperkb.notes.fields import FIELD_NAMES, canonical_name, read_fields
from paperkb.notes.parse import parse_note
from paperkb.notes.yaml_text import RawField

DESIGN = """title authors year date arxiv version doi venue url pdf code tags topics status rating
added started finished via tldr cites related
aliases private tasks datasets methods results""".split()


def test_the_fields_of_the_design_in_its_order() -> None:
    known = [name for name in FIELD_NAMES if name in DESIGN]
    assert sorted(known) == sorted(DESIGN)


@pytest.mark.parametrize(
    ("name", "canonical"),
    [("Title", "title"), ("date added", "added"), ("Date-Added", "added"), ("DOI", "doi"),
     ("author", "authors"), ("keywords", "tags"), ("TL;DR", "tldr"), ("citekey", "aliases"),
     ("colour", None), ("", None)],
)  # fmt: skip
def test_names_by_which_a_field_goes(name: str, canonical: str | None) -> None:
    assert canonical_name(name) == canonical


def codes(*fields: RawField, extra: tuple[str, ...] = ()) -> list[str]:
    return [f"{p.place.line} {p.code}" for p in read_fields(fields, extra).problems]


def test_foreign_and_extra_fields_are_left_alone() -> None:
    assert codes(RawField("cssclass", "x", 1), RawField("Layout", "post", 2)) == []
    assert codes(RawField("mine", "x", 3)) == ["3 PKB016"]
    assert codes(RawField("mine", "x", 3), extra=("mine",)) == []
    assert codes(RawField("athors", "x", 3)) == ["3 PKB015"]


def test_ids_are_told_by_addresses_too() -> None:
    work = read_fields(
        [
            RawField("url", "https://aclanthology.org/P19-1001", 1),
            RawField("pdf", "https://arxiv.org/pdf/1706.03762v5", 2),
        ]
    ).fields.work
    assert (work.arxiv, work.version) == ("1706.03762", 5)
    assert work.ids == {"arxiv:1706.03762", "acl:P19-1001", "doi:10.18653/v1/p19-1001"}


def test_a_doi_in_the_arxiv_field_is_a_problem() -> None:
    assert codes(RawField("arxiv", "10.1038/nature14539", 4)) == ["4 PKB018"]


@pytest.mark.parametrize(
    ("name", "value", "private"),
    [("private", "true", True), ("private", "False", False), ("private", "perhaps", True),
     ("draft", "true", True), ("draft", "false", False), ("published", "false", True),
     ("published", "true", False), ("publish", "false", True), ("Publish", "FALSE", True)],
)  # fmt: skip
def test_private(name: str, value: str, private: bool) -> None:
    assert read_fields([RawField(name, value, 1)]).fields.private is private


def test_nothing_read_is_nothing_said() -> None:
    read = read_fields(())
    assert read.problems == read.lines == read.cites == ()
    assert read.fields.work.title == ""


@pytest.mark.parametrize(
    "lines",
    [
        "draft: true\nprivate: false",
        "private: false\ndraft: true",
        "private: true\nprivate: false",
        "private: no\npublished: false\nprivate: no",
        "private: '{{ask me}}'",
    ],
)
def test_what_one_field_makes_private_no_other_makes_public(lines: str) -> None:
    assert parse_note(f"---\n{lines}\n---\n".encode()).fields.private


@pytest.mark.parametrize("line", ["privat: true", "private: ture", "prviate: true"])
def test_a_misspelt_private_note_stays_private(line: str) -> None:
    assert parse_note(f"---\n{line}\n---\n".encode()).fields.private
