"""Pandoc's citations. (In notes: ``cases/links.txt``.)"""

from __future__ import annotations

import pytest

from paperkb.notes.parse import parse_note


def keys(text: str) -> list[str]:
    return [link.target for link in parse_note(text.encode()).links if link.kind == "citation"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[@a]", ["a"]),
        ("[@a; @b; -@c]", ["a", "b", "c"]),
        ("[see @a, pp. 33-35 and passim; also @b]", ["a", "b"]),
        ("@a [p. 3]", ["a"]),
        ("@a, @b; @c. (@d) “@e”", ["a", "b", "c", "d", "e"]),
        ("@Doe_99:x-y.z", ["Doe_99:x-y.z"]),
        ("@{https://example.org/a?b=c}", ["https://example.org/a?b=c"]),
        ("@注意2017", ["注意2017"]),
        ("*@a* **[@b]** _see @c now_", ["a", "b", "c"]),
        ("> @a\n\n- @b\n\n| @c |\n|---|", ["a", "b", "c"]),
        ("me@example.org \\@a `@b` $@c$ /@d x@y @@z @", []),
        ("[a@b.org] [@](x)", []),
        ("[@a](x.md) [text @b](y.md)", []),
        ("[@a and @b]", ["a", "b"]),
    ],
)
def test_keys(text: str, found: list[str]) -> None:
    assert keys(text) == found


def test_parts_of_a_group() -> None:
    see, minus = parse_note(b"[see  @a,\n p. 3; -@b]").links
    assert (see.prefix, see.locator, see.suppress_author) == ("see", "p. 3", False)
    assert (minus.prefix, minus.locator, minus.suppress_author) == ("", "", True)
    assert not see.bare
    assert parse_note(b"@a").links[0].bare


def test_a_group_is_one_slot() -> None:
    assert [slot.links for slot in parse_note(b"[@a; @b] @c").slots] == [(0, 1), (2,)]
