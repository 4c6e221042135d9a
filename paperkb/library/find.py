"""Searching a library: what the terminal does with a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from paperkb.library.library import Library
from paperkb.library.search_source import IndexSource
from paperkb.model import Note
from paperkb.search.engine import search
from paperkb.search.query import parse_query
from paperkb.search.snippet import Pieces, snippet


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note that a query found."""

    key: str
    score: float
    library: Library

    @property
    def note(self) -> Note:
        """The note itself."""
        note = self.library.note(self.key)
        assert note is not None, self.key
        return note

    def snippet(self, query: str) -> Pieces:
        """Where it matches: its TL;DR or text, in pieces."""
        root = parse_query(query).root
        body = self.library.body(self.note)
        texts = (self.note.fields.tldr, f"{body.abstract} {body.text}")
        made = [snippet(text, root) for text in texts if text.strip()]
        marked = [pieces for pieces in made if any(is_match for _, is_match in pieces)]
        return (marked or made or [[]])[0]


def find_notes(library: Library, query: str) -> list[FoundNote]:
    """All notes that a query finds, the best first.

    Raises:
        QueryError: the query is malformed.
    """
    parsed = parse_query(query)
    source = IndexSource(library.index, is_public=library.is_public)
    keys = source.keys
    return [FoundNote(keys[hit.number], hit.score, library) for hit in search(source, parsed)]


def found_record(found: FoundNote, query: str) -> dict[str, Any]:
    """A found note as ``--json`` prints it."""
    work = found.note.work
    return {
        "key": found.key,
        "title": work.title,
        "authors": [str(person) for person in work.authors],
        "year": work.year,
        "path": found.note.path,
        "score": found.score,
        "snippet": "".join(piece for piece, _ in found.snippet(query)),
    }
