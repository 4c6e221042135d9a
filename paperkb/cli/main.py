"""``paperkb``: the group, and the commands that it loads when they are called."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from paperkb import __version__

# Name → module and first line of help: listing commands imports none of them.
COMMANDS = {
    "init": "Start a vault: a git repository with a place for notes.",
    "new": "Write notes for papers, from arXiv.",
    "list": "List the notes.",
    "search": "Search the notes.",
    "show": "Show one note: what it is, what it cites, who cites it.",
    "tags": "List the hashtags.",
    "topics": "List the topics, a tree of shelves.",
    "check": "Find what is wrong: links, ids, fields, files.",
    "graph": "Print the reference graph.",
    "build": "Write the static site.",
    "serve": "Serve the site, and rebuild it on change.",
    "id": "Tell which paper an id or address means.",
}


_GARBAGE = (200_000, 20, 20)
"""When Python looks for circles of garbage: commands hold very many values and leave few circles,
for which it would look at all of them again and again."""


class _LazyGroup(click.Group):
    """A group whose commands are modules of their own, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a reader meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"paperkb.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one is near."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean «{near[0]}»?" if near else ""
            ctx.fail(f"there is no command «{args[0]}».{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done · 1 done, with errors to report · 2 usage, or no vault here · "
    "3 a source could not be reached or refused · 4 a conflict, nothing was written.",
)
@click.version_option(__version__, prog_name="paperkb")
@click.option(
    "-C",
    "--vault",
    "folder",
    metavar="DIR",
    envvar="PAPERKB_VAULT",
    help="The vault [default: $PAPERKB_VAULT, else the nearest parent with paperkb.toml].",
)
@click.pass_context
def cli(context: click.Context, folder: str | None) -> None:
    """A Markdown knowledge base for research papers.

    A folder of notes, one for each paper, becomes answers at the terminal and a static site.
    """
    context.obj = Path(folder) if folder else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    _plain_streams()
    gc.set_threshold(*_GARBAGE)
    atexit.register(gc.freeze)  # what ends with the process need not be looked through once more
    options: dict[str, Any] = {"args": list(arguments) if arguments is not None else None}
    try:
        cli.main(**options, prog_name="paperkb")
    except OSError as error:
        why = error.strerror or str(error)
        if error.filename is not None:
            sys.stderr.write(f"paperkb: {error.filename}: {why}\n")
            raise SystemExit(1) from error
        # A full disk behind `>`: there is nobody to tell but stderr.
        sys.stderr.write(f"paperkb: the output cannot be written: {why}\n")
        os._exit(1)  # not again at exit, when Python flushes what is left
    except Exception as error:
        from paperkb.library.index import IndexBusy, IndexDamaged

        if isinstance(error, IndexBusy):
            sys.stderr.write(f"paperkb: the index cannot be read: {error}\n")
            raise SystemExit(1) from error
        if not isinstance(error, IndexDamaged):
            raise
        _forget_index(options["args"], error)
        cli.main(**options, prog_name="paperkb")


def _forget_index(arguments: Sequence[str] | None, error: Exception) -> None:
    """Remove a damaged index: it only holds what the notes say too."""
    from paperkb.cli.vault import open_vault
    from paperkb.library.index import forget_index

    with cli.make_context("paperkb", list(sys.argv[1:] if arguments is None else arguments)) as c:
        c.obj = Path(c.params["folder"]) if c.params["folder"] else None
        forget_index(open_vault(c).root)
    sys.stderr.write(f"paperkb: the index was damaged, and is made anew: {error}\n")


def _plain_streams() -> None:
    """Names of files may hold what a terminal's encoding does not: print a sign, never fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
