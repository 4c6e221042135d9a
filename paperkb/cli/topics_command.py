"""``paperkb topics``: the shelves of a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from paperkb.cli.output import counted, plain, print_json
from paperkb.cli.vault import open_vault

if TYPE_CHECKING:
    from paperkb.model import Note


@click.command("topics")
@click.option("--json", "as_json", is_flag=True, help="Print a list of {topic, count, keys}.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the topics as a tree, the shelf with the oldest paper first.

    A shelf's count includes the shelves within it. With --json, `keys` are the notes of a shelf and
    of those within it, in order of time.
    """
    from paperkb.library.shelves import nested_groups, topic_labels, topics_by_age

    library = open_vault(context).library()
    groups: dict[str, list[Note]] = topics_by_age(
        nested_groups((note, note.fields.topics) for note in library.notes)
    )
    labels = topic_labels(library.notes)
    rows: list[dict[str, Any]] = [
        {
            "topic": labels[topic],
            "count": len(groups[topic]),
            "keys": [note.key for note in groups[topic]],
        }
        for topic in _as_tree(list(groups))
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        depth = row["topic"].count("/")
        name = plain(row["topic"].rpartition("/")[2])
        click.echo(f"{'  ' * depth}{name}  {row['count']}")
    click.echo(counted(len(rows), "topic"), err=True)


def _as_tree(topics: list[str], parent: str = "") -> list[str]:
    """Each topic followed by those within it; siblings keep their order."""
    prefix = f"{parent}/" if parent else ""
    rows: list[str] = []
    for topic in topics:
        if topic.startswith(prefix) and topic != parent and "/" not in topic[len(prefix) :]:
            rows += [topic, *_as_tree(topics, topic)]
    return rows
