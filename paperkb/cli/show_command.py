"""``paperkb show``: one note with its relations."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperkb.cli.output import plain, print_json, styled
from paperkb.cli.records import shown_record
from paperkb.cli.vault import fail, open_vault

if TYPE_CHECKING:
    from paperkb.graph.network import Reference, ReferenceGraph
    from paperkb.library.library import Library
    from paperkb.model import Note


@click.command("show")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Print a record.")
@click.pass_context
def command(context: click.Context, key: str, as_json: bool) -> None:
    """Show a note: what it is, what it cites, and who cites it with which sentence.

    KEY is the note's key, its path, an alias, or the paper's id in any spelling.
    """
    from paperkb.graph.network import ReferenceGraph

    library = open_vault(context).library()
    note = _find(library, key)
    graph = ReferenceGraph(library)
    if as_json:
        print_json(shown_record(library, graph, note))
    else:
        _print(library, graph, note)


def _find(library: Library, key: str) -> Note:
    from paperkb.checks.suggest import Suggester
    from paperkb.identifiers import find_identifier

    found = library.find(key) or library.find(_path_in_vault(library.root, key))
    if not found and (identifier := find_identifier(key, bare=True)):
        found = library.find(str(identifier.base))
    if len(found) == 1:
        return found[0]
    if found:
        paths = ", ".join(note.path for note in found)
        fail(f"«{key}» could be {paths}", 1, "Name one by its path.")
    return fail(f"there is no note «{key}»", 1, Suggester(library).hint(key))


def _path_in_vault(root: Path, written: str) -> str:
    """The path of a file as a shell completes it, from the vault; empty if there is none."""
    with suppress(OSError, ValueError):  # a name that no file can have, or a file elsewhere
        path = Path(written).resolve(strict=True)
        return path.relative_to(root).as_posix()
    return ""


def _print(library: Library, graph: ReferenceGraph, note: Note) -> None:
    work, fields = note.work, note.fields
    click.echo(styled(plain(work.title), bold=True))
    facts = [
        ", ".join(str(person) for person in work.authors),
        " · ".join(str(part) for part in (work.venue, work.date or work.year) if part),
        " · ".join(sorted(work.ids)),
        " ".join(f"#{tag}" for tag in library.tags_of(note)),
        " · ".join(fields.topics),
        " · ".join(
            part for part in (fields.status or "", "★" * (fields.rating or 0), note.path) if part
        ),
    ]
    for fact in facts:
        if fact:
            click.echo(plain(fact))
    if fields.tldr:
        click.echo(f"\nTL;DR {plain(fields.tldr)}")
    _print_rows("Cites", graph, list(graph.cites(note.key).items()), sentences=False)
    _print_rows("Cited by", graph, list(graph.cited_by(note.key).items()), sentences=True)
    missing = graph.missing_of(note)
    if missing:
        click.echo(f"\n{styled('Missing', bold=True)} ({len(missing)})")
        for row in missing:
            click.echo(plain(f"  {row.link.identifier or row.link.target}  {row.place}"))
    for row in graph.ambiguous_of(note):
        click.echo()
        click.echo(
            plain(f"Ambiguous: {row.link.target}  {row.place} ({', '.join(row.candidates)})")
        )


def _print_rows(
    title: str, graph: ReferenceGraph, groups: list[tuple[str, list[Reference]]], *, sentences: bool
) -> None:
    from paperkb.notes.plain_tex import formulas_as_text

    if not groups:
        return
    click.echo(f"\n{styled(title, bold=True)} ({len(groups)})")
    for key, rows in groups:
        work = graph.library.work(key)
        year, title = (work.year, work.title) if work else (None, "")
        click.echo(f"  {year or '—'}  {styled(plain(key), bold=True)}  {plain(title)}")
        if sentences:
            said = [row.sentence for row in rows if row.sentence]  # a field has no sentence
            for sentence in said[:3]:
                shown = plain(formulas_as_text(sentence))
                click.echo(f"        {styled(shown, dim=True)}")
