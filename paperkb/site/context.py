"""Everything that pages are composed from: the public library, its graph, groups and addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from paperkb.config import Settings
from paperkb.graph.network import ReferenceGraph, build_graph
from paperkb.identifiers import find_identifier
from paperkb.library.library import Library
from paperkb.library.names import fold
from paperkb.library.shelves import in_order_of_time, nested_groups, topic_labels, topics_by_age
from paperkb.model import FoundFile, Hidden, Note, Person, Work
from paperkb.site.cards import Card, author_year, known_card, note_card
from paperkb.site.urls import unique_file_paths, unique_paths


@dataclass(frozen=True)
class SiteContext:
    """The facts of a site. Holds public notes only: what is private never gets this far."""

    library: Library
    graph: ReferenceGraph

    @property
    def settings(self) -> Settings:
        """The vault's settings."""
        return self.library.settings

    # Addresses

    @cached_property
    def note_paths(self) -> dict[str, str]:
        """Key → path of the note's page."""
        paths = unique_paths((note.key for note in self.library.notes), nested=True)
        return {key: f"notes/{path}.html" for key, path in paths.items()}

    @cached_property
    def tag_paths(self) -> dict[str, str]:
        """Folded tag → path of its page; parents of nested tags have pages too."""
        paths = unique_paths((self.tag_label(tag) for tag in self.tags), nested=True)
        return {label.casefold(): f"tags/{path}.html" for label, path in paths.items()}

    @cached_property
    def topic_paths(self) -> dict[str, str]:
        """Folded topic → path of its page."""
        paths = unique_paths((self.topic_labels[topic] for topic in self.topics), nested=True)
        return {label.casefold(): f"topics/{path}.html" for label, path in paths.items()}

    @cached_property
    def author_paths(self) -> dict[str, str]:
        """An author's name → path of their page."""
        paths = unique_paths(str(person) for person in self.authors)
        return {name: f"authors/{path}.html" for name, path in paths.items()}

    @cached_property
    def file_paths(self) -> dict[str, str]:
        """Vault path → site path of each attachment that some public note refers to."""
        found = sorted(
            resolution.path
            for resolutions in self.library.resolutions.values()
            for resolution in resolutions
            if isinstance(resolution, FoundFile)
        )
        return {path: f"files/{site}" for path, site in unique_file_paths(found).items()}

    # Groups

    @cached_property
    def tags(self) -> dict[str, list[Note]]:
        """Folded tag → its notes in order of time; a nested tag's notes are its parents' too."""
        return nested_groups((note, self.library.tags_of(note)) for note in self.library.notes)

    def tag_label(self, folded: str) -> str:
        """A tag as the vault most often writes it."""
        if folded in self.library.tag_names:
            return self.library.tag_names[folded]
        names = sorted(self.library.tag_names.items())
        child = next(name for tag, name in names if tag.startswith(f"{folded}/"))
        return "/".join(child.split("/")[: folded.count("/") + 1])

    @cached_property
    def topics(self) -> dict[str, list[Note]]:
        """Folded topic → its notes in order of time; topics by the age of their oldest paper."""
        groups = nested_groups((note, note.fields.topics) for note in self.library.notes)
        return topics_by_age(groups)

    @cached_property
    def topic_labels(self) -> dict[str, str]:
        """Folded topic → its label, as first written."""
        return topic_labels(self.library.notes)

    @cached_property
    def authors(self) -> dict[Person, list[Note]]:
        """Author → notes on their papers in order of time; authors by family name."""
        groups: dict[Person, list[Note]] = defaultdict(list)
        for note in self.library.notes:
            for person in dict.fromkeys(note.work.authors):
                groups[person].append(note)
        ordered = sorted(groups.items(), key=lambda item: item[0].sort_key)
        return {person: in_order_of_time(notes) for person, notes in ordered}

    @cached_property
    def years(self) -> dict[int, list[Note]]:
        """Year → its notes, newest year first."""
        groups: dict[int, list[Note]] = defaultdict(list)
        for note in self.library.notes:
            if note.work.year:
                groups[note.work.year].append(note)
        return {year: in_order_of_time(groups[year]) for year in sorted(groups, reverse=True)}

    @cached_property
    def private_names(self) -> dict[str, tuple[str, ...]]:
        """Key → folded names of private notes that the note links to, for notes that do."""
        hidden = {
            note.key: tuple(
                fold(link.target)
                for link, resolution in zip(
                    note.parsed.links, self.library.resolutions[note.key], strict=True
                )
                if isinstance(resolution, Hidden)
            )
            for note in self.library.notes
        }
        return {key: names for key, names in hidden.items() if names}

    @cached_property
    def targets(self) -> dict[str, str]:
        """Key → all that a link to the work shows of it: its page's path, names, year, title."""
        notes = {
            note.key: repr(
                (self.note_paths[note.key], note.path, author_year(note.work), note.work.title)
            )
            for note in self.library.notes
        }
        known = {
            entry.key: repr((work_address(entry.work), author_year(entry.work), entry.work.title))
            for entry in self.library.known
        }
        return {**known, **notes}

    # Cards

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Key → card of each note."""
        return {note.key: note_card(note, self.note_paths[note.key]) for note in self.library.notes}

    def card(self, key: str) -> Card:
        """The card of a note or of a known work."""
        if key in self.cards:
            return self.cards[key]
        work = self.library.known_by_key[key].work
        return known_card(key, work, work_address(work))

    def cards_of(self, notes: Iterable[Note]) -> list[Card]:
        """The cards of notes, in their order."""
        return [self.cards[note.key] for note in notes]


def build_context(library: Library) -> SiteContext:
    """The context of a library's public part."""
    public = library.public
    return SiteContext(public, build_graph(public))


def work_address(work: Work) -> str:
    """Where a reader finds a work: arXiv, else its DOI, else its own address."""
    for name in sorted(work.ids):
        if identifier := find_identifier(name):
            return identifier.url
    return work.url if work.url and work.url.startswith(("https://", "http://")) else ""
