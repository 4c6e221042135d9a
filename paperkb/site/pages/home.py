"""The home page: what is being read, what is new, and where the shelves are."""

from __future__ import annotations

from paperkb.model import STATUSES
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.pages.topics import topic_tree

RECENT = 12
TAGS = 40


def compose(context: SiteContext, _page: PageId) -> Page:
    """``index.html``."""
    dated = context.dated()
    added = sorted(((row.added, row.key) for row in dated if row.added), reverse=True)
    recent = [key for _, key in added[:RECENT]]
    reading = sorted(
        ((row.active, row.key) for row in dated if row.status == "reading"), reverse=True
    )
    latest = context.newest_first()
    statuses = context.statuses()
    tags = sorted(context.groups("tag"), key=lambda tag: (-tag.size, tag.name))
    data = {
        "title": context.settings.title,
        "count": len(latest),
        "citations": context.count_references(),
        "statuses": [(name, statuses[name]) for name in STATUSES if statuses[name]],
        "reading": context.cards(key for _, key in reading[:RECENT]),
        "recent": context.cards(recent or [member.key for member in latest[:RECENT]]),
        "recent_is_new": bool(recent),
        "topics": topic_tree(context.shelves()),
        "tags": [(tag.label, tag.path, tag.size) for tag in tags[:TAGS]],
        "more_tags": max(len(tags) - TAGS, 0),
        "years": [(year.name, year.size) for year in reversed(context.groups("year"))],
    }
    return Page("index.html", "home.html", data)


KIND = PageKind(only(PageId("home")), compose)
