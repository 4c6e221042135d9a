"""Works that notes cite and that have no note yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from paperkb.library.library import Library
from paperkb.library.tables import PRIVATE_ONLY


class Wanted(NamedTuple):
    """A work without a note. ``key`` is that of a bibliography; where it is empty, ``identifier``
    (``arxiv:…``) is what is known, and ``label`` what notes call it, if anything. ``citing`` are
    the keys of the public notes that name it, by path."""

    key: str
    identifier: str
    label: str
    citing: tuple[str, ...]


def wanted(library: Library) -> list[Wanted]:
    """All such works that public notes name, the most cited first."""
    query = (
        "select outcome, target, anchor, source from link join note on note.key = source"
        " where (outcome = 'known' or (outcome = 'missing' and anchor <> ''))"
        f" and audience <> {PRIVATE_ONLY} and note.private = 0 order by path, ordinal"
    )
    citing: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    labels: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for outcome, target, anchor, source in library.index.rows(query):
        identifier, _, label = anchor.partition("\x1f")
        work = (target, "") if outcome == "known" else ("", identifier)
        citing[work][source] = None
        if label:
            labels[work][label] += 1
    found = [
        Wanted(*work, _commonest(labels[work]) if work in labels else "", tuple(sources))
        for work, sources in citing.items()
    ]
    return sorted(found, key=lambda one: (-len(one.citing), one.key, one.identifier))


def _commonest(labels: Counter[str]) -> str:
    return min(labels, key=lambda label: (-labels[label], label))
