"""An index in memory → the files below ``search/`` that the browser loads (docs/search.md)."""

from __future__ import annotations

import json
import shutil
from base64 import b64encode
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from paperkb.site.pages.search_index import FORMAT
from tests.search.memory import MemorySource

STATIC = Path(__file__).parents[2] / "templates" / "static"
SCRIPTS = (
    "search-terms.js", "search-query.js", "search-index.js", "search-engine.js", "search-marks.js",
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
        },
    )
    for start, end in pairwise([*starts, "\U0010ffff"]):
        shard = [entry for entry in entries if start <= entry < end]
        name = start.encode().hex() or "0"
        script(f"terms/{name}", [_row(source, entry) for entry in shard])
        script(f"places/{name}", {e: _places(source, e) for e in shard if e in source.positions})
    for number, key in enumerate(source.keys):
        script(f"notes/{number}", {"key": key, "text": ""})
    for name, order in source.orders.items():
        script(f"order/{name}", _numbers(order))
    for length in lengths:
        script(f"similar/{length}", source.similar(length))
    for kind in ("tag", "topic", "year", "status", "author"):
        groups = [entry for entry in source.entries(f"{kind}:") if kind != "author"]
        script(f"facets/{kind}", [_group(source, entry) for entry in groups])
    return page


def _row(source: MemorySource, entry: str) -> list[str]:
    posting = source.posting(entry)
    assert posting is not None
    weights = b"".join(weight.to_bytes(2, "little") for weight in posting.weights)
    return [entry, _numbers(posting.numbers), _base64(weights)]


def _places(source: MemorySource, entry: str) -> str:
    posting = source.posting(entry)
    assert posting is not None
    found: list[int] = []
    for number in posting.numbers:
        places = source.places(entry, number)
        found += [len(places), *_differences(places)]
    return _varints(found)


def _group(source: MemorySource, entry: str) -> list[str]:
    posting = source.posting(entry)
    assert posting is not None
    name = entry.partition(":")[2]
    ranks = sorted(source.order("key").index(number) for number in posting.numbers)
    return [name, name.title(), _varints([len(ranks), *_differences(ranks)])]


def _numbers(numbers: Iterable[int]) -> str:
    return _base64(b"".join(number.to_bytes(3, "little") for number in numbers))


def _differences(numbers: Iterable[int]) -> list[int]:
    found = [0, *numbers]
    return [after - before for before, after in pairwise(found)]


def _varints(numbers: Iterable[int]) -> str:
    made = bytearray()
    for number in numbers:
        rest = number
        while rest > 127:
            made.append(rest & 127 | 128)
            rest >>= 7
        made.append(rest)
    return _base64(bytes(made))


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
