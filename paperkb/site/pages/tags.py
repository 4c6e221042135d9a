"""Tags: an index, and a page for each with its notes and the tags that go with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from paperkb.site.context import SiteContext
from paperkb.site.page import Page

RELATED = 12


def compose(context: SiteContext) -> Iterator[Page]:
    """``tags/index.html`` and a page for each tag."""
    rows = [
        (context.tag_label(tag), context.tag_paths[tag], len(notes))
        for tag, notes in context.tags.items()
    ]
    yield Page("tags/index.html", "tags.html", {"title": "Tags", "tags": rows})
    for tag, notes in context.tags.items():
        together = Counter(
            other.casefold() for note in notes for other in context.library.tags_of(note)
        )
        family = {name for name in together if name == tag or name.startswith(f"{tag}/")}
        others = sorted(
            ((name, count) for name, count in together.items() if name not in family),
            key=lambda item: (-item[1], item[0]),
        )
        children = [name for name in context.tags if name.startswith(f"{tag}/")]
        yield Page(
            context.tag_paths[tag],
            "tag.html",
            {
                "title": f"#{context.tag_label(tag)}",
                "children": [_row(context, n, len(context.tags[n])) for n in children],
                "related": [_row(context, name, count) for name, count in others[:RELATED]],
                "cards": context.cards_of(notes),
            },
        )


def _row(context: SiteContext, tag: str, count: int) -> tuple[str, str, int]:
    return context.tag_label(tag), context.tag_paths[tag], count
