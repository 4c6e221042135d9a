"""``paperkb tags``: the hashtags of a vault."""

from __future__ import annotations

import click

from paperkb.cli.output import counted, plain, print_json, print_table
from paperkb.cli.vault import open_vault


@click.command("tags")
@click.option("--json", "as_json", is_flag=True, help="Print a list of {tag, count}.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the hashtags with the number of their notes, the most used first."""
    rows = open_vault(context).library().written_tags()
    if as_json:
        print_json([{"tag": tag, "count": count} for tag, count in rows])
        return
    print_table([(f"{count:>5}", plain(f"#{tag}")) for tag, count in rows])
    click.echo(counted(len(rows), "tag"), err=True)
