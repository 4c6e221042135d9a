"""The reference graph: works as nodes, and on each edge the links that make it.

What commands and pages say of who cites whom comes from here. Answers come from the library's
links, so that the neighbours of one paper cost no more than they are; the whole graph is there for
who wants it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from paperkb.library.library import Library
from paperkb.library.references import LinkedRow, Said
from paperkb.model import Ambiguous, Link, Missing, Note, Place, Resolution

if TYPE_CHECKING:
    import networkx as nx

Row = TypeVar("Row")


class Reference(NamedTuple):
    """One link from a note to a work; ``source`` and ``target`` are keys, ``words`` what the link
    shows."""

    source: str
    target: str
    kind: str
    place: Place
    sentence: str
    words: str


class Unresolved(NamedTuple):
    """One link of a note that leads to no work, or to several."""

    link: Link
    place: Place
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class ReferenceGraph:
    """What cites what in a library."""

    library: Library

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """One row for every link, in the order of the files."""
        return tuple(_reference(row) for row in self.library.references())

    def cites(self, key: str) -> dict[str, list[Reference]]:
        """The works that a note links to, in the order of first mention, with every link."""
        rows = self._rows(self.library.references(source=key))
        return _grouped((row.target, row) for row in rows)

    def cited_by(self, key: str) -> dict[str, list[Reference]]:
        """The notes that link to a work, by the order of their paths, with every link."""
        rows = self._rows(self.library.references(target=key))
        return _grouped((row.source, row) for row in rows)

    def cited_keys(self, key: str) -> list[str]:
        """The works that a note links to, in the order of first mention."""
        return self.library.cited(key)

    def citing_keys(self, key: str) -> list[str]:
        """The notes that link to a work, the latest paper first."""
        return [member.key for member in self.library.citing(key)]

    def what_citing_say(self, key: str, citing: Iterable[str]) -> dict[str, list[Said]]:
        """What each link of some notes to a work says: ``cited_by`` without places."""
        return _grouped((said.source, said) for said in self.library.said(key, citing))

    def missing_of(self, note: Note) -> list[Unresolved]:
        """The links of a note that lead to no work."""
        return [
            Unresolved(link, note.place(link.line, link.column), ())
            for link, resolution in self._links(note)
            if resolution == Missing("work") and not is_handle(link)
        ]

    def ambiguous_of(self, note: Note) -> list[Unresolved]:
        """The links of a note that could lead to several works."""
        return [
            Unresolved(link, note.place(link.line, link.column), resolution.candidates)
            for link, resolution in self._links(note)
            if isinstance(resolution, Ambiguous)
        ]

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

    def _rows(self, rows: Iterable[LinkedRow]) -> list[Reference]:
        """Links between two works: nobody cites themselves by a link."""
        return [_reference(row) for row in rows if row.source != row.target]

    def _links(self, note: Note) -> list[tuple[Link, Resolution]]:
        links = self.library.parsed(note).links
        return list(zip(links, self.library.resolutions_of(note.key), strict=True))


def is_handle(link: Link) -> bool:
    """Whether an unresolved ``@name`` outside brackets is somebody's handle rather than a citation:
    citation keys carry a year."""
    return link.bare and not any(char.isdigit() for char in link.target)


def _reference(row: LinkedRow) -> Reference:
    return Reference(
        row.source, row.target, row.kind, Place(row.path, row.line, row.column),
        row.sentence, row.words,
    )  # fmt: skip


def _grouped(rows: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for key, row in rows:
        groups[key].append(row)
    return dict(groups)
