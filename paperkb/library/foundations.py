"""The papers that a shelf stands on: those that most of its other papers cite."""

from __future__ import annotations

from typing import NamedTuple

from paperkb.library.library import Library
from paperkb.library.tables import PRIVATE_ONLY

MOST = 5
"""Foundations of one shelf."""
LEAST_CITING = 3
"""Notes of the shelf that must cite a foundation: two may be chance."""


class Foundation(NamedTuple):
    """A paper of a shelf; ``citing``: how many other notes of the shelf cite it."""

    key: str
    citing: int


def foundations(library: Library, topic: str) -> list[Foundation]:
    """The papers of a topic that most other public notes of it cite, at most ``MOST``; each is
    cited by at least ``LEAST_CITING``."""
    shelf = "select key from label where kind = 'topic' and folded = ? and private = 0"
    query = (
        "select target, count(distinct source) as citing from"
        f" (select distinct key from ({shelf})) as member"
        " cross join link on link.source = member.key"  # in this order
        f" where outcome = 'found' and audience <> {PRIVATE_ONLY} and target <> source"
        # With a «+», or SQLite would look up every pair of papers of the shelf.
        f" and +target in ({shelf}) group by target having citing >= ?"
        " order by citing desc, target limit ?"
    )
    rows = library.index.rows(query, topic, topic, LEAST_CITING, MOST)
    return [Foundation(*row) for row in rows]
