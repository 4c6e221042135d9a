"""``paperkb tags``: the hashtags of a vault."""

from __future__ import annotations

from collections import Counter

import click

from paperkb.cli.output import counted, plain, print_json, print_table
from paperkb.cli.vault import open_vault


@click.command("tags")
@click.option("--json", "as_json", is_flag=True, help="Print a list of {tag, count}.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the hashtags with the number of their notes, the most used first."""
    library = open_vault(context).library()
    counts = Counter(tag for note in library.notes for tag in library.tags_of(note))
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold(), item[0]))
    if as_json:
        print_json([{"tag": tag, "count": count} for tag, count in rows])
        return
    print_table([(f"{count:>5}", plain(f"#{tag}")) for tag, count in rows])
    click.echo(counted(len(rows), "tag"), err=True)
