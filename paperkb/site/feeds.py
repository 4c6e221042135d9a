"""Feeds of what was added or finished: Atom of the whole site and of each topic, and JSON Feed.

These formats want absolute addresses, which need ``[site] url``; without it they are relative.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from paperkb.formats.addresses import work_address
from paperkb.library.library import Dated
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.urls import absolute

ENTRIES = 50
TOPIC_ENTRIES = 20
ATOM, JSON = "feed.xml", "feed.json"


def compose(context: SiteContext, _page: PageId) -> Page:
    """``feed.xml``: the notes that were last added or finished, the newest first."""
    entries = _entries(context, _latest(context))
    return _atom(context, ATOM, "", "index.html", entries)


def plan_topics(context: SiteContext) -> Iterator[PageId]:
    """A feed for each topic."""
    return (PageId("topic-feed", topic.name) for topic in context.groups("topic"))


def compose_topic(context: SiteContext, page: PageId) -> Page:
    """The same of one topic, beside its page: ``topics/nlp.xml``."""
    path = context.group_path("topic", page.name)
    label = context.label("topic", page.name)
    entries = _entries(context, context.dated_in("topic", page.name, TOPIC_ENTRIES))
    return _atom(context, topic_feed(path), label, path, entries)


def topic_feed(path: str) -> str:
    """The path of the feed of the topic whose page is at ``path``."""
    return f"{path.removesuffix('.html')}.xml"


def compose_json(context: SiteContext, _page: PageId) -> Page:
    """``feed.json``: what ``feed.xml`` has, as JSON Feed 1.1."""
    settings = context.settings
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": settings.title,
        "home_page_url": _home(context),
        "feed_url": absolute(JSON, settings.url) if settings.url else "",
        "description": settings.description,
        "authors": [{"name": settings.author}] if settings.author else [],
        "language": settings.language,
    }
    items = [
        {
            "id": entry["id"],
            "url": absolute(entry["path"], settings.url),
            "external_url": entry["paper"],
            "title": entry["title"],
            "content_text": entry["summary"] or entry["title"],
            "date_published": entry["published"],
            "date_modified": entry["updated"],
            "authors": [{"name": name} for name in entry["authors"]],
            "tags": entry["tags"],
        }
        for entry in _entries(context, _latest(context))
    ]
    whole = {**_said(feed), "items": [_said(item) for item in items]}
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return Page(JSON, content=f"{text}\n".encode("utf-8", "replace"))


KIND = PageKind(only(PageId("feed")), compose)
TOPIC = PageKind(plan_topics, compose_topic)
JSON_FEED = PageKind(only(PageId("json-feed")), compose_json)


def _atom(
    context: SiteContext, path: str, label: str, page: str, entries: list[dict[str, Any]]
) -> Page:
    """A feed about ``page``; ``label`` is the topic that it is limited to."""
    settings, home = context.settings, _home(context)
    data = {
        "title": f"{settings.title}: {label}" if label else settings.title,
        "id": (absolute(path, home) if label else home) if home
        else f"urn:paperkb:{quote(settings.title)}" + (f":{quote(label)}" if label else ""),
        "base": home,
        "feed": path,
        "page": page,
        "updated": entries[0]["updated"] if entries else _timestamp("1970-01-01"),
        "entries": entries,
    }  # fmt: skip
    return Page(path, "feed.xml", data)


def _latest(context: SiteContext) -> list[Dated]:
    rows = sorted(context.dated(), key=lambda row: (row.active, row.key), reverse=True)
    return rows[:ENTRIES]


def _entries(context: SiteContext, rows: Sequence[Dated]) -> list[dict[str, Any]]:
    entries = []
    for row in rows:
        note = context.note(row.key)
        if note is None:
            continue
        entries.append(
            {
                "title": note.work.title,
                "id": f"urn:paperkb:{quote(note.key)}",
                "path": context.note_path(note.key),
                "paper": work_address(note.work),
                "published": _timestamp(row.added) if row.added else "",
                "updated": _timestamp(row.active),
                "authors": [str(person) for person in note.work.authors],
                "tags": [context.label("tag", tag.casefold()) for tag in note.tags],
                "summary": note.fields.tldr,
            }
        )
    return entries


def _home(context: SiteContext) -> str:
    """The site's address; empty if it is not known."""
    return f"{context.settings.url.rstrip('/')}/" if context.settings.url else ""


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _timestamp(day: str) -> str:
    return f"{day}T00:00:00Z"
