"""What a site looks like, whatever the notes say: templates and static files. The vault's own, in
its ``templates/`` folder, go before the shipped ones.

Of that folder, nothing counts that is hidden, as an editor's files are, or that a symbolic link
would fetch from outside the vault.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from paperkb import __version__
from paperkb.config import Settings
from paperkb.resources import templates_folder


def own_templates(root: Path) -> dict[str, Path]:
    """Name → the vault's own template of a page, or of a part of one."""
    return _own_files(root, "pages")


def language_files(root: Path) -> list[Path]:
    """The shipped words of the interface, and the vault's own, if it has any."""
    own = root / "templates" / LANGUAGES
    shipped = templates_folder() / LANGUAGES
    return [shipped, own] if _is_inside(own, root) else [shipped]


LANGUAGES = "languages.toml"
CUSTOM_CSS = "custom.css"
"""A stylesheet that pages link after all others, if the vault has it in ``templates/static/``."""


def has_custom_css(root: Path) -> bool:
    """Whether the vault has a stylesheet to link after the shipped ones."""
    return CUSTOM_CSS in _own_files(root, "static")


def fingerprint(root: Path, settings: Settings) -> str:
    """A hash of what every page is made from: the program, the settings, templates and words."""
    known = (__version__, settings, has_custom_css(root))
    digest = hashlib.blake2b(repr(known).encode(), digest_size=16)
    shipped = sorted((templates_folder() / "pages").iterdir())
    files = [(path.name, path) for path in (*language_files(root), *shipped)]
    # By names alone: a vault may be moved.
    for name, path in (*files, *own_templates(root).items()):
        digest.update(os.fsencode(name) + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def static_files(root: Path) -> dict[str, Path]:
    """Name below ``static/`` → the file that is copied there."""
    shipped = templates_folder() / "static"
    found = {path.name: path for path in shipped.iterdir()} | _own_files(root, "static")
    return dict(sorted(found.items()))


def static_versions(root: Path) -> list[str]:
    """The static files, each with its size and time: a file that changed has another name here."""
    return [
        f"{name}\x1e{status.st_size}-{status.st_mtime_ns}"
        for name, path in static_files(root).items()
        for status in (path.stat(),)
    ]


def _own_files(root: Path, name: str) -> dict[str, Path]:
    """Path below a folder of the vault's ``templates/`` → the file there."""
    folder = root / "templates" / name
    found = ((path.relative_to(folder), path) for path in sorted(folder.rglob("*")))
    return {
        relative.as_posix(): path
        for relative, path in found
        if not any(part.startswith(".") for part in relative.parts) and _is_inside(path, root)
    }


def _is_inside(path: Path, root: Path) -> bool:
    """Whether there is such a file, within the vault."""
    return path.is_file() and path.resolve().is_relative_to(root.resolve())
