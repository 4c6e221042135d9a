"""By what search finds a note, and what tells what it is about: from its text and its facts."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import NamedTuple

from paperkb.library.changes import Changes
from paperkb.library.fresh import FreshEntries
from paperkb.library.index import Index, decode, encode
from paperkb.library.parse_files import texts_of
from paperkb.library.postings import PostingRows
from paperkb.library.relate_related import RelatedRows
from paperkb.library.rows import note_of
from paperkb.model import Note, NoteBody, ParsedNote
from paperkb.search.document import Entries, facts, text_entries
from paperkb.search.telling import telling_words


class FoundBy(NamedTuple):
    """By what a note is found: entry → hit and packed places, as in ``Entries``, and entries that
    only filter."""

    text: Mapping[str, tuple[int, bytes]] = {}
    facts: frozenset[str] = frozenset()


class FoundRows:
    """Keeps postings and telling words those of the notes."""

    def __init__(
        self,
        changes: Changes,
        postings: PostingRows,
        related: RelatedRows,
        entries: FreshEntries,
    ) -> None:
        """``entries``: those of texts that were parsed just now; they are used up."""
        self.changes = changes
        self.postings = postings
        self.related = related
        self.entries = entries
        self.index: Index = changes.index

    def was(self, key: str, path: str, text: bytes, stored: bytes) -> FoundBy:
        """By what a note was found: its path, the key of its parse result, and its packed facts as
        they were."""
        return FoundBy(self._text(key, path, text), frozenset(decode(stored, list[str])))

    def put(self, note: Note, parsed: ParsedNote, words: bytes, before: FoundBy) -> bytes:
        """A note is found by what it says now, and not by what it said ``before``. Returns its
        facts, packed. ``words`` are its telling words as they were stored with its text."""
        now = facts(note.fields, note.tags, parsed)
        number = self.changes.numbers[note.key]
        if before.text:
            text = self._text(note.key, note.path, note.text)
            self.postings.remove(
                number, (n for n, hit in before.text.items() if text.get(n) != hit)
            )
            names = [name for name, hit in text.items() if before.text.get(name) != hit]
            hits = array("I", (text[name][0] for name in names))
            places = [text[name][1] for name in names]
            self.postings.add(number, Entries(names, hits.tobytes(), places))
        elif number not in self.entries.added:
            self.postings.add(number, self._entries(note.key, note.path, note.text))
        self.postings.remove(number, before.facts - now)
        self.postings.add_facts(number, now - before.facts)
        self._put_telling(note, parsed, words)
        return encode(sorted(now))

    def turn(self, key: str, before: FoundBy) -> None:
        """A note becomes private, or is private no more: others may see it anew."""
        self.postings.mark_all()
        self._withdraw(key, before)

    def remove(self, key: str, before: FoundBy) -> None:
        """A note is gone."""
        self._withdraw(key, before)
        self.related.put_words(key, None)

    def _withdraw(self, key: str, before: FoundBy) -> None:
        self.postings.remove(self.changes.numbers[key], (*before.text, *before.facts))

    def _text(self, key: str, path: str, text: bytes) -> dict[str, tuple[int, bytes]]:
        entries = self._entries(key, path, text)
        hits = array("I", entries.hits)
        return dict(zip(entries.names, zip(hits, entries.places, strict=True), strict=True))

    def _entries(self, key: str, path: str, text: bytes) -> Entries:
        """The entries of a note as it is, or was."""
        if found := self.entries.pop(text):
            return found
        # It was parsed earlier, or is called by its file's name.
        ((blob, body),) = self.index.rows("select note, body from parsed where key = ?", text)
        parsed: ParsedNote = decode(blob, ParsedNote)
        fields = note_of(key, path, text, parsed).fields
        return text_entries(texts_of(fields, parsed, decode(body, NoteBody)))

    def _put_telling(self, note: Note, parsed: ParsedNote, words: bytes) -> None:
        if note.fields.private:
            self.related.put_words(note.key, None)
            return
        if not words:  # it is called by its file's name
            blob = self.index.value("select body from parsed where key = ?", note.text)
            words = encode(telling_words(texts_of(note.fields, parsed, decode(blob, NoteBody))))
        self.related.put_words(note.key, words)
