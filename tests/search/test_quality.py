"""Does a person find what they look for? Judged queries on the example vault, typos included."""

from __future__ import annotations

from pathlib import Path

from paperkb.library.find import find
from tests.vaults import EXAMPLE_VAULT, load

FIRST = 3
WANTED = 0.95


def read_judged() -> list[tuple[str, set[str]]]:
    text = Path(__file__).with_name("judged.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("# ")]
    rows = [line.split(" => ") for line in lines]
    return [(query, set(keys.split())) for query, keys in rows]


def test_the_right_paper_is_among_the_first_three() -> None:
    library = load(EXAMPLE_VAULT)
    judged = read_judged()
    assert len(judged) >= 60
    assert {key for _, keys in judged for key in keys} <= library.by_key.keys()
    missed = {
        query: [hit.key for hit in find(library, query).notes][:FIRST]
        for query, keys in judged
        if not keys & {hit.key for hit in find(library, query).notes[:FIRST]}
    }
    assert len(missed) <= len(judged) * (1 - WANTED), missed
