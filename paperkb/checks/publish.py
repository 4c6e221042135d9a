"""What is published otherwise than it seems."""

from __future__ import annotations

from collections.abc import Iterator

from paperkb import messages
from paperkb.config import CONFIG_NAME
from paperkb.formats.svg import clean_svg
from paperkb.graph.network import ReferenceGraph
from paperkb.library.introductions import all_introductions
from paperkb.library.library import Library
from paperkb.library.withheld import Withheld
from paperkb.model import FoundFile, Problem
from paperkb.paths import is_run


def check_withheld(library: Library, _graph: ReferenceGraph) -> Iterator[Problem]:
    """Patterns of ``[publish] exclude`` that withhold nothing: most are misspelt."""
    for pattern in Withheld(library.settings.withheld).unused(library.index):
        yield messages.WITHHOLDS_NOTHING.at(CONFIG_NAME, pattern=pattern)


def check_attachments(library: Library, _graph: ReferenceGraph) -> Iterator[Problem]:
    """Files that a browser would run, where a public note links to them."""
    lost: dict[str, str] = {}
    introductions = all_introductions(library.index, public=True)
    for note in (*library.public.notes, *introductions):
        found = library.public.resolutions_of(note.key)
        for link, resolution in zip(library.parsed(note).links, found, strict=True):
            if not isinstance(resolution, FoundFile):
                continue
            path, where = resolution.path, (note.path, link.line, link.column)
            if is_run(path):
                yield messages.PUBLISHED_AS_TEXT.at(*where, target=link.target)
            elif path.lower().endswith(".svg"):
                if path not in lost:
                    lost[path] = ", ".join(clean_svg(library.on_disk(path).read_bytes()).removed)
                if lost[path]:
                    yield messages.ACTIVE_PICTURE.at(*where, target=link.target, what=lost[path])
