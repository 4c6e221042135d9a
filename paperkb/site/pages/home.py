"""The home page: what is being read, what is new, and where the shelves are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from paperkb.library.shelves import newest_first
from paperkb.model import STATUSES
from paperkb.site.cards import activity
from paperkb.site.context import SiteContext
from paperkb.site.page import Page
from paperkb.site.pages.topics import topic_tree

RECENT = 12
TAGS = 40


def compose(context: SiteContext) -> Iterator[Page]:
    """``index.html`` and ``notes/index.html``, the list of all notes."""
    notes = context.library.notes
    recent = sorted(
        (note for note in notes if note.fields.added),
        key=lambda note: (note.fields.added, note.key),
        reverse=True,
    )
    reading = sorted(
        (note for note in notes if note.fields.status == "reading"),
        key=lambda note: (str(activity(note)), note.key),
        reverse=True,
    )
    statuses = Counter(note.fields.status for note in notes if note.fields.status)
    tags = sorted(context.tags.items(), key=lambda item: (-len(item[1]), item[0]))[:TAGS]
    everything = newest_first(notes)
    yield Page(
        "index.html",
        "home.html",
        {
            "title": context.settings.title,
            "count": len(notes),
            "citations": len(context.graph.references),
            "statuses": [(name, statuses[name]) for name in STATUSES if statuses[name]],
            "reading": context.cards_of(reading[:RECENT]),
            "recent": context.cards_of(recent[:RECENT] or everything[:RECENT]),
            "recent_is_new": bool(recent),
            "topics": topic_tree(context),
            "tags": [
                (context.tag_label(tag), context.tag_paths[tag], len(group)) for tag, group in tags
            ],
            "more_tags": max(len(context.tags) - TAGS, 0),
            "years": [(year, len(group)) for year, group in context.years.items()],
        },
    )
    yield Page(
        "notes/index.html", "list.html",
        {"title": "All notes", "kind": "notes", "cards": context.cards_of(everything)},
    )  # fmt: skip
