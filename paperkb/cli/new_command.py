"""``paperkb new``: notes for papers, from arXiv."""

from __future__ import annotations

import datetime
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperkb.cli.editor import edit
from paperkb.cli.output import counted, plain, print_json
from paperkb.cli.stdin import words_from
from paperkb.cli.vault import CONFLICT, SOURCE, USAGE, Vault, fail, open_vault
from paperkb.config import ConfigError
from paperkb.identifiers import Identifier, InvalidIdentifier, equivalents, parse_identifier
from paperkb.model import STATUSES, replace

if TYPE_CHECKING:
    from paperkb.library.library import Library
    from paperkb.library.scaffold import Draft
    from paperkb.model import Note, Work


@click.command("new")
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option(
    "--from",
    "saved",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Read a saved answer of arXiv's API instead of asking; all its papers, or only ID...",
)
@click.option("--template", metavar="NAME", help="A note template [default: paper].")
@click.option("--tag", "tags", multiple=True, help="A tag; may be repeated.")
@click.option("--topic", "topics", multiple=True, help="A topic; may be repeated.")
@click.option("--status", type=click.Choice(STATUSES), help="[default: inbox]")
@click.option("--skip-existing", is_flag=True, help="Leave out papers that have a note.")
@click.option("--edit", "edit_after", is_flag=True, help="Open the new notes in the editor.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of {key, path, id, title}.")
@click.pass_context
def command(
    context: click.Context,
    ids: tuple[str, ...],
    saved: Path | None,
    template: str | None,
    tags: tuple[str, ...],
    topics: tuple[str, ...],
    status: str | None,
    skip_existing: bool,
    edit_after: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write a note for each paper, with its metadata and questions to answer.

    ID is an arXiv id in any spelling: bare, an address, a DOI, a stamp. Without ID, ids are read
    from stdin, one a line. Prints the paths that were written.

    If a paper has a note already, nothing is written (exit 4), unless --skip-existing.
    """
    from paperkb.library.lock import writing
    from paperkb.library.scaffold import Wishes, check_wishes, draft_notes

    vault = open_vault(context, for_writing=True)
    settings = vault.settings
    wishes = Wishes(tags, topics, status or settings.status, template or settings.template)
    wanted, failed = _identifiers(ids, saved)
    library = vault.library()
    try:
        check_wishes(library, wishes)
    except ConfigError as error:
        fail(str(error), USAGE)
    wanted = _without_notes(library, wanted, skip_existing)
    works, absent = _works(vault, wanted, saved) if wanted or saved else ([], False)
    failed = failed or absent
    paths: list[Path] = []
    with nullcontext() if dry_run else writing(vault.root):
        library = vault.library()  # once more: another command may have written meanwhile
        works = _new_works(library, works, skip_existing)
        try:
            drafts = list(draft_notes(library, works, wishes, datetime.date.today()))
        except ConfigError as error:
            fail(str(error), USAGE)
        if not dry_run:
            paths = _write(vault.root, drafts)
    _report(drafts, as_json=as_json, dry_run=dry_run)
    if edit_after and paths:
        edit(paths)
    raise SystemExit(1 if failed else 0)


def _write(root: Path, drafts: list[Draft]) -> list[Path]:
    """Write all drafts or none: what a failed batch had written is taken back."""
    from paperkb.library.scaffold import write_note

    paths: list[Path] = []
    for draft in drafts:
        try:
            paths.append(write_note(root, draft))
        except OSError as error:
            for path in paths:
                path.unlink(missing_ok=True)
            if isinstance(error, FileExistsError):
                fail(f"{draft.path} exists by now; nothing was written", CONFLICT)
            why = error.strerror or str(error)
            fail(f"{draft.path} cannot be written: {why}; nothing was written", 1)
    return paths


def _identifiers(texts: tuple[str, ...], saved: Path | None) -> tuple[list[Identifier], bool]:
    """The arXiv ids that were asked for, each once, and whether one of the texts is none."""
    if saved is not None and not texts:
        return [], False
    found: dict[Identifier, Identifier] = {}
    failed = False
    for text in words_from(texts, what="an arXiv id"):
        try:
            identifier = parse_identifier(text)
        except InvalidIdentifier as error:
            click.echo(f"paperkb: {error}", err=True)
            failed = True
            continue
        if identifier.kind != "arxiv":
            click.echo(
                f"paperkb: {identifier} is not on arXiv, the one source that «new» asks so far",
                err=True,
            )
            failed = True
        elif identifier.base not in found:
            found[identifier.base] = identifier
    return list(found.values()), failed


def _without_notes(
    library: Library, wanted: list[Identifier], skip_existing: bool
) -> list[Identifier]:
    """The ids that have no note yet: known before anybody is asked."""
    from paperkb.library.scaffold import find_duplicate

    duplicates = {i: note for i in wanted if (note := find_duplicate(library, equivalents(i.base)))}
    _refuse({str(i): note for i, note in duplicates.items()}, skip_existing)
    return [identifier for identifier in wanted if identifier not in duplicates]


def _new_works(library: Library, works: list[Work], skip_existing: bool) -> list[Work]:
    """The same once more, now that arXiv told the DOIs too; and no paper twice."""
    from paperkb.library.scaffold import find_duplicate

    duplicates: dict[str, Note] = {}
    fresh: dict[str | None, Work] = {}
    for work in works:
        if note := find_duplicate(library, work.ids):
            duplicates[f"arxiv:{work.arxiv}"] = note
        else:
            fresh.setdefault(work.arxiv, work)
    _refuse(duplicates, skip_existing)
    return list(fresh.values())


def _refuse(duplicates: dict[str, Note], skip_existing: bool) -> None:
    for name, note in duplicates.items():
        click.echo(f"paperkb: {name} has a note already: {note.path}", err=True)
    if duplicates and not skip_existing:
        fail("nothing was written", CONFLICT, "--skip-existing leaves such papers out.")


def _works(vault: Vault, wanted: list[Identifier], saved: Path | None) -> tuple[list[Work], bool]:
    """The works, in the order asked for, and whether some id has none."""
    from paperkb.sources.arxiv import fetch_works, is_withdrawn, parse_feed
    from paperkb.sources.errors import SourceError
    from paperkb.sources.http import PoliteClient

    try:
        if saved is not None:
            from_stdin = str(saved) == "-"
            data = sys.stdin.buffer.read() if from_stdin else saved.read_bytes()
            found = parse_feed(data, "stdin" if from_stdin else str(saved))
            if not found:
                click.echo(f"paperkb: there is no paper in {saved}", err=True)
            if not wanted:
                return found, not found
            by_id = {work.arxiv: work for work in found}
            works = [
                replace(by_id[i.value], version=i.version or by_id[i.value].version)
                for i in wanted
                if i.value in by_id
            ]
            refused = False
            absent = [i for i in wanted if i.value not in by_id]
        else:
            with PoliteClient(notice=lambda text: click.echo(text, err=True)) as client:
                fetched = fetch_works(wanted, client, vault.settings.arxiv_url)
            works = [fetched.works[i] for i in wanted if i in fetched.works]
            absent = list(fetched.absent)
            for identifier, reason in fetched.refused.items():
                click.echo(f"paperkb: arXiv refuses {identifier}: {reason}", err=True)
            refused = bool(fetched.refused)
    except SourceError as error:
        fail(str(error), SOURCE, error.hint)
    except OSError as error:
        fail(f"{saved} cannot be read: {error.strerror or error}", USAGE)
    for identifier in absent:
        click.echo(f"paperkb: arXiv has no paper {identifier}", err=True)
    for work in works:
        if is_withdrawn(work):
            click.echo(f"paperkb: arxiv:{work.arxiv} was withdrawn: {work.comment}", err=True)
    return works, bool(absent) or refused


def _report(drafts: list[Draft], *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "key": draft.key,
                    "path": draft.path,
                    "id": f"arxiv:{draft.work.arxiv}",
                    "title": draft.work.title,
                }
                for draft in drafts
            ]
        )
        return
    for draft in drafts:
        click.echo(plain(draft.path))
    if dry_run:
        click.echo(f"{counted(len(drafts), 'note')} would be written", err=True)
