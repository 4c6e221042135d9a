"""The reader's editor: ``PAPERKB_EDITOR``, ``VISUAL``, ``EDITOR``."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from paperkb.cli.vault import fail


def edit(paths: Sequence[Path]) -> None:
    """Open files and wait for the editor to end."""
    names = ("PAPERKB_EDITOR", "VISUAL", "EDITOR")
    chosen = next((os.environ[name] for name in names if os.environ.get(name)), "")
    if not chosen:
        fail("no editor is set", 1, "Set PAPERKB_EDITOR, VISUAL or EDITOR. The note is written.")
    try:
        done = subprocess.run([*shlex.split(chosen), *map(str, paths)], check=False)
    except (OSError, ValueError):
        fail(f"the editor «{chosen}» does not start. The note is written.", 1)
    if done.returncode:
        fail(f"the editor ended with {done.returncode}. The note is written.", 1)
