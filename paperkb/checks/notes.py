"""What parsing found wrong inside the notes, with the note's path."""

from __future__ import annotations

from collections.abc import Iterator

from paperkb import messages
from paperkb.graph.network import ReferenceGraph
from paperkb.library.introductions import all_introductions
from paperkb.library.library import Library
from paperkb.model import Problem


def check_notes(library: Library, _graph: ReferenceGraph) -> Iterator[Problem]:
    """Front matter, fields, bytes and formulas; notes that say nothing beside their title."""
    for note in (*library.notes, *all_introductions(library.index)):
        parsed = library.parsed(note)
        for problem in parsed.problems:
            yield problem.at(note.path)
        already = any(p.code == messages.EMPTY_NOTE.code for p in parsed.problems)
        if parsed.is_empty and not already:
            yield messages.EMPTY_NOTE.at(note.path, 1, 1)


def check_files(library: Library, _graph: ReferenceGraph) -> Iterator[Problem]:
    """Files that could not be read, links out of the vault, bibliography entries."""
    yield from library.problems
