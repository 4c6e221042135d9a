"""What a site looks like, whatever the notes say: templates and static files. The vault's own, in
its ``templates/`` folder, go before the shipped ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

from paperkb import __version__
from paperkb.config import Settings
from paperkb.resources import templates_folder


def template_folders(root: Path) -> list[Path]:
    """Where page templates are looked for, in order."""
    return [root / "templates" / "pages", templates_folder() / "pages"]


def language_files(root: Path) -> list[Path]:
    """The shipped words of the interface, and the file of the vault's own, which need not exist."""
    return [folder / "languages.toml" for folder in (templates_folder(), root / "templates")]


CUSTOM_CSS = "custom.css"
"""A stylesheet that pages link after all others, if the vault has it in ``templates/static/``."""


def has_custom_css(root: Path) -> bool:
    """Whether the vault has a stylesheet to link after the shipped ones."""
    return (root / "templates" / "static" / CUSTOM_CSS).is_file()


def fingerprint(root: Path, settings: Settings) -> str:
    """A hash of what every page is made from: the program, the settings, templates and words."""
    known = (__version__, settings, has_custom_css(root))
    digest = hashlib.blake2b(repr(known).encode(), digest_size=16)
    paths = [path for path in language_files(root) if path.is_file()]
    for folder in template_folders(root):
        paths += sorted(folder.glob("*")) if folder.is_dir() else ()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def static_files(root: Path) -> dict[str, Path]:
    """Name below ``static/`` → the file that is copied there."""
    found: dict[str, Path] = {}
    for folder in (templates_folder() / "static", root / "templates" / "static"):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))


def static_versions(root: Path) -> list[str]:
    """The static files, each with its size and time: a file that changed has another name here."""
    return [
        f"{name}\x1e{status.st_size}-{status.st_mtime_ns}"
        for name, path in static_files(root).items()
        for status in (path.stat(),)
    ]
