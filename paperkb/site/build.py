"""Vault → site: discover, parse, resolve, relate, compose, write."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from paperkb import __version__
from paperkb.library.library import Library
from paperkb.site import assets, feeds
from paperkb.site.context import SiteContext, build_context
from paperkb.site.page import Page
from paperkb.site.pages import authors, home, not_found, note, tags, topics, years
from paperkb.site.templates import Renderer
from paperkb.site.write import Written, write_site

Composer = Callable[[SiteContext], Iterable[Page]]

COMPOSERS: tuple[Composer, ...] = (
    home.compose,
    note.compose,
    topics.compose,
    tags.compose,
    authors.compose,
    years.compose,
    not_found.compose,
    feeds.compose,
    assets.compose,
)


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build."""

    out: Path
    pages: int
    written: Written


def compose_site(context: SiteContext) -> Iterator[Page]:
    """Every file of a site."""
    pages: list[Page] = []
    for page in itertools.chain.from_iterable(compose(context) for compose in COMPOSERS):
        pages.append(page)
        yield page
    yield feeds.sitemap(context, pages)
    # GitHub Pages would otherwise leave out what begins with an underscore.
    yield Page(".nojekyll", assets.COPY, {"body": ""})


def build_site(library: Library, out: Path, *, force: bool = False) -> Built:
    """Write the site of a library to ``out``. Errors are those of ``write_site``."""
    renderer = Renderer(library.root, library.settings)
    context = build_context(library)

    def render(page: Page) -> bytes:
        if page.template:
            return renderer.render(page)
        source = page.data.get("source")
        return Path(source).read_bytes() if source else str(page.data["body"]).encode()

    salt = f"{__version__}-{renderer.fingerprint}"
    pages = 0

    def counted() -> Iterator[Page]:
        nonlocal pages
        for page in compose_site(context):
            pages += page.path.endswith(".html")
            yield page

    written = write_site(out, counted(), render, salt, force=force)
    return Built(out, pages, written)
