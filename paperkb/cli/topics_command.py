"""``paperkb topics``: the shelves of a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from paperkb.cli.output import counted, plain, print_json
from paperkb.cli.vault import open_vault

if TYPE_CHECKING:
    from paperkb.library.groups import Group


@click.command("topics")
@click.option("--json", "as_json", is_flag=True, help="Print a list of {topic, count, keys}.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the topics as a tree, the shelf with the oldest paper first.

    A shelf's count includes the shelves within it. With --json, `keys` are the notes of a shelf and
    of those within it, in order of time.
    """
    library = open_vault(context).library()
    topics = _as_tree(library.shelves())
    if as_json:
        print_json(
            [
                {
                    "topic": topic.label,
                    "count": topic.size,
                    "keys": [member.key for member in library.members("topic", topic.name)],
                }
                for topic in topics
            ]
        )
        return
    for topic in topics:
        indent = "  " * topic.name.count("/")
        click.echo(f"{indent}{plain(topic.label.rpartition('/')[2])}  {topic.size}")
    click.echo(counted(len(topics), "topic"), err=True)


def _as_tree(topics: list[Group], parent: str = "") -> list[Group]:
    """Each topic followed by those within it; siblings keep their order."""
    prefix = f"{parent}/" if parent else ""
    rows: list[Group] = []
    for topic in topics:
        inside = topic.name.startswith(prefix) and topic.name != parent
        if inside and "/" not in topic.name[len(prefix) :]:
            rows += [topic, *_as_tree(topics, topic.name)]
    return rows
