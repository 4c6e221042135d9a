"""``sitemap.xml``: every page that people read, and when its note was last worked on.

Above the protocol's limit (https://www.sitemaps.org/protocol.html) it becomes an index of parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape  # xml.sax.saxutils would bring urllib.request and half of the network

from paperkb.config import Settings
from paperkb.site.page import Page
from paperkb.site.pages.redirects import is_redirect
from paperkb.site.urls import absolute

PATH = "sitemap.xml"
MOST = 50_000
"""Addresses that one file may hold."""
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def is_listed(path: str) -> bool:
    """Whether a file of the site is a page that people read."""
    return path.endswith(".html") and path != "404.html" and not is_redirect(path)


def sitemap(settings: Settings, paths: Iterable[str], dates: Mapping[str, str]) -> list[Page]:
    """The sitemap of a site with these files; ``dates`` of some paths, in ISO 8601. The first page
    is ``sitemap.xml`` itself."""
    lines = [
        f"<url><loc>{_address(path, settings)}</loc>{_changed(dates.get(path, ''))}</url>\n"
        for path in sorted(filter(is_listed, paths))
    ]
    if len(lines) <= MOST:
        return [_page(PATH, "urlset", lines)]
    parts = [
        _page(f"sitemap-{number}.xml", "urlset", lines[start : start + MOST])
        for number, start in enumerate(range(0, len(lines), MOST), start=1)
    ]
    index = (f"<sitemap><loc>{_address(part.path, settings)}</loc></sitemap>\n" for part in parts)
    return [_page(PATH, "sitemapindex", index), *parts]


def _page(path: str, element: str, lines: Iterable[str]) -> Page:
    text = f"{_HEAD}<{element} {_NAMES}>\n{''.join(lines)}</{element}>\n"
    return Page(path, content=text.encode("utf-8", "replace"))


def _address(path: str, settings: Settings) -> str:
    return escape(absolute(path, settings.url), quote=False)


def _changed(day: str) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""
