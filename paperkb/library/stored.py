"""What the index holds, read: the other way is ``rows.py``."""

from __future__ import annotations

import json

from paperkb.library.index import decode
from paperkb.model import (
    Ambiguous,
    Fields,
    Found,
    FoundFile,
    Hidden,
    Known,
    KnownWork,
    Missing,
    Problem,
    Resolution,
    SamePage,
)

Bibliography = tuple[tuple[KnownWork, ...], tuple[Problem, ...]]
"""What a ``.bib`` file gives; stored like a parsed note."""
Record = tuple[Fields, tuple[str, ...]]
"""What ``note.record`` holds: the fields, and the tags as written."""


_INTRODUCTION = "\x1ftopic:"
"""What the keys of introductions begin with (``introductions.py``); those of notes never do."""


def introduction_key(address: str) -> str:
    """The key that stands for the introduction to the topic with this address."""
    return _INTRODUCTION + address


def introduced_address(key: str) -> str:
    """The address of the topic that a key of an introduction stands for; empty for a note's."""
    return key.removeprefix(_INTRODUCTION) if is_introduction(key) else ""


def is_introduction(key: str) -> bool:
    """Whether a key is that of an introduction."""
    return key.startswith(_INTRODUCTION)


def link_table(source: str) -> str:
    """The table that has the links of a note, or of an introduction."""
    return "introduction_link" if is_introduction(source) else "link"


def read_record(record: bytes) -> Record:
    """The fields and tags of a note."""
    found: Record = decode(record, Record)
    return found


def resolution_of(outcome: str, target: str, anchor: str) -> Resolution:
    """A row of ``link``, read."""
    match outcome:
        case "found" | "own":
            return Found(target, anchor)
        case "known":
            return Known(target)
        case "file":
            return FoundFile(target)
        case "same":
            return SamePage(anchor)
        case "ambiguous":
            return Ambiguous(tuple(json.loads(target)))
        case "hidden":
            return Hidden()
        case _:
            return Missing(target)  # type: ignore[arg-type]  # written by _outcome
