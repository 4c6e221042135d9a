"""The reference graph: works as nodes, and on each edge the links that make it.

Built once from a library; everything that asks what cites what asks here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from paperkb.library.library import Library
from paperkb.model import Ambiguous, Found, Known, Link, Missing, Note, Place

if TYPE_CHECKING:
    import networkx as nx


class Reference(NamedTuple):
    """One link from a note to a work; ``source`` and ``target`` are keys."""

    source: str
    target: str
    link: Link
    place: Place


class Unresolved(NamedTuple):
    """One link of a note that leads to no work, or to several."""

    link: Link
    place: Place
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class ReferenceGraph:
    """What cites what. ``references`` holds one row for every link, in the order of the files."""

    library: Library
    references: tuple[Reference, ...]
    missing_of: dict[str, tuple[Unresolved, ...]]
    ambiguous_of: dict[str, tuple[Unresolved, ...]]

    @cached_property
    def _cited(self) -> dict[str, dict[str, list[Reference]]]:
        cited: dict[str, dict[str, list[Reference]]] = defaultdict(dict)
        for reference in self.references:
            if reference.source != reference.target:  # nobody cites themselves by a link
                cited[reference.source].setdefault(reference.target, []).append(reference)
        return cited

    @cached_property
    def _citing(self) -> dict[str, dict[str, list[Reference]]]:
        citing: dict[str, dict[str, list[Reference]]] = defaultdict(dict)
        for source, targets in self._cited.items():
            for target, references in targets.items():
                citing[target][source] = references
        return citing

    def cites(self, key: str) -> dict[str, list[Reference]]:
        """The works that a note links to, in the order of first mention, with every link."""
        return self._cited.get(key, {})

    def cited_by(self, key: str) -> dict[str, list[Reference]]:
        """The notes that link to a work, by the order of their paths, with every link."""
        return self._citing.get(key, {})

    def known_keys(self) -> tuple[str, ...]:
        """Works without a note that some note cites, in the order of the alphabet."""
        return tuple(sorted({r.target for r in self.references} - self.library.by_key.keys()))

    def to_networkx(self) -> nx.DiGraph:
        """A ``DiGraph`` of works. Nodes have ``title``, ``year``, ``kind`` (``note`` or ``known``);
        edges have ``references``, the tuple of links that make them."""
        import networkx as nx  # noqa: PLC0415 - takes 0.3 s

        graph: nx.DiGraph = nx.DiGraph()
        for note in self.library.notes:
            graph.add_node(note.key, title=note.work.title, year=note.work.year, kind="note")
        for key in self.known_keys():
            work = self.library.known_by_key[key].work
            graph.add_node(key, title=work.title, year=work.year, kind="known")
        edges: dict[tuple[str, str], list[Reference]] = defaultdict(list)
        for reference in self.references:
            edges[reference.source, reference.target].append(reference)
        for (source, target), references in edges.items():
            graph.add_edge(source, target, references=tuple(references))
        return graph


def build_graph(library: Library) -> ReferenceGraph:
    """Relate the notes of a library by their resolved links."""
    references: list[Reference] = []
    missing: dict[str, tuple[Unresolved, ...]] = {}
    ambiguous: dict[str, tuple[Unresolved, ...]] = {}
    for note in library.notes:
        absent, unclear = _relate(library, note, references)
        if absent:
            missing[note.key] = tuple(absent)
        if unclear:
            ambiguous[note.key] = tuple(unclear)
    return ReferenceGraph(library, tuple(references), missing, ambiguous)


def _relate(
    library: Library, note: Note, references: list[Reference]
) -> tuple[list[Unresolved], list[Unresolved]]:
    missing: list[Unresolved] = []
    ambiguous: list[Unresolved] = []
    resolutions = library.resolutions[note.key]
    for link, resolution in zip(note.parsed.links, resolutions, strict=True):
        place = note.place(link.line, link.column)
        match resolution:
            case Found(key) if key == note.key and link.identifier:
                continue  # the address of the note's own paper is no citation
            case Found(key) | Known(key):
                references.append(Reference(note.key, key, link, place))
            case Missing("work") if not is_handle(link):
                missing.append(Unresolved(link, place, ()))
            case Ambiguous(candidates):
                ambiguous.append(Unresolved(link, place, candidates))
    return missing, ambiguous


def is_handle(link: Link) -> bool:
    """Whether an unresolved ``@name`` outside brackets is somebody's handle rather than a citation:
    citation keys carry a year."""
    return link.bare and not any(char.isdigit() for char in link.target)
