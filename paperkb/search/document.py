"""A note → the entries by which it is found: pure, so that any process may make them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import or_
from typing import NamedTuple

from paperkb.model import Fields, ParsedNote
from paperkb.search.scores import FIELDS, share, weight
from paperkb.search.terms import folded, terms_of, words

MONTH = len("2026-01")
"""Signs of a month. Besides its day, a note has the month in which it was added: a range of days is
months for the most part."""
GAP = 10
"""Places between two fields, or two items of one: no phrase runs over it."""
STEP = 32
"""Fields begin at multiples of it: a word more in the title moves none of the body."""
MOST_PLACES = 250
"""Places of a term in one note that are kept."""


class Entries(NamedTuple):
    """Entries of one note. Beside ``names`` stand ``places`` (varints, a number and then
    differences) and ``hits`` (32 bits each: the weight, and in the lower half the size of the
    places)."""

    names: list[str]
    hits: bytes
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
    hits: dict[str, float] = {}
    places: dict[str, list[int]] = {}
    start = 0
    for name in FIELDS:
        value = getattr(texts, name)
        end = _add(hits, places, name, [value] if isinstance(value, str) else value, start)
        start = -(-end // STEP) * STEP
    for field, like, items in (
        ("title:", "title", [texts.title]),
        ("author:", "authors", texts.authors),
        ("venue:", "title", [texts.venue]),
        ("via:", "title", texts.via),
    ):
        _add(hits, places, like, items, 0, field)
    found = (places.get(name, ()) for name in hits)
    packed = [_pack_one(at[0]) if len(at) == 1 else pack_places(at) for at in found]  # most: one
    sums = hits.values()
    weights = {sum_: weight(sum_) << 16 for sum_ in set(sums)}  # few are different
    rows = map(or_, map(weights.__getitem__, sums), map(len, packed))
    return Entries([*hits], array("I", rows).tobytes(), packed)


def facts(fields: Fields, tags: Iterable[str], note: ParsedNote) -> set[str]:
    """Everything in a note that a filter may ask for; ``fields`` and ``tags`` are the library's."""
    work = fields.work
    found = {
        *(f"tag:{folded(tag)}" for tag in tags),
        *(f"topic:{folded(topic)}" for topic in fields.topics),
    }
    said = {
        "year": str(work.year or ""),
        "status": fields.status or "",
        "rating": str(fields.rating or ""),
        "arxiv": (work.arxiv or "").lower(),
        "doi": (work.doi or "").lower(),
        "added": fields.added.isoformat() if fields.added else "",
        "month": fields.added.isoformat()[:MONTH] if fields.added else "",
    }
    found.update(f"{name}:{value}" for name, value in said.items() if value)
    things = {
        "code": bool(fields.code),
        "pdf": bool(work.arxiv or work.pdf),
        "tldr": bool(fields.tldr),
        "note": not note.is_empty,
        "cards": note.has_flashcards,
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
    found: dict[str, int] = {}
    length = 0
    for item in items:
        first = place = start + length
        for word in words(item):
            made, size = terms_of(word)
            for text, offset, is_whole in made:
                name = prefix + text if prefix else text
                found[name] = found.get(name, 0) + 1
                if is_whole:
                    continue
                if name in places:
                    places[name].append(place + offset)
                else:
                    places[name] = [place + offset]
            place += size
        length += place - first
        start += GAP
    each = share(field, length)
    for name, count in found.items():
        hits[name] = hits.get(name, 0.0) + each * count
    return start + length


def pack_places(places: Sequence[int]) -> bytes:
    """Places as they are stored and published; see ``pack_rising``."""
    return pack_rising(places[:MOST_PLACES])


def pack_rising(numbers: Sequence[int]) -> bytes:
    """Numbers from low to high as varints (LEB128): how many, the first, and the differences."""
    made = bytearray()
    before = 0
    for number in (len(numbers), *numbers):
        value = number - before if made else number
        before = number if made else 0
        while value > 127:
            made.append(value & 127 | 128)
            value >>= 7
        made.append(value)
    return bytes(made)


@lru_cache(maxsize=1 << 14)
def _pack_one(place: int) -> bytes:
    return pack_rising((place,))


def unpack_places(packed: bytes) -> list[int]:
    """What ``pack_places`` or ``pack_rising`` packed."""
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
