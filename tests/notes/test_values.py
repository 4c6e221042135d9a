"""One field's text → its type."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes import values
from paperkb.notes.yaml_text import Value

DAY = datetime.date


@pytest.mark.parametrize(
    ("reader", "value", "read"),
    [
        ("text", " a \n b ", "a b"),
        ("text", ["a", ["b"]], "a, b"),
        ("text", "", None),
        ("texts", [["key"]], ["key"]),
        ("texts", None, []),
        ("comma_list", "a, b,,A", ("a", "b")),
        ("tag_list", "a b", ("a", "b")),
        ("tag_list", "a, b c", ("a", "b-c")),
        ("tag_list", ["#NLP", "nlp", "\\#x/y/"], ("NLP", "x/y")),
        ("shelf_list", "a / b, c", ("a/b", "c")),
        ("publication_date", "2019", 2019),
        ("publication_date", "2019-05", 2019),
        ("publication_date", "2019-05-06", DAY(2019, 5, 6)),
        ("date", "2019-05", DAY(2019, 5, 1)),
        ("date", '"2019-05-06T10:00"', DAY(2019, 5, 6)),
        ("date", "[[2019-05-06]]", DAY(2019, 5, 6)),
        ("date", None, None),
        ("year", "in 2017", 2017),
        ("year", "2017-06-12", 2017),
        ("status", "In Progress", "reading"),
        ("status", "#read", "read"),
        ("rating", "4/5", 4),
        ("rating", "★★★", 3),
        ("rating", "4.0", 4),
        ("whole_number", "v3", 3),
        ("truth", "Yes", True),
        ("truth", None, False),
    ],
)
def test_read(reader: str, value: Value, read: object) -> None:
    assert getattr(values, reader)(value) == read


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("date", "soon"),
        ("date", "2020-13-45"),
        ("date", "0000"),
        ("year", "12345"[:3]),
        ("status", "maybe"),
        ("rating", "0"),
        ("rating", "6"),
        ("rating", "4.5"),
        ("whole_number", "0"),
        ("truth", "maybe"),
        ("code_links", [{"framework": "jax"}]),
        ("results", "28.4"),
        ("results", [{"value": "high"}]),
        ("results", [{"value": "0,85"}]),  # not 85
        ("results", [{"value": "12,34"}]),
    ],
)
def test_refused_with_a_hint(reader: str, value: Value) -> None:
    with pytest.raises(values.Invalid, match=r"\.$"):
        getattr(values, reader)(value)


@pytest.mark.parametrize(
    ("value", "yes"),
    [("{{date}}", True), ("a {{x}} b", True), ("<% tp %>", True), ("{% x %}", True),
     ("{{", False), ("}} {{", False), ("{x}", False), ("<%>", False), (None, False),
     ({"{{…}}": None}, True), (["{{x}}"], False)],
)  # fmt: skip
def test_placeholders(value: Value, yes: bool) -> None:
    assert values.is_placeholder(value) is yes


trees = st.recursive(
    st.one_of(st.none(), st.text(max_size=12)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
READERS = ("text", "texts", "comma_list", "tag_list", "shelf_list", "people", "date", "year",
           "status", "rating", "whole_number", "truth", "code_links", "results")  # fmt: skip


@given(st.sampled_from(READERS), trees)
def test_any_value_is_read_or_refused(reader: str, value: Value) -> None:
    try:
        getattr(values, reader)(value)
    except values.Invalid as error:
        assert str(error)
