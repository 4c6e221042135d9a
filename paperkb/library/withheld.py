"""``[publish] exclude``: what stays on this machine beside notes that say ``private: true``.

A pattern is a path of the vault (``drafts/**``, ``inbox/*``, ``papers/secret-*.md``; a folder means
all that is in it) or, with ``#``, a tag and what is nested in it. Case is ignored and ``*`` crosses
folders: in doubt, nothing leaves this machine.
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from paperkb.library.index import Index
from paperkb.library.patterns import path_pattern


@dataclass(frozen=True)
class Withheld:
    """What some patterns withhold: files by their paths, notes by their tags too."""

    patterns: tuple[str, ...] = ()

    def file(self, path: str) -> bool:
        """Whether a file of the vault is withheld."""
        return self._paths is not None and self._paths.match(_folded(path)) is not None

    def note(self, path: str, tags: Iterable[str]) -> bool:
        """Whether a note is."""
        return self.file(path) or any(
            tag == name or tag.startswith(f"{name}/")
            for name in self.tags
            for tag in map(_folded, tags)
        )

    def unused(self, index: Index) -> list[str]:
        """The patterns that withhold nothing of a library."""
        paths = [path for (path,) in index.rows("select path from file union select path from"
                                                " attachment")]  # fmt: skip
        tags = [tag for (tag,) in index.rows("select distinct folded from label where kind='tag'")]
        return [
            pattern
            for pattern in self.patterns
            if not any(map(Withheld((pattern,)).file, paths))
            and not any(Withheld((pattern,)).note("", (tag,)) for tag in tags)
        ]

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags among the patterns, folded."""
        return tuple(_folded(p[1:].strip("/")) for p in self.patterns if p.startswith("#"))

    @cached_property
    def _paths(self) -> re.Pattern[str] | None:
        paths = [path_pattern(_folded(p)) for p in self.patterns if not p.startswith("#")]
        parts = [fnmatch.translate(p) for path in paths if path for p in (path, f"{path}/*")]
        return re.compile("|".join(parts)) if parts else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
