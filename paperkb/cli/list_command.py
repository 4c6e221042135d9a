"""``paperkb list``: the notes of a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from paperkb.cli.output import counted, plain, print_json, print_table, styled
from paperkb.cli.query import read_query, say_remarks
from paperkb.cli.records import note_record
from paperkb.cli.vault import open_vault

if TYPE_CHECKING:
    from paperkb.library.library import Library, NoteLine


@click.command("list")
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print a list of records.")
@click.option("-0", "null", is_flag=True, help="Print paths only, each ended by NUL (xargs -0).")
@click.pass_context
def command(context: click.Context, query: tuple[str, ...], as_json: bool, null: bool) -> None:
    """List the notes, oldest paper first.

    QUERY, in the language of `paperkb search`, says which; `sort:` says in what order.
    """
    library = open_vault(context).library()
    lines = library.lines()
    if query:
        lines = _found(library, " ".join(query), lines)
    if as_json:
        by_key = library.by_key
        print_json([note_record(library, by_key[line.key]) for line in lines])
        return
    if null:
        click.echo("".join(f"{line.path}\0" for line in lines), nl=False)
    else:
        print_table([_row(line) for line in lines])
        click.echo(counted(len(lines), "note"), err=True)


def _found(library: Library, query: str, lines: list[NoteLine]) -> list[NoteLine]:
    """Those lines that a query finds, in their order or in that for which it asks."""
    from paperkb.library.find import find

    parsed = read_query(query)
    answer = find(library, query)
    say_remarks(answer)
    found = [note.key for note in answer.notes]
    by_key = {line.key: line for line in lines}
    if parsed.sort != "relevance":
        return [by_key[key] for key in found]
    keys = set(found)
    return [line for line in lines if line.key in keys]


def _row(line: NoteLine) -> tuple[str, ...]:
    year, status = str(line.year or "—"), line.status or ""
    return year, status, styled(plain(line.key), bold=True), plain(line.title)
