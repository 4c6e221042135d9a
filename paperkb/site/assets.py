"""Files that are copied as they are: stylesheets, and the attachments that notes refer to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from paperkb.resources import templates_folder
from paperkb.site.context import SiteContext
from paperkb.site.page import Page

COPY = ""
"""The template of a page that has none: it is copied from ``data["source"]``."""


def compose(context: SiteContext) -> Iterator[Page]:
    """``static/…`` (the vault's own files go first) and ``files/…``."""
    static: dict[str, Path] = {}
    for folder in (templates_folder() / "static", context.library.root / "templates" / "static"):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                static[path.relative_to(folder).as_posix()] = path
    for name, path in sorted(static.items()):
        yield _copy(f"static/{name}", path)
    for attachment, target in context.file_paths.items():
        yield _copy(target, context.library.on_disk(attachment))


def _copy(target: str, source: Path) -> Page:
    status = source.stat()
    stamp = (status.st_size, status.st_mtime_ns)
    return Page(target, COPY, {"source": str(source), "stamp": stamp})
