"""What commands share: finding the vault, reading it, and failing with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from paperkb.cli.progress import TerminalWatch
from paperkb.config import CONFIG_NAME, ConfigError, Settings, load_settings

if TYPE_CHECKING:
    from paperkb.library.library import Library
    from paperkb.watch import Watch

USAGE, SOURCE, CONFLICT = 2, 3, 4


@dataclass(frozen=True, slots=True)
class Vault:
    """A folder of notes with its settings."""

    root: Path
    settings: Settings

    def library(
        self,
        *,
        jobs: int = 0,
        watch: Watch | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Library:
        """Read all notes, what did not change from the index, by ``jobs`` processes (see
        ``load_library``)."""
        from paperkb.library.index import open_index
        from paperkb.library.load import load_library

        index = open_index(self.root, lambda text: click.echo(f"paperkb: {text}", err=True))
        with nullcontext(watch) if watch else TerminalWatch() as told:
            return load_library(
                self.root, self.settings, index, jobs=jobs, watch=told, meanwhile=meanwhile
            )


def fail(message: str, code: int, hint: str = "") -> NoReturn:
    """End with a sentence on stderr."""
    click.echo(f"paperkb: {message}", err=True)
    if hint:
        click.echo(f"  {hint}", err=True)
    raise SystemExit(code)


def current_folder() -> Path:
    """Where relative paths of the command line begin."""
    try:
        return Path.cwd()
    except OSError as error:  # it was removed under this command
        fail(f"the current folder: {error.strerror}", USAGE, "Name a vault with -C DIR.")


def open_vault(context: click.Context, *, for_writing: bool = False) -> Vault:
    """The vault that a command works on.

    ``-C DIR`` or ``PAPERKB_VAULT``, else the nearest parent with ``paperkb.toml``, else, for
    commands that only read, the current folder.
    """
    root: Path | None = context.obj
    if root is None:
        here = current_folder()
        parents = (here, *here.parents)
        root = next((parent for parent in parents if (parent / CONFIG_NAME).is_file()), None)
        if root is None and for_writing:
            fail(
                f"no vault here: no {CONFIG_NAME} in {here} or above it", USAGE,
                "Run `paperkb init` to start one, or name one with -C DIR.",
            )  # fmt: skip
        root = root or here
    if not root.is_dir():
        fail(f"there is no folder {root}", USAGE)
    try:
        return Vault(root.resolve(), load_settings(root))
    except ConfigError as error:
        fail(str(error), USAGE)
