"""``paperkb id``: any spelling → canonical id."""

from __future__ import annotations

import click

from paperkb.cli.output import print_json
from paperkb.cli.stdin import words_from
from paperkb.identifiers import InvalidIdentifier, parse_identifier


@click.command("id")
@click.argument("texts", nargs=-1, metavar="TEXT...")
@click.option("--json", "as_json", is_flag=True, help="Print {input, id, kind} (a list for many).")
def command(texts: tuple[str, ...], as_json: bool) -> None:
    """Tell which paper an id, address or citation stamp means.

    Prints the canonical id, as in `arxiv:1706.03762v5` or `doi:10.1038/nature14539`, or says why
    the text is none. TEXT is also read from stdin, one a line.
    """
    records = []
    failed = False
    for text in words_from(texts, what="an id or address"):
        try:
            identifier = parse_identifier(text)
        except InvalidIdentifier as error:
            failed = True
            records.append({"input": text, "id": None, "kind": None, "error": str(error)})
            click.echo(f"paperkb: {error}", err=True)
        else:
            records.append({"input": text, "id": str(identifier), "kind": identifier.kind})
            if not as_json:
                click.echo(str(identifier))
    if as_json:
        print_json(records[0] if len(records) == 1 else records)
    raise SystemExit(1 if failed else 0)
