"""A note → the entries by which it is found: pure, so that any process may make them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from paperkb.model import Fields
from paperkb.search.scores import FIELDS, share, weight
from paperkb.search.terms import folded, terms

GAP = 10
"""Places between two fields, or two items of one: no phrase runs over it."""
MOST_PLACES = 250
"""Places of a term in one note that are kept."""


class Entries(NamedTuple):
    """Entries of one note, sorted: ``weights`` (unsigned 16 bits each) and ``places`` (varints, a
    number and then differences) stand beside ``names``."""

    names: list[str]
    weights: bytes
    places: list[bytes]


class Texts(NamedTuple):
    """The texts of a note by what they are; see ``scores.FIELDS``."""

    title: str
    aliases: Sequence[str]
    authors: Sequence[str]
    tags: Sequence[str]
    tldr: str
    abstract: str
    headings: Sequence[str]
    body: str
    venue: str
    via: Sequence[str]


def text_entries(texts: Texts) -> Entries:
    """Everything in a note that can be found by a word."""
    hits: dict[str, float] = defaultdict(float)
    places: dict[str, list[int]] = defaultdict(list)
    start = 0
    for name in FIELDS:
        value = getattr(texts, name)
        start = _add(hits, places, name, [value] if isinstance(value, str) else value, start)
    for name, items in (
        ("title", [texts.title]),
        ("author", texts.authors),
        ("venue", [texts.venue]),
        ("via", texts.via),
    ):
        _add(hits, places, "authors" if name == "author" else "title", items, 0, f"{name}:")
    names = sorted(hits)
    return Entries(
        names,
        array("H", [weight(hits[name]) for name in names]).tobytes(),
        [pack_places(places[name]) for name in names],
    )


def facts(fields: Fields, tags: Iterable[str], topics: Iterable[str], has_text: bool) -> set[str]:
    """Everything in a note that a filter may ask for."""
    work = fields.work
    found = {
        *(f"tag:{folded(tag)}" for tag in tags),
        *(f"topic:{folded(topic)}" for topic in topics),
    }
    said = {
        "year": str(work.year or ""),
        "status": fields.status or "",
        "rating": str(fields.rating or ""),
        "arxiv": (work.arxiv or "").lower(),
        "doi": (work.doi or "").lower(),
        "added": fields.added.isoformat() if fields.added else "",
    }
    found.update(f"{name}:{value}" for name, value in said.items() if value)
    things = {
        "code": bool(fields.code),
        "pdf": bool(work.arxiv or work.pdf),
        "tldr": bool(fields.tldr),
        "note": has_text,
    }
    found.update(f"has:{name}" for name, is_there in things.items() if is_there)
    return found


def _add(
    hits: dict[str, float],
    places: dict[str, list[int]],
    field: str,
    items: Iterable[str],
    start: int,
    prefix: str = "",
) -> int:
    """Add the terms of a field, and return where the next one may start."""
    found = []
    words = 0
    for item in items:
        made = terms(item)
        found += [(term.text, start + term.place, term.is_whole) for term in made]
        length = made[-1].place + 1 if made else 0
        words += length
        start += length + GAP
    each = share(field, words)
    for text, place, is_whole in found:
        name = prefix + text
        hits[name] += each
        if not is_whole and len(places[name]) < MOST_PLACES:
            places[name].append(place)
    return start


def pack_places(places: Sequence[int]) -> bytes:
    """Places as varints (LEB128): how many, the first, and the differences."""
    made = bytearray()
    before = 0
    for number in (len(places), *places):
        value = number if not made else number - before
        before = number if made else 0
        while value > 127:
            made.append(value & 127 | 128)
            value >>= 7
        made.append(value)
    return bytes(made)


def unpack_places(packed: bytes) -> list[int]:
    """What ``pack_places`` packed."""
    numbers: list[int] = []
    value = shift = 0
    for byte in packed:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    places = numbers[1:]
    for index in range(1, len(places)):
        places[index] += places[index - 1]
    return places
