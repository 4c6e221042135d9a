"""The cards of works, and the addresses of notes, which stand on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paperkb.formats.addresses import work_address
from paperkb.library.library import Library
from paperkb.paths import nested
from paperkb.site.cards import Card, known_card, note_card
from paperkb.site.reads import Reads
from paperkb.site.urls import unique_paths


class CardFacts:
    """Remembers what was asked for: most cards are on many pages."""

    def __init__(self, library: Library, reads: Reads) -> None:
        self._library = library
        self._reads = reads
        self._cards: dict[str, Card | None] = {}
        self._paths: dict[str, str] = {}

    def card(self, key: str) -> Card:
        """The card of a note or of a known work.

        Raises:
            KeyError: there is neither.
        """
        card = self.find(key)
        if card is None:
            raise KeyError(key)
        return card

    def find(self, key: str) -> Card | None:
        """The card of a note or of a known work, if there is one."""
        self._reads("work", key)
        if key not in self._cards:
            self._make([key])
        return self._cards[key]

    def cards(self, keys: Iterable[str]) -> list[Card]:
        """The cards of works, in their order."""
        keys = list(keys)
        self._make([key for key in keys if key not in self._cards])
        return [self.card(key) for key in keys]

    def path(self, key: str) -> str:
        """The path of a note's page."""
        self._reads("work", key)
        if key not in self._paths:
            self._find_paths([key])
        return self._paths[key]

    def paths(self, keys: Sequence[str]) -> dict[str, str]:
        """The paths of notes' pages, by key. Whoever asks takes down who comes and goes."""
        self._find_paths(key for key in keys if key not in self._paths)
        return {key: self._paths[key] for key in keys}

    def _make(self, keys: Sequence[str]) -> None:
        """All at once: one by one they would cost two queries each."""
        if not keys:
            return
        notes = self._library.notes_of(keys)
        self._find_paths([note.key for note in notes])
        self._cards.update((note.key, note_card(note, self._paths[note.key])) for note in notes)
        for key in keys:
            if key not in self._cards:
                work = self._library.known_work(key)
                self._cards[key] = known_card(key, work, work_address(work)) if work else None

    def _find_paths(self, keys: Iterable[str]) -> None:
        """Notes whose names would share an address share it out among them."""
        shared = set()
        for key in keys:
            path = nested(key)
            if path.casefold() in self._library.shared_addresses:
                shared.add(path.casefold())
            else:
                self._paths[key] = f"notes/{path}.html"
        for rivals in self._library.keys_at(shared) if shared else ():
            paths = unique_paths(rivals, nested=True)
            self._paths.update((key, f"notes/{paths[key]}.html") for key in rivals)
