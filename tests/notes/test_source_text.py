"""Markdown for passing on: no remark stays, and every link stands between marks."""

from __future__ import annotations

import pytest

from paperkb.notes.parse import parse_note
from paperkb.notes.source_text import LINK_MARK


def source(text: str) -> str:
    """Links as ‹numbers|written›."""
    found = parse_note(text.encode()).body.markdown
    return LINK_MARK.sub(lambda mark: f"‹{mark[1]}|{mark[2]}›", found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("---\ntitle: T\n---\n\nA [[b]] and [c](c.md).\n", "A ‹0|[[b]]› and ‹1|[c](c.md)›."),
        ("# T\n\n[@a; @b, p. 3] says @c\n", "‹0,1|[@a; @b, p. 3]› says ‹2|@c›"),
        ("> quoted [[a]]\n> and [[b|c]]\n", "> quoted ‹0|[[a]]›\n> and ‹1|[[b|c]]›"),
        ("- one\n  - [[a]] [[a]]\n", "- one\n  - ‹0|[[a]]› ‹1|[[a]]›"),
        ("| a | b |\n|---|---|\n| [[x\\|y]] | [[z]] |\n",
         "| a | b |\n|---|---|\n| ‹0|[[x\\|y]]› | ‹1|[[z]]› |"),
        ("`[[code]]` and [[a]]\n", "`[[code]]` and ‹0|[[a]]›"),
        ("```\n[[code]] %% shown %%\n```\n[[a]]\n", "```\n[[code]] %% shown %%\n```\n‹0|[[a]]›"),
        ("a %% [[b]] %% c <!-- d --> e\n", "a  c  e"),
        ("a\n\n%%\nhidden\n%%\n\nb\n", "a\n\n\n\nb"),
        ("![fig](f.png) <img src='g.png'>\n", "‹0|![fig](f.png)› ‹1|<img src='g.png'>›"),
        ("[a][r]\n\n[r]: https://x.org\n", "[a][r]\n\n[r]: https://x.org"),
        ("$a_b$ and #tag\n", "$a_b$ and #tag"),
    ],
)  # fmt: skip
def test_the_source_with_marked_links(text: str, found: str) -> None:
    assert source(text) == found


def test_a_definition_of_a_file_is_not_passed_on() -> None:
    assert source("[a][r] text\n\n[r]: secret.md\n") == ""


@pytest.mark.parametrize(
    "text",
    ["```a`b\n%% hidden %%\n", "> ```\n%% hidden %%\n> ```\n", "a\n<!-- hidden\n", "%%hidden%%\n"],
)
def test_where_a_remark_may_be_left_there_is_no_source(text: str) -> None:
    parsed = parse_note(text.encode())
    assert "hidden" not in parsed.body.markdown or "hidden" in parsed.body.text
