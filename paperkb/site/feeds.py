"""For machines: an Atom feed of what was added, and a sitemap.

Both formats want absolute addresses, which need ``[site] url``; without it they are relative.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from paperkb.site.cards import activity
from paperkb.site.context import SiteContext
from paperkb.site.page import Page
from paperkb.site.urls import absolute

ENTRIES = 50


def compose(context: SiteContext) -> Iterator[Page]:
    """``feed.xml``: the notes that were last added or finished, the newest first."""
    dated = [(day, note) for note in context.library.notes if (day := activity(note))]
    dated.sort(key=lambda item: (item[0], item[1].key), reverse=True)
    entries = [
        {
            "title": note.work.title,
            "id": f"urn:paperkb:{quote(note.key)}",
            "path": context.note_paths[note.key],
            "updated": _timestamp(day),
            "authors": [str(person) for person in note.work.authors],
            "tags": list(context.library.tags_of(note)),
            "summary": note.fields.tldr,
        }
        for day, note in dated[:ENTRIES]
    ]
    updated = entries[0]["updated"] if entries else _timestamp(datetime.date(1970, 1, 1))
    yield Page("feed.xml", "feed.xml", {"title": "Feed", "updated": updated, "entries": entries})


def sitemap(context: SiteContext, pages: Iterable[Page]) -> Page:
    """``sitemap.xml``: every page that people read."""
    addresses = [
        absolute(page.path, context.settings.url)
        for page in pages
        if page.path.endswith(".html") and page.path != "404.html"
    ]
    return Page("sitemap.xml", "sitemap.xml", {"title": "Sitemap", "addresses": addresses})


def _timestamp(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
