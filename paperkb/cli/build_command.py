"""``paperkb build``: the static site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from paperkb.cli.output import counted
from paperkb.cli.progress import TerminalWatch
from paperkb.cli.vault import CONFLICT, USAGE, Vault, current_folder, fail, open_vault
from paperkb.config import check_url


@click.command("build")
@click.option("--out", metavar="DIR", help="Where to write [default: site/ in the vault].")
@click.option("--url", metavar="URL", help="The site's address, for feed and sitemap.")
@click.option("--force", is_flag=True, help="Build into a folder that holds other files.")
@click.option(
    "--jobs",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Processes that parse and render [default: as many as there are cores].",
)
@click.option("--timings", is_flag=True, help="Say on stderr what each step took.")
@click.option("--dry-run", is_flag=True, help="Say what would be built; write nothing.")
@click.pass_context
def command(
    context: click.Context,
    out: str | None,
    url: str | None,
    force: bool,
    jobs: int,
    timings: bool,
    dry_run: bool,
) -> None:
    """Write the site: notes, topics, tags, authors, years, feed.

    Only pages that changed are written, and only files that paperkb wrote are ever removed.
    Problems in notes do not stop a build; `paperkb check` lists them.
    """
    from paperkb.library.index import index_path
    from paperkb.site.ahead import Ahead
    from paperkb.site.build import build_site
    from paperkb.site.problems import TemplateProblem
    from paperkb.site.write import ForeignFolder, refuse_foreign_folder

    vault = open_vault(context)
    if url is not None:
        if url and (wrong := check_url(url)):
            fail(f"--{wrong}", USAGE)
        vault = Vault(vault.root, replace(vault.settings, url=url))
    folder = output_folder(vault, out)
    ahead = None if dry_run else Ahead(folder)

    def prepare() -> None:
        if ahead:
            ahead.prepare(index_path(vault.root))

    try:
        with TerminalWatch() as watch:
            library = vault.library(jobs=jobs, watch=watch, meanwhile=prepare)
            if dry_run:
                from paperkb.site.renew import plan_pages

                refuse_foreign_folder(folder, force=force)
                files = counted(plan_pages(library), "file")
                click.echo(f"{folder}: a site of {files}; nothing was written")
                return
            built = build_site(library, folder, force=force, jobs=jobs, watch=watch, ahead=ahead)
    except ForeignFolder as error:
        fail(str(error), CONFLICT, error.hint)
    except TemplateProblem as error:
        fail(str(error), 1)
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        fail(f"the site cannot be written: {error.strerror or error}{where}", 1)
    written = built.written
    click.echo(str(built.out))
    click.echo(
        f"{counted(built.pages, 'page')} of {counted(library.public.count(), 'note')}: "
        f"{written.written:,} files written, {written.unchanged:,} unchanged, "
        f"{written.removed:,} removed",
        err=True,
    )
    if timings:
        watch.print_timings()


def output_folder(vault: Vault, out: str | None) -> Path:
    """Where the site goes. The vault itself, or a folder around it, is refused."""
    folder = (current_folder() / out if out else vault.root / vault.settings.out).resolve()
    if vault.root.is_relative_to(folder):
        fail(f"{folder} holds the vault: the site needs a folder of its own", USAGE)
    if folder.exists() and not folder.is_dir():
        fail(f"{folder} is a file", CONFLICT)
    return folder
