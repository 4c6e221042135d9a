"""Searching a library: what the terminal does with a query."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from paperkb.library.library import Library
from paperkb.library.search_source import IndexSource
from paperkb.model import Note
from paperkb.search.engine import answer
from paperkb.search.query import Node, parse_query
from paperkb.search.snippet import Pieces, result_text, snippet


@dataclass(frozen=True)
class FoundNote:
    """A note that a query found; ``root`` is what was asked for."""

    key: str
    score: float
    library: Library
    root: Node

    @cached_property
    def note(self) -> Note:
        """The note itself."""
        note = self.library.note(self.key)
        assert note is not None, self.key
        return note

    @cached_property
    def snippet(self) -> Pieces:
        """The part of its text that matches best."""
        return snippet(shown_text(self.library, self.note), self.root)


class Found(NamedTuple):
    """The notes that a query finds, the best first. ``cut``: the prefixes in it of which not all
    words were looked for; ``instead``: the names that were looked for beside mistyped words."""

    notes: list[FoundNote]
    cut: tuple[str, ...]
    instead: tuple[str, ...]


def find(library: Library, query: str) -> Found:
    """What a query finds.

    Raises:
        QueryError: the query is malformed.
    """
    parsed = parse_query(query)
    source = IndexSource(library.index, is_public=library.is_public)
    hits, cut, instead = answer(source, parsed)
    keys = source.keys_of([number for number, _ in hits])
    notes = [FoundNote(keys[n], score, library, parsed.root) for n, score in hits]
    return Found(notes, cut, instead)


def shown_text(library: Library, note: Note) -> str:
    """The text of a note of which a search shows a part."""
    return result_text(note.fields, library.body(note))


def found_record(found: FoundNote) -> dict[str, Any]:
    """A found note as ``--json`` prints it."""
    work = found.note.work
    return {
        "key": found.key,
        "title": work.title,
        "authors": [str(person) for person in work.authors],
        "year": work.year,
        "path": found.note.path,
        "score": found.score,
        "snippet": "".join(piece for piece, _ in found.snippet),
    }
