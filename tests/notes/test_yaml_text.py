"""YAML as text: no scalar is guessed, aliases are counted, depth is bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes.yaml_text import RawField, TooManyAliases, YamlError, read_yaml


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("a: 2106.10270", "2106.10270"),
        ("a: 0123", "0123"),
        ("a: 2020-13-45", "2020-13-45"),
        ("a: yes", "yes"),
        ("a: 1e3", "1e3"),
        ("a: '2019'", "2019"),
        ("a: null", None),
        ("a: ~", None),
        ("a:", None),
        ('a: ""', ""),
        ("a: 'null'", "null"),
        ('a: "~"', "~"),
        ("a: [x, null, 1.50]", ["x", None, "1.50"]),
        ("a: {b: 1, null: 2}", {"b": "1", "null": "2"}),
        ("a: [[key]]", [["key"]]),
        ("a: {{title}}", {"{{…}}": None}),
        ("a: |\n  x\n  y\n", "x\ny\n"),
        ("a: &x [1]\nb: *x", ["1"]),
        ('a: "\\u00e9"', "é"),
    ],
)
def test_values_are_what_was_typed(yaml: str, value: object) -> None:
    assert read_yaml(yaml)[-1].value == value


def test_fields_come_in_order_with_lines_and_duplicates() -> None:
    assert read_yaml("\na: 1\nb:\n  - x\n\na: 2\n") == [
        RawField("a", "1", 2),
        RawField("b", ["x"], 3),
        RawField("a", "2", 6),
    ]


@pytest.mark.parametrize(
    ("yaml", "why", "line"),
    [
        ("a: b: c", "mapping values", 1),
        ("x: 1\n\ta: 1", "", 2),
        ("- a", "not a list of", 1),
        ("text", "not a list of", 1),
        ("x: 1\na: *none", "no anchor", 2),
        ("a: [", "", 1),
        ("a: " + "[" * 200, "nested deeper than 50", 1),
        ("a: \x07", "", 1),
    ],
)
def test_what_is_not_yaml_says_why_and_where(yaml: str, why: str, line: int) -> None:
    with pytest.raises(YamlError) as error:
        read_yaml(yaml)
    assert why in str(error.value)
    assert error.value.line == line


def test_aliases_are_counted_before_they_expand() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(TooManyAliases):
        read_yaml(bomb)


def test_an_empty_document_has_no_fields() -> None:
    assert read_yaml("") == read_yaml("# comment\n") == []


@given(st.text("ab:-[]{}&*!|>'\"#%@`,? \n\t~<=", max_size=60))
def test_any_text_is_fields_or_has_a_reason(text: str) -> None:
    try:
        fields = read_yaml(text)
    except YamlError as error:
        assert str(error)
        assert error.line >= 1
        return
    assert all(1 <= field.line <= text.count("\n") + 1 for field in fields)
