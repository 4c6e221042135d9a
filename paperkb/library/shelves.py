"""Orders and groups: papers in order of time, tags and topics with what is nested in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from paperkb.model import Note


def in_order_of_time(notes: Iterable[Note]) -> list[Note]:
    """Oldest first: a shelf shows how a field grew. Without a year comes last."""
    return sorted(notes, key=time_key)


def newest_first(notes: Iterable[Note]) -> list[Note]:
    """The latest papers first; without a year still comes last."""
    ordered = in_order_of_time(notes)
    dated = [note for note in ordered if note.work.year]
    return [*reversed(dated), *(note for note in ordered if not note.work.year)]


def time_key(note: Note) -> tuple[int, str, str, str]:
    """Orders works by first publication; within a year, exact dates before the year alone."""
    work = note.work
    date = work.date.isoformat() if work.date else f"{work.year or 9999}-99"
    return (work.year or 9999, date, work.title.casefold(), note.key)


def nested_groups(labelled: Iterable[tuple[Note, Iterable[str]]]) -> dict[str, list[Note]]:
    """Folded label → its notes in order of time, in the order of the alphabet.

    The notes of ``nlp/parsing`` are notes of ``nlp`` too.
    """
    groups: dict[str, dict[str, Note]] = defaultdict(dict)
    for note, labels in labelled:
        for label in labels:
            parts = label.casefold().split("/")
            for depth in range(1, len(parts) + 1):
                groups["/".join(parts[:depth])][note.key] = note
    return {label: in_order_of_time(groups[label].values()) for label in sorted(groups)}


def topics_by_age(groups: dict[str, list[Note]]) -> dict[str, list[Note]]:
    """Topics in the order of their oldest paper."""
    return dict(sorted(groups.items(), key=lambda item: (time_key(item[1][0]), item[0])))


def topic_labels(notes: Iterable[Note]) -> dict[str, str]:
    """Folded topic → its label; each level as it was first written."""
    names: dict[str, str] = {}
    for note in notes:
        for topic in note.fields.topics:
            parts = topic.split("/")
            for depth in range(len(parts)):
                level = "/".join(parts[: depth + 1]).casefold()
                parent = level.rpartition("/")[0]
                label = f"{names[parent]}/{parts[depth]}" if parent else parts[depth]
                names.setdefault(level, label)
    return names
