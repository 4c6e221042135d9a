"""Links of every form, with place and sentence (``cases/links.txt``)."""

from __future__ import annotations

import pytest

from paperkb.notes.parse import parse_note
from tests.notes.cases import Case, compare, describe_links, parametrise


@parametrise("links.txt")
def test_links(case: Case) -> None:
    compare(case, describe_links(parse_note(case.note.encode())))


@pytest.mark.parametrize("written", ["[[a]](b.md)", "[a [b](c.md) d](e.md)", "[[a](b.md)](c.md)"])
def test_a_link_in_a_link_is_one_link(written: str) -> None:
    note = parse_note(written.encode())
    assert len(note.links) == 1


def test_many_brackets_close_at_once() -> None:
    note = parse_note(b"[[[[x](y.md)]]] [a[b[c]]](d.md)")
    assert [(link.target, link.column) for link in note.links] == [("y.md", 4), ("d.md", 17)]
