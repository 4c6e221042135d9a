"""Files that are copied: stylesheets, scripts, and the attachments that notes refer to."""

from __future__ import annotations

from collections.abc import Iterator

from paperkb.formats.svg import clean_svg
from paperkb.resources import templates_folder
from paperkb.site.context import SiteContext
from paperkb.site.design import static_files, static_versions
from paperkb.site.page import Page, PageId, PageKind, only


def plan_static(context: SiteContext) -> Iterator[PageId]:
    """``static/…``. Size and time are part of the id: what changed is another page."""
    return (PageId("static", name) for name in static_versions(context.library.root))


def compose_static(context: SiteContext, page: PageId) -> Page:
    """A static file; of a shipped script, what a browser needs."""
    name = page.name.partition("\x1e")[0]
    source = static_files(context.library.root)[name]
    if source.suffix == ".js" and source.is_relative_to(templates_folder()):
        from rjsmin import jsmin  # noqa: PLC0415 - only when such a file is new

        return Page(f"static/{name}", content=jsmin(source.read_text("utf-8")).encode())
    return Page(f"static/{name}", source=source)


def plan_attachments(context: SiteContext) -> Iterator[PageId]:
    """``files/…``: only what a public note refers to."""
    return (PageId("file", path) for path in context.linked_files())


def compose_attachment(context: SiteContext, page: PageId) -> Page:
    """A copy of an attachment; of an SVG file, the picture alone."""
    target = context.file_path(page.name)
    source = context.file(page.name)
    if target.endswith(".svg"):
        return Page(target, content=clean_svg(source.read_bytes()).data)
    return Page(target, source=source)


STATIC = PageKind(plan_static, compose_static)
ATTACHMENT = PageKind(plan_attachments, compose_attachment)
# GitHub Pages would otherwise leave out what begins with an underscore.
NO_JEKYLL = PageKind(only(PageId("nojekyll")), lambda _context, _page: Page(".nojekyll"))
