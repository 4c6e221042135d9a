"""The home page: what is being read, what is new, where the shelves are, and how reading goes."""

from __future__ import annotations

from paperkb.library.calendar import Days
from paperkb.library.shelves import ALL
from paperkb.model import STATUSES
from paperkb.site.cards import Card
from paperkb.site.context import SiteContext
from paperkb.site.figures import months, streak
from paperkb.site.page import Page, PageId, PageKind, only
from paperkb.site.pages.topics import topic_tree

READING = 4
RECENT = 6
FINISHED = 4
TOPICS = 14
TAGS = 10


def compose(context: SiteContext, _page: PageId) -> Page:
    """``index.html``."""
    days = context.shelf.calendar()
    reading = sorted(((d.last, d.key) for d in days if d.status == "reading"), reverse=True)
    recent = _latest(context, days, "added", RECENT)
    tags = sorted(context.groups("tag"), key=lambda tag: (-tag.size, tag.name))
    statuses = context.statuses()
    topics = topic_tree(context.shelves())
    data = {
        "title": context.settings.title,
        "count": len(days),
        "citations": context.count_references(),
        "statuses": [(name, statuses[name]) for name in STATUSES if statuses[name]],
        "reading": context.cards(key for _, key in reading[:READING]),
        "more_reading": max(len(reading) - READING, 0),
        "recent": recent,
        "latest": [] if recent else context.cards(context.lists.part(*ALL, 1)[:RECENT]),
        "finished": _latest(context, days, "finished", FINISHED),
        "topics": topics[:TOPICS],
        "more_topics": max(len(topics) - TOPICS, 0),
        "tags": [(tag.label, tag.path, tag.size) for tag in tags[:TAGS]],
        "more_tags": max(len(tags) - TAGS, 0),
        "months": months(days),
        "streak": streak(days),
    }
    return Page("index.html", "home.html", data)


KIND = PageKind(only(PageId("home")), compose)


def _latest(
    context: SiteContext, days: list[Days], what: str, count: int
) -> list[tuple[str, Card]]:
    """(day, card) of what was last added or finished, the latest first."""
    found = sorted(((day, d.key) for d in days if (day := getattr(d, what))), reverse=True)
    return [(day, context.card(key)) for day, key in found[:count]]
