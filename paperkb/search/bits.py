"""Lists of numbers in as few bits as they need: what the browser loads of the index.

Bits are a text of ``0`` and ``1`` until they are packed, which is what Python joins fastest. The
browser reads them (``templates/static/search-bits.js``); docs/search.md has their form.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import islice
from operator import sub
from typing import Generic, TypeVar

from paperkb.search.document import unpack_places

Item = TypeVar("Item")

WIDTH = 5
"""Bits of a width."""
_MANY = 64
"""Numbers of a list from which their codes are kept at hand: fewer hardly repeat."""
_SHORT = 3
"""Bytes of places, packed, of which the codes are kept at hand: one place."""


def gamma(number: int) -> str:
    """A number of 1 or more, the smaller the shorter (Elias): as many zeros as there are binary
    digits after the first, then the digits."""
    digits = f"{number:b}"
    return "0" * (len(digits) - 1) + digits


def unary(number: int) -> str:
    """As many ones, and a zero."""
    return "1" * number + "0"


def fixed(width: int, number: int) -> str:
    """The last ``width`` binary digits."""
    return f"{number & (1 << width) - 1:0{width}b}" if width else ""


def rice(width: int, number: int) -> str:
    """What is before the last ``width`` digits in unary, and these: of distances between things
    that may stand anywhere, hardly any code is shorter."""
    return unary(number >> width) + fixed(width, number)


def rice_width(total: int, count: int) -> int:
    """The width for so many numbers of that sum."""
    return max((total // count).bit_length() - 1, 0) if count else 0


def rising(numbers: Sequence[int]) -> str:
    """Numbers that rise: how many (one more, as ``gamma``), a width, and the distances, less one,
    from each to the next; to the first from -1."""
    count = len(numbers)
    if not count:
        return gamma(1)
    width = rice_width(numbers[-1] + 1 - count, count)
    code = _kept(width).__getitem__ if count >= _MANY else _after(width)
    first = rice(width, numbers[0])
    distances = map(sub, islice(numbers, 1, None), numbers)
    return "".join((gamma(count + 1), fixed(WIDTH, width), first, *map(code, distances)))


def listed(numbers: Sequence[int]) -> str:
    """Numbers in any order: how many (one more, as ``gamma``), a width, and each in that width."""
    width = max(numbers, default=0).bit_length()
    each = (fixed(width, number) for number in numbers)
    return "".join((gamma(len(numbers) + 1), fixed(WIDTH, width), *each))


def ranked(values: Iterable[int], among: Sequence[int]) -> str:
    """Each value as ``gamma`` of its place, from 1, among others."""
    codes = {value: gamma(place) for place, value in enumerate(among, 1)}
    return "".join(map(codes.__getitem__, values))


def placed(notes: Sequence[bytes]) -> str:
    """The places of an entry in its notes, each packed as in ``document.pack_places``: a width, and
    for each note how many there are (unary, 0 and 1 exchanged, as most have one), the first, and
    the distances from each to the next."""
    some = [unpack_places(note) for note in notes[:_MANY]]
    count = sum(map(len, some))
    width = rice_width(sum(places[-1] for places in some if places), count)
    kept = _kept_places(width)
    codes = [kept[note] if len(note) <= _SHORT else _placed(width, note) for note in notes]
    return fixed(WIDTH, width) + "".join(codes)


def _placed(width: int, note: bytes) -> str:
    places = unpack_places(note)
    count = len(places)
    distances = map(sub, places, (0, *places))
    return unary(count if count > 1 else 1 - count) + "".join(
        [rice(width, distance) for distance in distances]
    )


def packed(bits: str) -> str:
    """Bits as base64, filled up with zeros, without the ``=`` at its end."""
    size = -(-len(bits) // 8)
    number = int(bits or "0", 2) << size * 8 - len(bits)
    return b64encode(number.to_bytes(size, "big")).decode("ascii").rstrip("=")


def _after(width: int) -> Callable[[int], str]:
    return lambda distance: rice(width, distance - 1)


class _Kept(dict[Item, str], Generic[Item]):
    """Codes, each made once."""

    def __init__(self, code: Callable[[Item], str]) -> None:
        self._code = code

    def __missing__(self, item: Item) -> str:
        code = self[item] = self._code(item)
        return code


@cache
def _kept(width: int) -> _Kept[int]:
    return _Kept(_after(width))


@cache
def _kept_places(width: int) -> _Kept[bytes]:
    return _Kept(lambda note: _placed(width, note))
