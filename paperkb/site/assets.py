"""Files that are copied as they are: stylesheets, and the attachments that notes refer to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from paperkb.resources import templates_folder
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only


def plan_static(context: SiteContext) -> Iterator[PageId]:
    """``static/…``. Size and time are part of the id: what changed is another page."""
    for name, source in _static(context.library.root).items():
        status = source.stat()
        yield PageId("static", f"{name}\x1e{status.st_size}-{status.st_mtime_ns}")


def compose_static(context: SiteContext, page: PageId) -> Page:
    """A static file; the vault's own goes before ours."""
    name = page.name.partition("\x1e")[0]
    return Page(f"static/{name}", source=_static(context.library.root)[name])


def plan_attachments(context: SiteContext) -> Iterator[PageId]:
    """``files/…``: only what a public note refers to."""
    return (PageId("file", path) for path in context.library.linked_files())


def compose_attachment(context: SiteContext, page: PageId) -> Page:
    """A copy of an attachment."""
    target = context.file_path(page.name)
    return Page(target, source=context.file(page.name))


STATIC = PageKind(plan_static, compose_static)
ATTACHMENT = PageKind(plan_attachments, compose_attachment)
# GitHub Pages would otherwise leave out what begins with an underscore.
NO_JEKYLL = PageKind(only(PageId("nojekyll")), lambda _context, _page: Page(".nojekyll"))


def _static(root: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in (templates_folder() / "static", root / "templates" / "static"):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))
