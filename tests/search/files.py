"""An index in memory → the files below ``search/`` that the browser loads (docs/search.md)."""

from __future__ import annotations

import json
import shutil
from base64 import b64encode
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from paperkb.search.names import packed_names
from paperkb.site.pages.search_index import FORMAT, PART
from tests.search.memory import MemorySource

STATIC = Path(__file__).parents[2] / "templates" / "static"
SCRIPTS = (
    "search-terms.js", "search-query.js", "search-bits.js", "search-shorthand.js",
    "search-index.js", "search-engine.js", "search-marks.js",
)  # fmt: skip
"""In the order in which they are loaded."""
POLICY = "default-src 'none'; script-src 'self' file:"


def write_site(folder: Path, source: MemorySource, *, step: int = 3, version: str = "1") -> Path:
    """Write a page with the engine, and the index with so many entries in each shard."""
    static = folder / "static"
    static.mkdir(parents=True, exist_ok=True)
    for name in SCRIPTS:
        shutil.copy(STATIC / name, static)
    page = folder / "index.html"
    tags = "".join(f'<script src="static/{name}"></script>' for name in SCRIPTS)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    heading = '<h1 id="paperkb">A heading whose id makes it a global</h1>'
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8">{policy}</head>'
    page.write_text(f"{head}<body>{heading}{tags}</body></html>", encoding="utf-8")

    def script(name: str, value: object) -> None:
        path = folder / "search" / f"{name}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"paperkb.add({json.dumps(name)},{json.dumps(value)});\n")

    entries = source.entries("")
    starts = ["", *entries[step::step]]
    lengths = sorted({len(name) for name in source.names})
    script(
        "meta",
        {
            "format": FORMAT,
            "version": version,
            "size": source.size,
            "starts": starts,
            "similar": lengths,
            "isShort": True,
        },
    )
    for start, end in pairwise([*starts, "\U0010ffff"]):
        shard = [entry for entry in entries if start <= entry < end]
        name = start.encode().hex() or "0"
        # The most frequent first is shorter, but any order will do.
        weights = sorted({weight for entry in shard for weight in _posting(source, entry).values()})
        script(f"terms/{name}", [weights, *(_row(source, entry, weights) for entry in shard)])
        script(f"places/{name}", {e: _places(source, e) for e in shard if e in source.positions})
    for number, key in enumerate(source.keys):
        script(f"notes/{number}", [key, "", [], 0, "", "", 0, "", [], f"^00~{key} "])
    script("shorthand", ["note"])
    script("all", _rising(range(source.size)))
    for name, order in source.orders.items():
        for part in range(0, source.size, PART):
            some = order[part : part + PART]
            listed = [f"{number:024b}" for number in some]
            script(f"order/{name}-{part // PART}", _packed(_gamma(len(some) + 1), "11000", *listed))
    for length in lengths:
        script(f"similar/{length}", packed_names(source.similar(length)))
    for kind in ("tag", "topic", "year", "status", "author"):
        groups = [entry for entry in source.entries(f"{kind}:") if kind != "author"]
        names = [entry.partition(":")[2] for entry in groups]
        places = (_numbers(_posting(source, entry)) for entry in groups)  # here, these are places
        script(f"facets/{kind}", [[[name, name.title()] for name in names], _packed(*places)])
    return page


def _posting(source: MemorySource, entry: str) -> dict[int, int]:
    """Number → weight, from low to high; 0 where an entry only filters."""
    posting = source.posting(entry)
    assert posting is not None
    weights = posting.weights or [0] * len(posting.numbers)
    return dict(sorted(zip(posting.numbers, weights, strict=True)))


def _row(source: MemorySource, entry: str, among: list[int]) -> list[str]:
    posting = _posting(source, entry)
    if not any(posting.values()):
        return [entry, _packed(_numbers(posting), "0")]
    ranks = (_gamma(among.index(weight) + 1) for weight in posting.values())
    return [entry, _packed(_numbers(posting), "1", *ranks)]


def _places(source: MemorySource, entry: str) -> str:
    """With a width of 3, whatever would be shortest."""
    found = ["00011"]
    for number in _posting(source, entry):
        places = source.places(entry, number)
        count = len(places)
        found.append(_unary(count if count > 1 else 1 - count))
        found += [_unary(far >> 3) + f"{far & 7:03b}" for far in _distances([0, *places])]
    return _packed(*found)


def _rising(numbers: Iterable[int]) -> str:
    return _packed(_numbers(numbers))


def _numbers(numbers: Iterable[int]) -> str:
    """Rising numbers, with a width of 1."""
    found = [-1, *numbers]
    if len(found) == 1:
        return _gamma(1)
    far = [_unary(after - 1 >> 1) + f"{after - 1 & 1}" for after in _distances(found)]
    return "".join((_gamma(len(found)), "00001", *far))


def _distances(numbers: Iterable[int]) -> list[int]:
    return [after - before for before, after in pairwise(numbers)]


def _gamma(number: int) -> str:
    return f"{number:b}".rjust(2 * number.bit_length() - 1, "0")


def _unary(number: int) -> str:
    return "1" * number + "0"


def _packed(*bits: str) -> str:
    text = "".join(bits)
    eights = [text[at : at + 8].ljust(8, "0") for at in range(0, len(text), 8)]
    return b64encode(bytes(int(eight, 2) for eight in eights)).decode("ascii")
