"""Authors: an index by family name, and a page for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from paperkb.library.shelves import in_order_of_time
from paperkb.model import Note, Person
from paperkb.site.context import SiteContext
from paperkb.site.page import Page


def compose(context: SiteContext) -> Iterator[Page]:
    """``authors/index.html`` and a page for each author."""
    people = _by_name(context)
    letters: dict[str, list[tuple[str, str, str, int]]] = defaultdict(list)
    for name, (person, notes) in people.items():
        letter = person.family[:1].upper()
        row = (person.family, person.given, context.author_paths[name], len(notes))
        letters[letter if letter.isalpha() else "#"].append(row)
    yield Page(
        "authors/index.html", "authors.html",
        {"title": "Authors", "letters": list(letters.items())},
    )  # fmt: skip
    for name, (_, notes) in people.items():
        yield Page(
            context.author_paths[name], "list.html",
            {"title": name, "kind": "author", "cards": context.cards_of(notes)},
        )  # fmt: skip


def _by_name(context: SiteContext) -> dict[str, tuple[Person, list[Note]]]:
    """«van Dyk, A» and «Dyk, A van» read the same and share a page."""
    people: dict[str, tuple[Person, list[Note]]] = {}
    for person, notes in context.authors.items():
        name = str(person)
        first, found = people.get(name, (person, []))
        merged = {note.key: note for note in (*found, *notes)}
        people[name] = (first, in_order_of_time(merged.values()))
    return people
