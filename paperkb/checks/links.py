"""Links that lead nowhere, to several places, or to a part that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from paperkb import messages
from paperkb.checks.suggest import Suggester
from paperkb.graph.network import ReferenceGraph, is_handle
from paperkb.library.introductions import all_introductions
from paperkb.library.library import Library
from paperkb.model import Ambiguous, Found, Link, Missing, Note, Problem, SamePage
from paperkb.paths import is_picture


def check_links(library: Library, _graph: ReferenceGraph) -> Iterator[Problem]:
    """Unresolved and ambiguous links, missing files and headings, links out of the vault."""
    suggester = Suggester(library)
    introductions = {note.key: note for note in all_introductions(library.index)}
    for note in (*library.notes, *introductions.values()):
        links = library.parsed(note).links
        resolutions = (
            library.resolutions_of(note.key)
            if note.key in introductions
            else library.resolutions[note.key]
        )
        for link, resolution in zip(links, resolutions, strict=True):
            where = (note.path, link.line, link.column)
            match resolution:
                case Missing(what):
                    if problem := _missing(what, link, where, suggester):
                        yield problem
                case Ambiguous(candidates):
                    paths = [_name(library, key) for key in candidates]
                    yield messages.AMBIGUOUS.at(
                        *where, target=link.target, candidates=" or ".join(paths)
                    )
                case Found() | SamePage() if link.anchor and not resolution.anchor:
                    owner = (
                        note if isinstance(resolution, SamePage) else library.by_key[resolution.key]
                    )
                    yield messages.MISSING_HEADING.at(
                        *where,
                        target=owner.path if owner.key in introductions else owner.key,
                        anchor=link.anchor,
                        hint=_headings(library, owner),
                    )


def _missing(
    what: str, link: Link, where: tuple[str, int, int], suggester: Suggester
) -> Problem | None:
    if link.identifier or is_handle(link):
        return None  # a paper without a note is no mistake, and its address works
    if what == "outside":
        return messages.LEAVES_VAULT.at(*where, target=link.target)
    if not link.target:
        return messages.EMPTY_LINK.at(*where)
    if what == "file":
        is_image = link.kind == "image" or is_picture(link.target)
        message = messages.MISSING_IMAGE if is_image else messages.MISSING_FILE
        return message.at(*where, target=link.target, hint="")
    message = messages.UNRESOLVED_CITATION if link.kind == "citation" else messages.UNRESOLVED
    return message.at(*where, target=link.target, hint=suggester.hint(link.target))


def _name(library: Library, key: str) -> str:
    note = library.by_key.get(key)
    return note.path if note else key


def _headings(library: Library, note: Note) -> str:
    names = [f"«{heading.text}»" for heading in library.parsed(note).headings[:8]]
    return f"It has {', '.join(names)}." if names else "It has no headings."
