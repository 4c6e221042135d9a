"""The library: all notes of a vault, the papers that they know of, and where their links lead."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from paperkb.config import Settings
from paperkb.library.index import Index
from paperkb.library.names import fold, stem_of
from paperkb.library.resolve import Resolver
from paperkb.model import (
    Ambiguous,
    Found,
    Hidden,
    KnownWork,
    Note,
    NoteBody,
    Problem,
    Resolution,
)
from paperkb.notes.parse_settings import ParseSettings


@dataclass(frozen=True)
class Library:
    """A vault, read. Everything that follows from its parts is computed once, when asked for.

    ``notes`` are sorted by path; ``files`` are the paths of attachments; ``odd_names`` says which
    file on disk a path means where it is not that very name; ``problems`` are those of the files
    themselves.
    """

    root: Path
    settings: Settings
    notes: tuple[Note, ...]
    known: tuple[KnownWork, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    odd_names: tuple[tuple[str, str], ...] = ()
    index: Index | None = None

    def body(self, note: Note) -> NoteBody:
        """A note's text. After an index it is read only now, when a page needs it."""
        if not note.unread or self.index is None:
            return note.parsed.body
        stored = self.index.body(note.body_key)
        if stored is not None:
            return stored
        from paperkb.notes.parse import parse_note  # noqa: PLC0415 - brings mistune

        data = self.on_disk(note.path).read_bytes()  # the index went away in between
        settings = ParseSettings(self.settings.macros, self.settings.extra_fields)
        return parse_note(data, settings).body

    def close(self) -> None:
        """Let go of the index; bodies are then read from the files."""
        if self.index is not None:
            self.index.close()

    def on_disk(self, path: str) -> Path:
        """What opens the file at a path of the vault."""
        return Path(dict(self.odd_names).get(path) or self.root / path)

    @cached_property
    def by_key(self) -> dict[str, Note]:
        """Notes by key."""
        return {note.key: note for note in self.notes}

    @cached_property
    def known_by_key(self) -> dict[str, KnownWork]:
        """Papers without a note, by citation key."""
        return {entry.key: entry for entry in self.known}

    @cached_property
    def resolver(self) -> Resolver:
        """What answers where a link leads."""
        return Resolver(self.notes, self.known, self.files)

    @cached_property
    def resolutions(self) -> dict[str, tuple[Resolution, ...]]:
        """For each note's key, where its links lead, in the order of the links."""
        resolve = self.resolver.resolve
        return {
            note.key: tuple(resolve(link, note) for link in note.parsed.links)
            for note in self.notes
        }

    @cached_property
    def public(self) -> Library:
        """What may be published: no private notes, and links to them ``Hidden``."""
        private = frozenset(note.key for note in self.notes if note.fields.private)
        notes = tuple(note for note in self.notes if note.key not in private)
        public = replace(self, notes=notes, problems=())
        public.__dict__["resolutions"] = {  # known already: not to be computed without the private
            note.key: tuple(_published(r, private) for r in self.resolutions[note.key])
            for note in notes
        }
        return public

    @cached_property
    def tag_names(self) -> dict[str, str]:
        """Folded tag → the way it is most often written (ties: the first in the alphabet)."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for note in self.notes:
            for tag in (*note.fields.tags, *(h.name for h in note.parsed.hashtags)):
                counts[tag.casefold()][tag] += 1
        return {
            folded: min(spellings, key=lambda name: (-spellings[name], name))
            for folded, spellings in counts.items()
        }

    def tags_of(self, note: Note) -> tuple[str, ...]:
        """A note's tags as the vault writes them."""
        return tuple(dict.fromkeys(self.tag_names[tag.casefold()] for tag in note.tags))

    def find(self, name: str) -> tuple[Note, ...]:
        """The notes that a reader may mean by a key, a path, an alias, a citation key or an id."""
        if name in self.by_key:
            return (self.by_key[name],)
        folded = fold(name)
        tests = (
            lambda note: note.path == name or note.path.rpartition(".")[0] == name,
            lambda note: fold(note.key) == folded or fold(stem_of(note.path)) == folded,
            lambda note: folded in (fold(alias) for alias in note.fields.aliases),
            lambda note: name in note.work.ids,
        )
        for test in tests:
            found = tuple(note for note in self.notes if test(note))
            if found:
                return found
        return ()


def _published(resolution: Resolution, private: frozenset[str]) -> Resolution:
    match resolution:
        case Found(key) if key in private:
            return Hidden()
        case Ambiguous(candidates) if private & set(candidates):
            public = tuple(key for key in candidates if key not in private)
            if not public:
                return Hidden()
            return Found(public[0]) if len(public) == 1 else Ambiguous(public)
        case _:
            return resolution


def keyed(paths: list[str]) -> list[str]:
    """Each path's key: its stem, or, where several share one, the path without its extension."""
    stems = Counter(stem_of(path) for path in paths)
    without = Counter(path.rpartition(".")[0] for path in paths)
    taken = frozenset(paths)  # `a.md.md` cannot be called `a.md` where `a.md` may be
    keys = []
    for path in paths:
        stem, bare = stem_of(path), path.rpartition(".")[0]
        if stems[stem] == 1 and stem not in taken:
            keys.append(stem)
        else:  # `x.md` beside `x.markdown` share even that
            keys.append(bare if without[bare] == 1 and bare not in taken else path)
    return keys
