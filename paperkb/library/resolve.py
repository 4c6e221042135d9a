"""Links → what they lead to. Late, tolerant, and honest about ambiguity.

A name is looked for where its syntax says first, then more and more tolerantly: exact, case
folded, by alias; notes before bibliography; what several notes answer to is ``Ambiguous``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from paperkb.identifiers import find_identifier
from paperkb.library.lookup import Lookup, Named
from paperkb.library.names import decoded, fold, stem_of, without_extension
from paperkb.model import (
    Ambiguous,
    Found,
    FoundFile,
    Known,
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
    """Answers where a vault's links lead, by asking who has a name."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def resolve(self, link: Link, note: Note) -> Resolution:
        """What a link of a note leads to."""
        if not link.target:
            return SamePage(self._anchor(note.key, link.anchor)) if link.anchor else Missing("file")
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
        if notes := self._lookup.named("id", identifier):
            return _one(notes)
        return self._known_by(identifier)

    def _known_by(self, identifier: str) -> Resolution:
        """What an identifier names beside notes."""
        known = self._lookup.named("known-id", identifier)
        return Known(known[0].key) if known else Missing("work")

    def known_as(self, target: str) -> Resolution | None:
        """The entry of a bibliography that a name stands for, if no note is called so."""
        name = without_extension(target)
        names = {fold(target), fold(name)}
        if any(self._lookup.named("stem", n) or self._lookup.named("alias", n) for n in names):
            return None
        key = self._known_key(name)
        return Known(key) if key else None

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
        if exact := self._exactly_at((*_as_notes(path), f"{path}/index.md")):
            return self._found([exact], note, link)
        named = self._at(path)
        return self._found(named, note, link) if named else None

    def _by_path_suffix(self, target: str, note: Note, link: Link) -> Resolution | None:
        if "/" not in target:
            return None
        relative = _normal_path(target, note.path) if target.startswith(".") else None
        written = relative or target.strip("/")
        if exact := self._exactly_at(_as_notes(written)):
            return self._found([exact], note, link)
        named = self._at(written)
        if not named:
            tail = f"/{fold(without_extension(written))}"
            named = [
                one
                for one in self._lookup.named("stem", fold(stem_of(target)))
                if fold(without_extension(one.rank)).endswith(tail)
            ]
        return self._found(named, note, link) if named else None

    def _at(self, path: str) -> Sequence[Named]:
        """Notes at a path, ignoring case and extension."""
        return self._lookup.named("path", fold(without_extension(path)))

    def _exactly_at(self, paths: Sequence[str]) -> Named | None:
        """The note at the first of some paths that has one."""
        return next((one for path in paths for one in self._at(path) if one.rank == path), None)

    def _by_name(self, target: str, note: Note, link: Link) -> Resolution | None:
        for name in dict.fromkeys((target, without_extension(target))):
            named = self._lookup.named("stem", fold(name))
            exact = [one for one in named if stem_of(one.rank) == name]
            if exact or (named and name == without_extension(target)):
                return self._found(exact or named, note, link)
        name = without_extension(target)
        if named := self._lookup.named("alias", fold(name)):
            return self._found(named, note, link)
        key = self._known_key(name)
        if not key:
            return None
        for identifier in self._lookup.ids_of_known(key):  # the entry of a paper that has a note
            if notes := self._lookup.named("id", identifier):
                return self._found(notes, note, link)
        return Known(key)

    def _known_key(self, name: str) -> str:
        """The key in a bibliography that a name means; empty if there is none."""
        known = self._lookup.named("known", fold(name))
        plain = name.removeprefix("@")
        return next((one.key for one in known if one.key == plain), known[0].key if known else "")

    def _found(self, named: Sequence[Named], note: Note, link: Link) -> Resolution:
        if len(named) > 1:  # the one beside the note that links, as every system resolves it
            folder = posixpath.dirname(note.path)
            near = [one for one in named if posixpath.dirname(one.rank) == folder]
            named = near if len(near) == 1 else named
        resolution = _one(named)
        if isinstance(resolution, Found) and link.anchor:
            return Found(resolution.key, self._anchor(resolution.key, link.anchor))
        return resolution

    def _anchor(self, key: str, written: str) -> str:
        """The id of a heading on the note's page; of nested headings (``#A#B``), the last."""
        title, headings, block_ids = self._lookup.anchors(key)
        text = written.rpartition("#")[2].strip()
        if text.startswith("^"):
            return text if text in block_ids else ""
        wanted, wanted_slug = fold(text), slug(text)
        for heading, anchor in headings:
            if anchor in (text, wanted_slug) or fold(heading) == wanted:
                return anchor
        is_title = wanted == fold(title) or wanted_slug.strip("-") == slug(title).strip("-")
        return TITLE_ANCHOR if is_title else ""

    def _file(self, target: str, note: Note) -> str | None:
        path = _normal_path(target, note.path)
        if path and (found := self._file_at(path)):
            return found
        if found := self._file_at(target.strip("/")):
            return found
        tail = fold(f"/{target.strip('/')}")
        named = self._lookup.named("file", fold(target.rpartition("/")[2]))
        return next((one.key for one in named if fold(f"/{one.key}").endswith(tail)), None)

    def _file_at(self, path: str) -> str | None:
        named = [one.key for one in self._lookup.named("file", fold(path.rpartition("/")[2]))]
        if path in named:
            return path
        return next((file for file in named if fold(file) == fold(path)), None)


def _one(named: Sequence[Named]) -> Resolution:
    keys = tuple(dict.fromkeys(one.key for one in named))
    return Found(keys[0]) if len(keys) == 1 else Ambiguous(keys)


def _as_notes(path: str) -> tuple[str, ...]:
    return path, f"{path}.md", f"{path}.markdown"


def _normal_path(target: str, note_path: str) -> str | None:
    """The vault path of a relative or root-relative target; nothing if it leads out."""
    target = target.replace("\\", "/").partition("?")[0]
    base = "" if target.startswith("/") else posixpath.dirname(note_path)
    path = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
    return None if path == ".." or path.startswith("../") else path
