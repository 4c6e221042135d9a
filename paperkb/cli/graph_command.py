"""``paperkb graph``: the reference graph."""

from __future__ import annotations

import click

from paperkb.cli.vault import open_vault


@click.command("graph")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "graphml", "gexf", "dot"]),
    default="json",
    show_default=True,
    help="For programs, Gephi, Cytoscape or Graphviz.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--private", is_flag=True, help="Include private notes, and links to them.")
@click.pass_context
def command(context: click.Context, form: str, as_json: bool, private: bool) -> None:
    """Print what cites what: works as nodes, and in JSON one edge for every link.

    Private notes are left out: an export is made to be passed on.

    JSON: {"nodes": [{id, title, year, kind}], "edges": [{source, target, kind, path, line}]}.
    """
    from paperkb.graph.export import FORMATS
    from paperkb.graph.network import ReferenceGraph

    library = open_vault(context).library()
    graph = ReferenceGraph(library if private else library.public)
    text = FORMATS["json" if as_json else form](graph)
    click.echo(text.encode("utf-8", "replace").decode(), nl=False)
