"""``paperkb list``: the notes of a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from paperkb.cli.output import counted, plain, print_json, print_table, styled
from paperkb.cli.records import note_record
from paperkb.cli.vault import open_vault

if TYPE_CHECKING:
    from paperkb.library.library import NoteLine


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records.")
@click.option("-0", "null", is_flag=True, help="Print paths only, each ended by NUL (xargs -0).")
@click.pass_context
def command(context: click.Context, as_json: bool, null: bool) -> None:
    """List the notes, oldest paper first."""
    library = open_vault(context).library()
    if as_json:
        from paperkb.library.shelves import in_order_of_time

        print_json([note_record(library, note) for note in in_order_of_time(library.notes)])
        return
    lines = library.lines()
    if null:
        click.echo("".join(f"{line.path}\0" for line in lines), nl=False)
    else:
        print_table([_row(line) for line in lines])
        click.echo(counted(len(lines), "note"), err=True)


def _row(line: NoteLine) -> tuple[str, ...]:
    year, status = str(line.year or "—"), line.status or ""
    return year, status, styled(plain(line.key), bold=True), plain(line.title)
