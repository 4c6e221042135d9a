"""``paperkb init``: start a vault."""

from __future__ import annotations

from pathlib import Path

import click

from paperkb.cli.vault import CONFLICT, current_folder, fail
from paperkb.config import CONFIG_NAME


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=".", metavar="[DIR]")
@click.option("--templates", is_flag=True, help="Copy the templates too, to change them.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
def command(folder: Path, templates: bool, dry_run: bool) -> None:
    """Start a vault in DIR (by default here).

    Makes a git repository with paperkb.toml, papers/, .gitignore and a GitHub Pages workflow. Files
    that exist are kept as they are, so a folder of notes can become a vault.
    """
    from paperkb.library.git import GitError, init_repository, is_repository
    from paperkb.library.start import plan_vault, write_vault

    root = (current_folder() / folder).resolve()
    if root.exists() and not root.is_dir():
        fail(f"{root} is a file", CONFLICT)
    if (root / CONFIG_NAME).exists() and not templates:
        fail(f"{root} is a vault already: it has a {CONFIG_NAME}", CONFLICT)
    plan = plan_vault(root, templates=templates)
    if dry_run:
        for path in plan.create:
            click.echo(f"{root / path} would be written")
        return
    try:
        root.mkdir(parents=True, exist_ok=True)
        write_vault(root, plan)
    except OSError as error:
        fail(f"{error.filename or root} cannot be written: {error.strerror or error}", CONFLICT)
    for path in plan.create:
        click.echo(str(root / path))
    for path in plan.keep:
        click.echo(f"kept {root / path} as it is", err=True)
    if not is_repository(root):
        try:
            init_repository(root)
        except GitError as error:
            click.echo(f"paperkb: no git repository was made: {error}", err=True)
    click.echo(f"Next: cd {folder} && paperkb new 1706.03762", err=True)
