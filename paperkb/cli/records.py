"""Notes and links as the plain data of ``--json``. The shapes are in docs/reference.md."""

from __future__ import annotations

from typing import Any

from paperkb.graph.network import Reference, ReferenceGraph, Unresolved
from paperkb.library.library import Library
from paperkb.model import Note, Problem


def note_record(library: Library, note: Note) -> dict[str, Any]:
    """A note in a list: ``key, title, authors, year, …, path``."""
    fields, work = note.fields, note.work
    return {
        "key": note.key,
        "title": work.title,
        "authors": [str(person) for person in work.authors],
        "year": work.year,
        "date": work.date.isoformat() if work.date else None,
        "arxiv": work.arxiv,
        "version": work.version,
        "doi": work.doi,
        "venue": work.venue,
        "tags": list(library.tags_of(note)),
        "topics": list(fields.topics),
        "status": fields.status,
        "rating": fields.rating,
        "path": note.path,
    }


def shown_record(library: Library, graph: ReferenceGraph, note: Note) -> dict[str, Any]:
    """A note with its relations: ``cites``, ``cited_by``, ``missing``, ``ambiguous``."""
    return {
        **note_record(library, note),
        "cites": [
            reference_record(graph, row, row.target)
            for rows in graph.cites(note.key).values()
            for row in rows
        ],
        "cited_by": [
            reference_record(graph, row, row.source)
            for rows in graph.cited_by(note.key).values()
            for row in rows
        ],
        "missing": [_unresolved(row) for row in graph.missing_of(note)],
        "ambiguous": [
            {**_unresolved(row), "candidates": list(row.candidates)}
            for row in graph.ambiguous_of(note)
        ],
    }


def reference_record(graph: ReferenceGraph, row: Reference, key: str) -> dict[str, Any]:
    """One link between two works, seen from one of them; ``key`` is the other."""
    work = graph.library.work(key)
    return {
        "key": key,
        "title": work.title if work else key,
        "year": work.year if work else None,
        "has_note": graph.library.note(key) is not None,
        "kind": row.kind,
        "sentence": row.sentence,
        "path": row.place.path,
        "line": row.place.line,
        "column": row.place.column,
    }


def _unresolved(row: Unresolved) -> dict[str, Any]:
    return {
        "target": row.link.identifier or row.link.target,
        "kind": row.link.kind,
        "sentence": row.link.sentence,
        "path": row.place.path,
        "line": row.place.line,
        "column": row.place.column,
    }


def problem_record(problem: Problem) -> dict[str, Any]:
    """A problem: ``path, line, column, code, severity, message, hint``."""
    return {
        "path": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }
