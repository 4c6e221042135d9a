"""The library's tables follow the files: only rows of what changed are made anew.

Everything that changes touches its cells, and the links of a note are resolved again if it changed
itself, or if a cell that they read was touched. What depends on them (pages) finds in ``cell`` when
each was last touched.
"""

from __future__ import annotations

from collections.abc import Sequence

from paperkb.library.changes import Changes
from paperkb.library.discover import FileEntry
from paperkb.library.index import Index
from paperkb.library.relate_links import LinkRows
from paperkb.library.relate_notes import NoteFile, NoteRows
from paperkb.library.relate_others import OtherRows
from paperkb.watch import Watch


def relate(
    index: Index,
    watch: Watch,
    notes: Sequence[NoteFile],
    bibliographies: Sequence[bytes] | None,
    attachments: Sequence[FileEntry],
) -> None:
    """Make the tables those of these files, within the caller's transaction. ``bibliographies`` are
    keys of parse results, in the order of their paths; none: they are as they were."""
    before = {key: (path, text) for key, path, text in
              index.rows("select key, path, text from note")}  # fmt: skip
    now = {note.key: (note.path, note.text) for note in notes}
    changed = [note for note in notes if before.get(note.key) != now[note.key]]
    changes = Changes(index, watch, is_first=not before)
    rows, links, others = NoteRows(changes), LinkRows(changes), OtherRows(changes)
    with watch.step("relate", len(changed)):
        for key in before.keys() - now.keys():
            rows.remove(key)
            links.replace(key, [])
        for note in changed:
            rows.put(note, is_new=note.key not in before)
            watch.advance()
        if bibliographies is not None:
            others.put_known(bibliographies)
        others.put_attachments(attachments)
    stale = {note.key for note in changed} | changes.readers()
    with watch.step("resolve links", len(stale)):
        links.resolve(sorted(stale))
    changes.record()
