"""The facts that overviews are made from: introductions, foundations, what is wanted, days."""

from __future__ import annotations

from functools import lru_cache, partial

from paperkb.library.calendar import Days, calendar
from paperkb.library.foundations import Foundation, foundations
from paperkb.library.introductions import introduction_of, summaries
from paperkb.library.library import Library
from paperkb.library.rows import page_address
from paperkb.library.wanted import Wanted, wanted
from paperkb.model import Note, NoteBody, ParsedNote
from paperkb.site.reads import Reads

_LATEST = 16
"""Topics whose foundations are kept: every part of a shelf marks them."""


class ShelfFacts:
    """The public side of shelves. ``reads`` takes down what was asked for."""

    def __init__(self, library: Library, reads: Reads) -> None:
        self.library = library
        self.reads = reads
        self._foundations = lru_cache(maxsize=_LATEST)(partial(foundations, library))

    def introduction(self, topic: str) -> Note | None:
        """A reader's own introduction to a topic, like a note whose links are asked for as those of
        others."""
        address = page_address(topic)
        self.reads("introduction", address)
        return introduction_of(self.library.index, address)

    def text(self, introduction: Note) -> tuple[ParsedNote, NoteBody]:
        """What an introduction says, in full; the cell of the introduction covers it."""
        return self.library.parsed(introduction), self.library.body(introduction)

    def summaries(self) -> dict[str, str]:
        """Address of a topic → its introduction in a sentence."""
        self.reads("introductions")
        return summaries(self.library.index)

    def foundations(self, topic: str) -> list[Foundation]:
        """The papers that most others of a topic cite."""
        self.reads("foundations", topic)
        return self._foundations(topic)

    def wanted(self) -> list[Wanted]:
        """The works without a note that notes name, the most cited first."""
        self.reads("wanted")
        return wanted(self.library)

    def calendar(self) -> list[Days]:
        """When each note was added and read."""
        self.reads.all_notes("status", "added", "started", "finished")
        self.reads("history")
        return calendar(self.library)
