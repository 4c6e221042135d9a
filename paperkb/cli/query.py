"""A query from the command line, or a sentence about what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from paperkb.cli.output import plain
from paperkb.cli.vault import USAGE, fail

if TYPE_CHECKING:
    from paperkb.library.find import Found
    from paperkb.search.query import Query


def read_query(text: str) -> Query:
    """A query, understood; if it is malformed, the command ends and says where."""
    from paperkb.search.query import QueryError, parse_query

    try:
        return parse_query(text)
    except QueryError as error:
        mark = f"{text}\n  {' ' * error.place}^"
        fail(f"the query is malformed: {error.message}", USAGE, mark)


def say_remarks(found: Found) -> None:
    """Say on stderr of which prefixes not all words were looked for, and what was as well."""
    for prefix in found.cut:
        click.echo(
            f"{plain(prefix)}* stands for the first words that begin so, not for all;"
            " more letters find the others",
            err=True,
        )
    if found.instead:
        names = ", ".join(map(plain, found.instead))
        click.echo(f"few notes have this spelling; also looked for: {names}", err=True)
