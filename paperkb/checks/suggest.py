"""«Did you mean …?»"""

from __future__ import annotations

from functools import cached_property

from paperkb.library.library import Library
from paperkb.library.names import fold, stem_of

MAX_SUGGESTIONS = 3
_CUTOFF = 78.0
"""Of 100: one wrong letter in a short key, a few in a long title."""


class Suggester:
    """Finds names of a library that are spelled almost like a given one."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._cache: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for note in self._library.notes:
            for name in (stem_of(note.path), *note.fields.aliases, note.work.title):
                names.setdefault(fold(name), note.key)
        for entry in self._library.known:
            names.setdefault(fold(entry.key), entry.key)
        return names

    def near(self, name: str) -> tuple[str, ...]:
        """Up to ``MAX_SUGGESTIONS`` keys, the nearest first; often none."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where something is missing

        folded = fold(stem_of(name))
        if folded not in self._cache:
            found = process.extract(
                folded, self._names.keys(), scorer=fuzz.ratio,
                score_cutoff=_CUTOFF, limit=MAX_SUGGESTIONS,
            )  # fmt: skip
            keys = dict.fromkeys(self._names[match] for match, _, _ in found)
            self._cache[folded] = tuple(keys)
        return self._cache[folded]

    def hint(self, name: str) -> str:
        """«Did you mean …?», or nothing."""
        near = self.near(name)
        return f"Did you mean {' or '.join(f'«{key}»' for key in near)}?" if near else ""
