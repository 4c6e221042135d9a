"""``paperkb search``: notes by what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from paperkb.cli.output import counted, plain, print_json, styled
from paperkb.cli.query import read_query, say_remarks
from paperkb.cli.vault import open_vault

if TYPE_CHECKING:
    from paperkb.library.find import FoundNote

FORMATS = ("text", "json", "keys", "paths")


@click.command("search")
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="What to print of each note.",
)
@click.option("-0", "null", is_flag=True, help="Print paths only, each ended by NUL (xargs -0).")
@click.pass_context
def command(
    context: click.Context,
    query: tuple[str, ...],
    as_json: bool,
    limit: int,
    form: str,
    null: bool,
) -> None:
    """Search the notes, the best match first.

    QUERY: words (all must match), "phrases", prefix*, -not, OR, parentheses; title: author: tag:
    (or #tag) topic: venue: year:2017..2019 status: rating:>=4 arxiv: doi: via:
    has:code|pdf|tldr|note cites:KEY citedby:KEY added:>2026-01;
    sort:year|added|rating|title|cited. See docs/search.md.
    """
    from paperkb.library.find import find, found_record

    text = " ".join(query)
    read_query(text)
    library = open_vault(context).library()
    found = find(library, text)
    hits, shown = found.notes, found.notes[:limit]
    if as_json or form == "json":
        print_json([found_record(hit) for hit in shown])
    elif null or form == "paths":
        end = "\0" if null else "\n"
        click.echo("".join(f"{hit.note.path}{end}" for hit in shown), nl=False)
    elif form == "keys":
        click.echo("".join(f"{hit.note.key}\n" for hit in shown), nl=False)
    else:
        for hit in shown:
            _print(hit)
    say_remarks(found)
    if as_json or form == "json":
        return
    more = f" of {len(hits):,}" if len(hits) > len(shown) else ""
    click.echo(f"{counted(len(shown), 'note')}{more}", err=True)


def _print(hit: FoundNote) -> None:
    work = hit.note.work
    head = f"{work.year or '—'}  {styled(plain(hit.key), bold=True)}"
    click.echo(f"{head}  {plain(work.title)}")
    if hit.snippet:
        marked = (
            styled(plain(text), bold=True) if match else plain(text) for text, match in hit.snippet
        )
        click.echo(f"      {''.join(marked)}")
