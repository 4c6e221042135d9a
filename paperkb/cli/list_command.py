"""``paperkb list``: the notes of a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from paperkb.cli.output import counted, plain, print_json, print_table, styled
from paperkb.cli.records import note_record
from paperkb.cli.vault import open_vault

if TYPE_CHECKING:
    from paperkb.model import Note


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records.")
@click.option("-0", "null", is_flag=True, help="Print paths only, each ended by NUL (xargs -0).")
@click.pass_context
def command(context: click.Context, as_json: bool, null: bool) -> None:
    """List the notes, oldest paper first."""
    from paperkb.library.shelves import in_order_of_time

    library = open_vault(context).library()
    notes = in_order_of_time(library.notes)
    if as_json:
        print_json([note_record(library, note) for note in notes])
    elif null:
        click.echo("".join(f"{note.path}\0" for note in notes), nl=False)
    else:
        print_table([_row(note) for note in notes])
        click.echo(counted(len(notes), "note"), err=True)


def _row(note: Note) -> tuple[str, ...]:
    year, status = str(note.work.year or "—"), note.fields.status or ""
    return year, status, styled(plain(note.key), bold=True), plain(note.work.title)
