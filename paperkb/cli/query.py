"""A query from the command line, or a sentence about what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperkb.cli.vault import USAGE, fail

if TYPE_CHECKING:
    from paperkb.search.query import Query


def read_query(text: str) -> Query:
    """A query, understood; if it is malformed, the command ends and says where."""
    from paperkb.search.query import QueryError, parse_query

    try:
        return parse_query(text)
    except QueryError as error:
        mark = f"{text}\n  {' ' * error.place}^"
        fail(f"the query is malformed: {error.message}", USAGE, mark)
