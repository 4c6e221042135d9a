"""For machines: an Atom feed of what was added, and a sitemap.

Both formats want absolute addresses, which need ``[site] url``; without it they are relative.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from paperkb.config import Settings
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.urls import absolute

ENTRIES = 50
SITEMAP_PATH = "sitemap.xml"


def compose(context: SiteContext, _page: PageId) -> Page:
    """``feed.xml``: the notes that were last added or finished, the newest first."""
    dated = sorted(context.dated(), key=lambda row: (row.active, row.key), reverse=True)[:ENTRIES]
    entries = []
    for row in dated:
        note = context.note(row.key)
        if note is None:
            continue
        entries.append(
            {
                "title": note.work.title,
                "id": f"urn:paperkb:{quote(note.key)}",
                "path": context.note_path(note.key),
                "updated": _timestamp(row.active),
                "authors": [str(person) for person in note.work.authors],
                "tags": [context.label("tag", tag.casefold()) for tag in note.tags],
                "summary": note.fields.tldr,
            }
        )
    updated = entries[0]["updated"] if entries else _timestamp("1970-01-01")
    return Page("feed.xml", "feed.xml", {"title": "Feed", "updated": updated, "entries": entries})


KIND = PageKind(only(PageId("feed")), compose)


def sitemap(settings: Settings, paths: Iterable[str]) -> Page:
    """``sitemap.xml``: every page that people read."""
    pages = sorted(path for path in paths if path.endswith(".html") and path != "404.html")
    addresses = [absolute(path, settings.url) for path in pages]
    return Page(SITEMAP_PATH, "sitemap.xml", {"title": "Sitemap", "addresses": addresses})


def _timestamp(day: str) -> str:
    return f"{day}T00:00:00Z"
