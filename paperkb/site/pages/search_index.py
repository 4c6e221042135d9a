"""What the browser searches: the index in small scripts, loaded only where a query needs them.

The form of each is in docs/search.md. Scripts, since a page that was opened from disk may load
nothing else; lists of numbers in bits, and these in base64, which compresses to what they are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from paperkb.library.search_source import ORDERS
from paperkb.search.bits import listed, packed, placed, ranked, rising
from paperkb.search.names import packed_names
from paperkb.search.shards import file_name
from paperkb.site.context import SiteContext
from paperkb.site.page import Page, PageId, PageKind, only

FOLDER = "search"
FORMAT = 5
"""Changes with the form of any file; the browser refuses another."""
FACETS = ("tag", "topic", "year", "status", "author")
PART = 1000
"""Notes of an order in one file."""


def compose_meta(context: SiteContext, _page: PageId) -> Page:
    """What the index is, how many notes there are, and where each shard begins."""
    shards = context.search.shards()
    meta = {
        "format": FORMAT,
        "version": context.search.version(),
        "size": context.search.size(),
        "starts": [shard.start for shard in shards],
        "similar": context.search.name_lengths(),
        "isShort": bool(context.search.shorthand_words()),
    }
    return _script("meta", meta)


def plan_terms(context: SiteContext) -> Iterator[PageId]:
    """The shards of entries. When they last changed is part of the id, as with static files."""
    return (PageId("terms", f"{s.start}\x1e{s.changed}") for s in context.search.shards())


def compose_terms(context: SiteContext, page: PageId) -> Page:
    """The entries of a shard, with notes and weights: these by their place among all that occur in
    the shard, the most frequent first, since a few are most."""
    start = page.name.partition("\x1e")[0]
    found = list(context.search.postings_of(start))
    counted: Counter[int] = Counter()
    for _, _, weights in found:
        counted.update(weights)
    among = sorted(counted, key=lambda weight: (-counted[weight], weight))
    rows = [
        [entry, packed(f"{rising(numbers)}{int(bool(weights))}{ranked(weights, among)}")]
        for entry, numbers, weights in found
    ]
    return _script(f"terms/{file_name(start)}", [among, *rows])


def plan_places(context: SiteContext) -> Iterator[PageId]:
    """The same shards, with places; only phrases need them."""
    return (PageId("places", f"{s.start}\x1e{s.moved}") for s in context.search.shards())


def compose_places(context: SiteContext, page: PageId) -> Page:
    """Where the entries of a shard stand in their notes."""
    start = page.name.partition("\x1e")[0]
    rows = {entry: packed(placed(notes)) for entry, notes in context.search.places_of(start)}
    return _script(f"places/{file_name(start)}", rows)


def plan_notes(context: SiteContext) -> Iterator[PageId]:
    """One script for each note: what a list of results shows."""
    return (PageId("found", key) for key in context.all_keys())


def compose_note(context: SiteContext, page: PageId) -> Page:
    """A note as a result."""
    note = context.note(page.name)
    if note is None:
        raise KeyError(page.name)
    work, fields = note.work, note.fields
    found = [  # without names, which would take as many signs; the browser has them
        note.key,
        work.title,
        [str(person) for person in work.authors],
        work.year,
        work.venue or "",
        fields.status or "",
        fields.rating or 0,
        context.note_path(note.key),
        [context.label("tag", tag.casefold()) for tag in note.tags],
        context.search.shown_text(note),
    ]
    return _script(f"notes/{context.search.number(note.key)}", found)


def compose_shorthand(context: SiteContext, _page: PageId) -> Page:
    """The words that these texts write in short, where there are any."""
    return _script("shorthand", context.search.shorthand_words())


def compose_all(context: SiteContext, _page: PageId) -> Page:
    """The numbers of all notes, from low to high."""
    return _script("all", packed(rising(context.search.numbers())))


def plan_orders(context: SiteContext) -> Iterator[PageId]:
    """The orders in which results can stand, in parts: of most, the first of them are shown."""
    parts = range(-(-context.search.size() // PART))
    return (PageId("order", f"{name}-{part}") for name in ORDERS for part in parts)


def compose_order(context: SiteContext, page: PageId) -> Page:
    """Some notes of all in one order."""
    name, _, part = page.name.partition("-")
    first = int(part) * PART
    return _script(
        f"order/{page.name}", packed(listed(context.search.order(name)[first : first + PART]))
    )


def plan_similar(context: SiteContext) -> Iterator[PageId]:
    """Names by length, among which a mistyped word is looked for."""
    return (PageId("similar", str(length)) for length in context.search.name_lengths())


def compose_similar(context: SiteContext, page: PageId) -> Page:
    """The names of one length."""
    names = context.search.names_of_length(int(page.name))
    return _script(f"similar/{page.name}", packed_names(names))


def compose_facet(context: SiteContext, page: PageId) -> Page:
    """The groups of a kind, and the places of their notes in the order of numbers, group by group.
    Nobody is shown how an author is sorted."""
    groups = context.search.facet(page.name)
    names = [
        group if label == group or page.name == "author" else [group, label]
        for group, label, _ in groups
    ]
    places = "".join(rising(places) for _, _, places in groups)
    return _script(f"facets/{page.name}", [names, packed(places)])


META = PageKind(only(PageId("search-meta")), compose_meta)
TERMS = PageKind(plan_terms, compose_terms)
PLACES = PageKind(plan_places, compose_places)
NOTES = PageKind(plan_notes, compose_note)
SHORTHAND = PageKind(only(PageId("shorthand")), compose_shorthand)
ALL = PageKind(only(PageId("all")), compose_all)
ORDER = PageKind(plan_orders, compose_order)
SIMILAR = PageKind(plan_similar, compose_similar)
FACET = PageKind(lambda _context: (PageId("facet", kind) for kind in FACETS), compose_facet)


def _script(name: str, value: object) -> Page:
    data = json.dumps(value, separators=(",", ":"))
    return Page(f"{FOLDER}/{name}.js", content=f'paperkb.add("{name}",{data});\n'.encode())
