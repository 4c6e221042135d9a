"""``paperkb serve``: the site while writing."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperkb.cli.build_command import output_folder
from paperkb.cli.output import counted
from paperkb.cli.progress import TerminalWatch
from paperkb.cli.vault import CONFLICT, Vault, fail, open_vault
from paperkb.config import ConfigError, load_settings

if TYPE_CHECKING:
    from paperkb.site.serve import Reloader


@click.command("serve")
@click.option("--out", metavar="DIR", help="Where to build [default: site/ in the vault].")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Whom to serve.")
@click.pass_context
def command(context: click.Context, out: str | None, port: int, host: str) -> None:
    """Build the site, serve it, and rebuild and reload when a note changes.

    Prints the address. Ends with Ctrl-C. Port 0 takes a free one.
    """
    from paperkb.site.serve import Reloader, make_server

    vault = open_vault(context)
    folder = output_folder(vault, out)
    reloader = Reloader()
    try:
        server = make_server(folder, host, port, reloader)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        fail(f"cannot listen on {host}:{port}: {why}", 1, "Name another port with --port.")
    _build(vault, folder, first=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"http://{shown}:{server.server_address[1]}/")
    click.echo("Ctrl-C ends it.", err=True)
    try:
        _watch(vault, folder, reloader)
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


def _watch(vault: Vault, folder: Path, reloader: Reloader) -> None:
    from watchfiles import DefaultFilter, watch

    class Notes(DefaultFilter):
        """Everything but the site itself, hidden folders and editors' files."""

        def __call__(self, change: object, path: str) -> bool:
            inside = Path(path).is_relative_to(folder)
            hidden = any(part.startswith(".") for part in Path(path).relative_to(vault.root).parts)
            if inside or hidden:
                return False
            return super().__call__(change, path)  # type: ignore[arg-type]  # watchfiles' Change

    # The first silence counts as a change: what was edited before the watch began was not seen.
    is_new = True
    for changes in watch(
        vault.root, watch_filter=Notes(), step=20, debounce=200,
        rust_timeout=1000, yield_on_timeout=True,
    ):  # fmt: skip
        if not changes and not is_new:
            continue
        is_new = False
        try:
            vault = Vault(vault.root, load_settings(vault.root))
        except ConfigError as error:
            click.echo(f"paperkb: {error}", err=True)
            continue
        if _build(vault, folder):
            reloader.announce()


def _build(vault: Vault, folder: Path, *, first: bool = False, is_mended: bool = False) -> bool:
    """Build, and say how it went: whether anything changed. The first build must succeed; later
    ones are tried again. ``is_mended``: the index was made anew for this build."""
    from paperkb.library.index import IndexDamaged, forget_index
    from paperkb.site.build import build_site
    from paperkb.site.problems import TemplateProblem
    from paperkb.site.write import ForeignFolder

    began = time.perf_counter()
    try:
        with TerminalWatch() as progress, closing(vault.library(watch=progress)) as library:
            built = build_site(library, folder, jobs=0, watch=progress)
    except IndexDamaged as error:
        if is_mended:
            raise
        click.echo(f"paperkb: the index was damaged, and is made anew: {error}", err=True)
        forget_index(vault.root)
        return _build(vault, folder, first=first, is_mended=True)
    except (ForeignFolder, TemplateProblem, OSError) as error:
        if first and isinstance(error, ForeignFolder):
            fail(str(error), CONFLICT, error.hint)
        if first:
            fail(f"the site cannot be written: {getattr(error, 'strerror', None) or error}", 1)
        click.echo(f"paperkb: {error}", err=True)
        return False
    taken = time.perf_counter() - began
    changed = built.written.written + built.written.removed
    if changed or first:
        click.echo(f"{counted(changed, 'file')} changed in {taken:.2f} s", err=True)
    return changed > 0
