"""Two notes with one key, and two notes of one paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from paperkb import messages
from paperkb.graph.network import ReferenceGraph
from paperkb.library.library import Library
from paperkb.library.names import fold, stem_of
from paperkb.model import Note, Problem

_SHARED_BY_HABIT = frozenset(("readme", "index", "_index", "contributing", "license"))
"""Stems that stand once in every folder of a repository and name no paper."""


def check_keys(library: Library, _graph: ReferenceGraph) -> Iterator[Problem]:
    """Stems are keys: two files with one stem make every link to it ambiguous."""
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in library.notes:
        groups[fold(stem_of(note.path))].append(note)
    for stem, notes in groups.items():
        if len(notes) > 1 and stem not in _SHARED_BY_HABIT:
            for note in notes:
                yield messages.DUPLICATE_KEY.at(
                    note.path, 1, 1, key=stem_of(note.path), others=_others(note, notes)
                )


def check_ids(library: Library, _graph: ReferenceGraph) -> Iterator[Problem]:
    """One paper, one note: ids must not repeat."""
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in library.notes:
        for name in note.work.ids:
            groups[name].append(note)
    for name, notes in sorted(groups.items()):
        if len(notes) > 1:
            for note in notes:
                lines = dict(library.parsed(note).field_lines)
                line = lines.get("arxiv") or lines.get("doi") or lines.get("url") or 1
                yield messages.DUPLICATE_ID.at(
                    note.path, line, 1, id=name, others=_others(note, notes)
                )


def _others(note: Note, notes: list[Note]) -> str:
    return ", ".join(other.path for other in notes if other is not note)
