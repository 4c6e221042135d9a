"""Links → what they lead to. Late, tolerant, and honest about ambiguity.

A name is looked for where its syntax says first, then more and more tolerantly: exact, case
folded, by alias; notes before bibliography; what several notes answer to is ``Ambiguous``.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from paperkb.identifiers import find_identifier
from paperkb.library.names import decoded, fold, stem_of, undated, without_extension
from paperkb.model import (
    Ambiguous,
    Found,
    FoundFile,
    Known,
    KnownWork,
    Link,
    Missing,
    Note,
    Resolution,
    SamePage,
)
from paperkb.notes.anchors import slug

_ATTACHMENT = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|pdf|djvu|epub|mp[34]|wav|ogg|webm|mov|csv|tsv|json"
    r"|txt|ya?ml|tex|bib|ipynb|py|zip|docx?|xlsx?|pptx?|drawio|excalidraw|canvas)$",
    re.I,
)
TITLE_ANCHOR = "pkb:title"
"""The id of a page's title: the heading that was taken for it is no section any more."""
_PATH_KINDS = frozenset(("markdown", "image", "html"))


class Resolver:
    """An index of everything that a vault's links can lead to."""

    def __init__(
        self, notes: Sequence[Note], known: Iterable[KnownWork], files: Iterable[str]
    ) -> None:
        self._notes = {note.key: note for note in notes}
        self._by_path = {note.path: note.key for note in notes}
        self._by_folded_path: dict[str, list[str]] = defaultdict(list)
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        self._by_folded: dict[str, list[str]] = defaultdict(list)
        self._by_alias: dict[str, list[str]] = defaultdict(list)
        self._by_id: dict[str, list[str]] = defaultdict(list)
        for note in notes:
            self._index(note)
        self._files = frozenset(files)
        self._files_by_name: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self._files):
            self._files_by_name[fold(path.rpartition("/")[2])].append(path)
        self._known: dict[str, str] = {}
        self._notes_of_known: dict[str, list[str]] = {}
        self._known_by_id: dict[str, str] = {}
        for entry in known:
            self._known.setdefault(entry.key, entry.key)
            self._known.setdefault(fold(entry.key), entry.key)
            for name in entry.work.ids:
                self._known_by_id.setdefault(name, entry.key)
                if name in self._by_id:  # the entry of a paper that has a note
                    self._notes_of_known[entry.key] = self._by_id[name]

    def _index(self, note: Note) -> None:
        stem = stem_of(note.path)
        self._by_folded_path[fold(without_extension(note.path))].append(note.key)
        self._by_stem[stem].append(note.key)
        self._by_folded[fold(stem)].append(note.key)
        for alias in (*note.fields.aliases, undated(stem)):
            if alias:
                self._by_alias[fold(alias)].append(note.key)
        for name in note.work.ids:
            self._by_id[name].append(note.key)

    def resolve(self, link: Link, note: Note) -> Resolution:
        """What a link of a note leads to."""
        if not link.target:
            return SamePage(self._anchor(note, link.anchor)) if link.anchor else Missing("file")
        if link.identifier:
            return self._by_identifier(link.identifier, note)
        if link.kind == "citation":
            return self._by_name(link.target, note, link) or Missing("work")
        if link.kind in _PATH_KINDS:
            return self._by_relative_path(link, note)
        return self._by_wikilink(link, note)

    def _by_identifier(self, identifier: str, note: Note) -> Resolution:
        if identifier in note.work.ids:
            return Found(note.key)
        keys = self._by_id.get(identifier)
        if keys:
            return _one(keys)
        known = self._known_by_id.get(identifier)
        return Known(known) if known else Missing("work")

    def _by_wikilink(self, link: Link, note: Note) -> Resolution:
        for target in dict.fromkeys((link.target, decoded(link.target))):
            found = self._by_path_suffix(target, note, link) or self._by_name(target, note, link)
            if found:
                return found
            if file := self._file(target, note):
                return FoundFile(file)
        identifier = find_identifier(link.target, bare=True)
        if identifier:
            return self._by_identifier(str(identifier.base), note)
        return Missing("file" if _ATTACHMENT.search(link.target) else "work")

    def _by_relative_path(self, link: Link, note: Note) -> Resolution:
        for target in dict.fromkeys((link.target, decoded(link.target))):
            path = _normal_path(target, note.path)
            if path is None:
                continue
            if found := self._note_at(path, note, link):
                return found
            if file := self._file_at(path):
                return FoundFile(file)
        # Moved files, and sites whose addresses are not their paths: by name alone.
        name = stem_of(decoded(link.target).rstrip("/"))
        looks_like_note = posixpath.splitext(link.target)[1].lower() in ("", ".md", ".markdown")
        if link.kind != "image" and name and looks_like_note:
            found = self._by_name(name, note, link)
            if found:
                return found
        if _normal_path(decoded(link.target), note.path) is None:
            return Missing("outside")
        return Missing("work" if looks_like_note and link.kind == "markdown" else "file")

    def _note_at(self, path: str, note: Note, link: Link) -> Resolution | None:
        for candidate in (*_as_notes(path), f"{path}/index.md"):
            key = self._by_path.get(candidate)
            if key:
                return self._found([key], note, link)
        keys = self._by_folded_path.get(fold(without_extension(path)))
        return self._found(keys, note, link) if keys else None

    def _by_path_suffix(self, target: str, note: Note, link: Link) -> Resolution | None:
        if "/" not in target:
            return None
        relative = _normal_path(target, note.path) if target.startswith(".") else None
        written = relative or target.strip("/")
        if exact := [self._by_path[p] for p in _as_notes(written) if p in self._by_path]:
            return self._found(exact[:1], note, link)
        path = fold(without_extension(written))
        keys = self._by_folded_path.get(path)
        if not keys:
            tail = f"/{path}"
            keys = [
                key
                for key in self._by_folded.get(fold(stem_of(target)), ())
                if fold(without_extension(self._notes[key].path)).endswith(tail)
            ]
        return self._found(keys, note, link) if keys else None

    def _by_name(self, target: str, note: Note, link: Link) -> Resolution | None:
        name = without_extension(target) if target not in self._by_stem else target
        folded = fold(name)
        keys = self._by_stem.get(name) or self._by_folded.get(folded) or self._by_alias.get(folded)
        if keys:
            return self._found(keys, note, link)
        key = self._known.get(name.removeprefix("@")) or self._known.get(folded)
        if key in self._notes_of_known:
            return self._found(self._notes_of_known[key], note, link)
        return Known(key) if key else None

    def _found(self, keys: Sequence[str], note: Note, link: Link) -> Resolution:
        if len(keys) > 1:  # the one beside the note that links, as every system resolves it
            folder = posixpath.dirname(note.path)
            near = [key for key in keys if posixpath.dirname(self._notes[key].path) == folder]
            keys = near if len(near) == 1 else keys
        resolution = _one(keys)
        if isinstance(resolution, Found) and link.anchor:
            return Found(resolution.key, self._anchor(self._notes[resolution.key], link.anchor))
        return resolution

    def _anchor(self, note: Note, written: str) -> str:
        """The id of a heading on the note's page; of nested headings (``#A#B``), the last."""
        text = written.rpartition("#")[2].strip()
        if text.startswith("^"):
            return text if text in note.parsed.block_ids else ""
        wanted, wanted_slug = fold(text), slug(text)
        for heading in note.parsed.headings:
            if heading.anchor == text or fold(heading.text) == wanted:
                return heading.anchor
            if heading.anchor == wanted_slug:
                return heading.anchor
        title = note.work.title
        is_title = wanted == fold(title) or wanted_slug.strip("-") == slug(title).strip("-")
        return TITLE_ANCHOR if is_title else ""

    def _file(self, target: str, note: Note) -> str | None:
        path = _normal_path(target, note.path)
        if path and (found := self._file_at(path)):
            return found
        if found := self._file_at(target.strip("/")):
            return found
        named = self._files_by_name.get(fold(target.rpartition("/")[2]), [])
        tail = fold(f"/{target.strip('/')}")
        named = [path for path in named if fold(f"/{path}").endswith(tail)]
        return named[0] if named else None

    def _file_at(self, path: str) -> str | None:
        if path in self._files:
            return path
        named = self._files_by_name.get(fold(path.rpartition("/")[2]), ())
        return next((file for file in named if fold(file) == fold(path)), None)


def _one(keys: Sequence[str]) -> Resolution:
    unique = tuple(dict.fromkeys(keys))
    return Found(unique[0]) if len(unique) == 1 else Ambiguous(unique)


def _as_notes(path: str) -> tuple[str, ...]:
    return path, f"{path}.md", f"{path}.markdown"


def _normal_path(target: str, note_path: str) -> str | None:
    """The vault path of a relative or root-relative target; nothing if it leads out."""
    target = target.replace("\\", "/").partition("?")[0]
    base = "" if target.startswith("/") else posixpath.dirname(note_path)
    path = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
    return None if path == ".." or path.startswith("../") else path
