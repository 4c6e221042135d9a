"""Front matter with traps (``cases/frontmatter.txt``), and where the body begins."""

from __future__ import annotations

import pytest

from paperkb.notes.frontmatter import split_front_matter
from paperkb.notes.parse import parse_note
from tests.notes.cases import Case, compare, describe_fields, describe_problems, parametrise


@parametrise("frontmatter.txt")
def test_front_matter(case: Case) -> None:
    note = parse_note(case.note.encode())
    compare(case, describe_fields(note) + describe_problems(note))


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("text", "text", 1),
        ("", "", 1),
        ("---\na: 1\n---\nbody\n", "body\n", 4),
        ("---\na: 1\n---", "", 3),
        ("---  \na: 1\n---\t\nbody", "body", 4),
        ("\n\n---\na: 1\n---\nbody", "body", 6),
        ("+++\na = 1\n+++\nbody", "body", 4),
        ("---\na: 1\n...\nbody", "body", 4),
        ("---\na: |\n  ---\n---\nbody", "body", 5),
        ("---\na: 1\n\nbody", "\nbody", 3),
        ("---\n\nbody\n\n---\n", "---\n\nbody\n\n---\n", 1),
        ("---\n", "---\n", 1),
        ("----\na: 1\n---\n", "----\na: 1\n---\n", 1),
        (" text\n---\na: 1\n---\n", " text\n---\na: 1\n---\n", 1),
    ],
)
def test_the_body_and_its_first_line(text: str, body: str, line: int) -> None:
    front = split_front_matter(text)
    assert (front.body, front.body_line) == (body, line)
    assert text.endswith(body)


def test_toml_fields_have_lines() -> None:
    text = '+++\n"title" = "x"\nnested.key = 1\n\n[table]\nyear = 1\n[[rows]]\na = 1\n+++\n'
    fields = {field.name: (field.value, field.line) for field in split_front_matter(text).fields}
    assert fields == {
        "title": ("x", 2),
        "nested": ({"key": "1"}, 3),
        "table": ({"year": "1"}, 5),
        "rows": ([{"a": "1"}], 7),
    }


def test_toml_keeps_numbers_as_text() -> None:
    text = "+++\narxiv = 2106.10270\nd = 2020-01-02\nt = true\nl = [1.50]\n+++\n"
    values = [field.value for field in split_front_matter(text).fields]
    assert values == ["2106.10270", "2020-01-02", "true", ["1.50"]]


@pytest.mark.parametrize(
    "text",
    [
        f"---\na: {'[' * 500}{']' * 500}\n---\nx",
        f"+++\n{'a.' * 2000}b = 1\n+++\nx",
        f"+++\na = {'[' * 5000}{']' * 5000}\n+++\nx",
    ],
)
def test_what_is_nested_too_deeply_is_a_problem(text: str) -> None:
    note = parse_note(text.encode())
    assert [problem.code for problem in note.problems][:1] == ["PKB010"]
    assert "nested" in note.problems[0].message


def test_lines_end_with_line_ends_alone() -> None:
    front = split_front_matter("---\na: b: \x0c\x1c c\nd: 1\n---\n")
    assert [(field.name, field.line) for field in front.fields] == [("a", 2), ("d", 3)]
