"""The library's tables follow the files: only rows of what changed are made anew.

Everything that changes touches its cells, and the links of a note are resolved again if it changed
itself, or if a cell that they read was touched. What depends on them (pages) finds in ``cell`` when
each was last touched.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import NamedTuple

from paperkb.library.changes import Changes
from paperkb.library.discover import FileEntry
from paperkb.library.fresh import FreshEntries
from paperkb.library.index import Index
from paperkb.library.postings import PostingRows, numbered
from paperkb.library.published import touch_moved
from paperkb.library.relate_found import FoundRows
from paperkb.library.relate_links import LinkRows
from paperkb.library.relate_notes import NoteFile, NoteRows
from paperkb.library.relate_others import OtherRows
from paperkb.library.relate_parts import ListParts
from paperkb.library.relate_related import RelatedRows
from paperkb.library.shorthand import follow_sample
from paperkb.library.stored import introduction_key
from paperkb.library.withheld import Withheld
from paperkb.watch import Watch

FOLLOWING = (
    "note", "label", "link", "reads", "posting", "known", "name", "attachment",
    "related", "telling", "catalogue", "introduction", "introduction_link",
)  # fmt: skip
"""The tables that follow from the files."""


class VaultFiles(NamedTuple):
    """The files of a vault by what they are. ``introductions``: address of a topic → path and key
    of the parse result. ``bibliographies`` are keys of parse results, in the order of their paths;
    none: they are as they were."""

    notes: Sequence[NoteFile]
    introductions: Mapping[str, tuple[str, bytes]]
    attachments: Sequence[FileEntry]
    bibliographies: Sequence[bytes] | None


def relate(
    index: Index, watch: Watch, files: VaultFiles, entries: FreshEntries, withheld: Withheld
) -> None:
    """Make the tables those of these files, within the caller's transaction. ``entries`` are those
    of search, as far as they are at hand; ``withheld`` is what must not be published."""
    notes, introductions, attachments, bibliographies = files
    stored = index.rows("select key, path, text, number, private from note")
    before = {key: (path, text) for key, path, text, _, _ in stored}
    had = {key: number for key, _, _, number, _ in stored}
    public = {key: number for key, _, _, number, private in stored if not private}
    keys = [note.key for note in notes]
    numbers = had if had.keys() == set(keys) else numbered(keys)
    if any(number != numbers.get(key, number) for key, number in had.items()):
        # Two keys that hash alike changed places: so seldom that everything is made anew.
        _empty(index)
        bibliographies = bibliographies if bibliographies is not None else ()
        before = {}
    was_withheld = Withheld(tuple(json.loads(index.state("withheld") or "[]")))
    moved = _turned(index, was_withheld, withheld)
    changed = [n for n in notes if before.get(n.key) != (n.path, n.text) or n.key in moved]
    changes = Changes(index, watch, is_first=not before)
    if changes.is_first:  # postings are sorted by number: so they come in order
        changed.sort(key=lambda note: numbers[note.key])
    changes.numbers = {**had, **numbers}
    if not changes.is_first or not entries.numbers_are(
        {note.path: numbers[note.key] for note in notes}
    ):
        entries.forget()
    postings = PostingRows(changes, entries.came)
    related = RelatedRows(changes)
    parts = ListParts(changes)
    rows = NoteRows(changes, parts, FoundRows(changes, postings, related, entries), withheld)
    others = OtherRows(changes)
    links = LinkRows(changes, parts, postings, related, withheld)
    with (
        watch.step("relate", len(changed)),
        index.filling(len(notes)) if changes.is_first else nullcontext(),
    ):
        for key in before.keys() - numbers.keys():
            links.replace(key, [])
            rows.remove(key)
        for note in changed:
            rows.put(note, is_new=note.key not in before)
            watch.advance()
        if bibliographies is not None:
            others.put_known(bibliographies)
        gone, new = others.put_introductions(introductions, withheld)
        for key in gone:
            links.replace(key, [])
        others.put_attachments(attachments)
    stale = {note.key for note in changed} | new | changes.readers()
    if withheld != was_withheld:  # files and bibliographies may be withheld too
        stale = {*keys, *(introduction_key(address) for address in introductions)}
        index.set_state("withheld", json.dumps(withheld.patterns))
    with watch.step("resolve links", len(stale)):
        links.resolve(sorted(stale))
        parts.touch()
    with watch.step("write postings"):
        postings.write(changes.generation)
        touch_moved(changes, public)
        follow_sample(changes)
    related.write()
    changes.record()


def _empty(index: Index) -> None:
    for table in FOLLOWING:
        index.write(f"delete from {table}", [()])
    index.set_state("bibliographies", "")


def _turned(index: Index, before: Withheld, now: Withheld) -> set[str]:
    """The keys of notes that are withheld by one of two settings and not by the other."""
    if before == now:
        return set()
    tags: dict[str, list[str]] = defaultdict(list)
    for key, tag in index.rows("select key, folded from label where kind = 'tag'"):
        tags[key].append(tag)
    return {
        key
        for key, path in index.rows("select key, path from note")
        if before.note(path, tags[key]) != now.note(path, tags[key])
    }
