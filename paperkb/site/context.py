"""Everything that pages are composed from: the public library, its graph, groups and addresses.

Holds public notes only: what is private never gets this far. Each answer takes down the cells that
it was made from (``library/cells.py``), so that a page is made again when one of them is touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from paperkb.config import Settings
from paperkb.graph.network import ReferenceGraph
from paperkb.library.groups import NESTED, levels
from paperkb.library.library import Dated, Library
from paperkb.library.names import result_name, venue_name
from paperkb.library.references import Said
from paperkb.library.related import Related
from paperkb.library.rows import file_address, page_address
from paperkb.library.shelves import CITING
from paperkb.model import Note, NoteBody, ParsedNote, Resolution, Work
from paperkb.paths import segment
from paperkb.site.card_facts import CardFacts
from paperkb.site.cards import Card
from paperkb.site.list_facts import ListFacts
from paperkb.site.reads import Reads
from paperkb.site.search_facts import SearchFacts
from paperkb.site.shelf_facts import ShelfFacts
from paperkb.site.urls import FOLDERS, unique_file_paths, unique_paths
from paperkb.site.words import Words

_LATEST = 8
"""Notes that are kept at hand: pages of one note are made one after the other."""


class Shown(NamedTuple):
    """A group as lists show it. ``name`` is folded; ``first`` and ``last`` are years, or empty."""

    name: str
    label: str
    path: str
    size: int
    first: str
    last: str


class SiteContext:
    """The facts of a site. ``reads`` gathers the cells of what was asked for; ``search``, ``shelf``
    and ``lists`` are the facts of the search index, of overviews, and of lists."""

    def __init__(self, library: Library) -> None:
        self.library = library.public
        self.graph = ReferenceGraph(self.library)
        self.reads = Reads()
        self.search = SearchFacts(self.library, self.reads)
        self.shelf = ShelfFacts(self.library, self.reads)
        self.lists = ListFacts(self.library, self.reads)
        self._cards = CardFacts(self.library, self.reads)
        self._addresses: dict[tuple[str, str], str] = {}
        self._fame: dict[str, int] = {}
        self._note = lru_cache(maxsize=_LATEST)(self.library.note)
        self._labels = lru_cache(maxsize=None)(self.library.spelling)
        self._text = lru_cache(maxsize=_LATEST)(self._read_text)
        self._resolutions = lru_cache(maxsize=_LATEST)(self.library.resolutions_of)
        self._groups = lru_cache(maxsize=None)(self._make_groups)
        self._hidden_names = lru_cache(maxsize=4096)(self.library.hidden_names)

    @property
    def settings(self) -> Settings:
        """The vault's settings."""
        return self.library.settings

    @cached_property
    def words(self) -> Words:
        """What the interface says, for words that stand inside a note's text."""
        return Words(self.library.root, self.settings.language)

    # Works

    def note(self, key: str) -> Note | None:
        """The note of a key."""
        self.reads("work", key)
        return self._note(key)

    def work(self, key: str) -> Work | None:
        """The paper of a key, with or without a note."""
        self.reads("work", key)
        note = self._note(key)
        return note.work if note else self.library.known_work(key)

    def text(self, note: Note) -> tuple[ParsedNote, NoteBody]:
        """What a note says, in full."""
        self.reads("text", note.key)
        return self._text(note.key)

    def _read_text(self, key: str) -> tuple[ParsedNote, NoteBody]:
        note = self._note(key)
        if note is None:
            raise KeyError(key)
        return self.library.parsed(note), self.library.body(note)

    def card(self, key: str) -> Card:
        """The card of a note or of a known work."""
        return self._cards.card(key)

    def find_card(self, key: str) -> Card | None:
        """The card of a note or of a known work, if there is one."""
        return self._cards.find(key)

    def cards(self, keys: Iterable[str]) -> list[Card]:
        """The cards of works, in their order; faster than one by one."""
        return self._cards.cards(keys)

    # All notes

    def all_keys(self) -> list[str]:
        """The keys of all notes; in an order on which nothing may depend."""
        self.reads("keys")
        return [member.key for member in self.lists.all_members()]

    def dated(self) -> list[Dated]:
        """The notes that say when they were added or read."""
        self.reads.all_notes("status", "added", "active")
        return self.library.dated()

    def dated_in(self, kind: str, name: str, most: int) -> list[Dated]:
        """Those of a topic, the last ones first, and no more than ``most``."""
        self.reads("group", kind, name)
        return self.library.dated_in(kind, name, most)

    def dates(self) -> dict[str, str]:
        """When each note was last added, started or finished: path of its page → ISO 8601."""
        self.reads.all_notes("active")
        rows = self.library.dated()
        return {self.note_paths[row.key]: row.active for row in rows}

    def catalogue(self, *columns: str) -> list[tuple[str, ...]]:
        """The key of each note, in their order, and what files about all papers say of it."""
        self.reads("notes")
        return self.library.catalogue(*columns)

    def redirects(self, kind: str) -> list[tuple[str, str]]:
        """(name, key) of what each note alone is called, by ``alias`` or ``id``."""
        self.reads("redirects")
        return self.library.redirects(kind)

    def statuses(self) -> Counter[str]:
        """How many notes have each status."""
        self.reads.all_notes("status")
        return self.library.statuses()

    def count_references(self) -> int:
        """The number of links between works."""
        self.reads("references")
        return self.library.count_references()

    # Links

    def resolutions(self, note: Note) -> tuple[Resolution, ...]:
        """Where the links of a note lead."""
        self.reads("links", note.key)
        return self._resolutions(note.key)

    def cites(self, key: str) -> list[str]:
        """The works that a note links to, in the order of first mention."""
        self.reads("links", key)
        return self.graph.cited_keys(key)

    def citing(self, key: str) -> list[str]:
        """The notes that link to a work, the latest paper first."""
        self.reads("citing", key)
        return self.graph.citing_keys(key)

    def what_citing_say(self, key: str, citing: Sequence[str]) -> dict[str, list[Said]]:
        """What the links of some of them say, by key."""
        self.reads("citing", key)
        return self.graph.what_citing_say(key, citing)

    def cited_often(self) -> list[tuple[str, int]]:
        """(key, how many notes link to it) of the notes whose list of these has its own pages."""
        self.reads("long", CITING)
        return self.library.cited_often()

    def related(self, key: str) -> tuple[Related, ...]:
        """The notes that are most related to one, and why."""
        self.reads("related", key)
        return self.library.related(key)

    def fame(self, keys: Sequence[str]) -> dict[str, int]:
        """How many notes cite each work, in powers of two, those that nobody cites left out."""
        for key in keys:
            self.reads("fame", key)
        unknown = [key for key in keys if key not in self._fame]
        self._fame |= {**dict.fromkeys(unknown, 0), **self.library.fame(unknown)}
        return {key: self._fame[key] for key in keys if self._fame[key]}

    def hidden_names(self, key: str) -> tuple[str, ...]:
        """Folded names of private notes that a note links to. Asked only for notes that
        ``citing`` named, whose cell covers it."""
        return self._hidden_names(key)

    @cached_property
    def note_paths(self) -> dict[str, str]:
        """The paths of all notes' pages, by key. Ask for it beside a fact that every note that
        comes or goes touches."""
        return self._cards.paths([member.key for member in self.lists.all_members()])

    # Groups

    def groups(self, kind: str) -> list[Shown]:
        """All groups of a kind, by name."""
        self.reads("groups", kind)
        return self._groups(kind)

    def shelves(self) -> list[Shown]:
        """The topics, the one with the oldest paper first."""
        self.reads("groups", "topic")
        return self._shelves

    def together(self, kind: str, name: str) -> list[tuple[str, int]]:
        """(other group of the kind, how many notes are in both), the largest first."""
        self.reads("company", kind, name)
        return self.library.together(kind, name)

    def nested(self, kind: str, name: str) -> list[tuple[str, int]]:
        """(group, count) of the groups that are nested in one."""
        self.reads("company", kind, name)
        return self.library.nested(kind, name)

    def shelves_within(self, name: str) -> list[Shown]:
        """The topics that are nested in one, the one with the oldest paper first."""
        self.reads("company", "topic", name)
        return [
            Shown(g.name, self.label("topic", g.name), self.group_path("topic", g.name),
                  g.size, g.first, g.last)
            for g in self.library.shelves(within=name)
        ]  # fmt: skip

    def label(self, kind: str, name: str) -> str:
        """A group's name as it is most often written."""
        for level in levels(name) if kind in NESTED else (name,):
            self.reads("spelling", kind, level)
        return self._labels(kind, name)

    @cached_property
    def _shelves(self) -> list[Shown]:
        by_name = {shown.name: shown for shown in self._groups("topic")}
        return [by_name[topic.name] for topic in self.library.shelves()]

    def _make_groups(self, kind: str) -> list[Shown]:
        groups = self.library.groups(kind)
        nested = kind in NESTED
        names = (group.label if nested else group.name for group in groups)
        paths = unique_paths(names, nested=nested)
        return [
            Shown(
                group.name, group.label,
                f"{FOLDERS[kind]}/{paths[group.label if nested else group.name]}.html",
                group.size, group.first, group.last,
            )
            for group in groups
        ]  # fmt: skip

    # Addresses

    def note_path(self, key: str) -> str:
        """The path of a note's page."""
        return self._cards.path(key)

    def group_path(self, kind: str, name: str) -> str:
        """The path of a group's page."""
        nested = kind in NESTED
        address = page_address(name) if nested else segment(name).casefold()
        self.reads("address", kind, address)
        label = self.label(kind, name) if nested else name
        if (kind, name) not in self._addresses:
            rivals = self.library.groups_at(kind, address)
            paths = unique_paths(
                (self._labels(kind, rival) if nested else rival for rival in rivals), nested=nested
            )
            self._addresses[kind, name] = f"{FOLDERS[kind]}/{paths[label]}.html"
        return self._addresses[kind, name]

    def venue_path(self, venue: str) -> str:
        """The path of the page of a venue, as a note writes it."""
        return self.group_path("venue", venue_name(venue).casefold())

    def result_path(self, task: str, dataset: str) -> str:
        """The path of the leaderboard of a task and dataset, as a note writes them."""
        return self.group_path("result", result_name(task, dataset).casefold())

    def file_path(self, path: str) -> str:
        """The site path of an attachment."""
        address = file_address(path)
        self.reads("address", "file", address)
        if ("file", path) not in self._addresses:
            paths = unique_file_paths(self.library.files_at(address))
            self._addresses["file", path] = f"files/{paths[path]}"
        return self._addresses["file", path]

    def linked_files(self) -> list[str]:
        """The paths of the attachments that some note links to."""
        self.reads("references")
        return self.library.linked_files()

    def file(self, path: str) -> Path:
        """Where an attachment is on disk."""
        self.reads("file", path)
        return self.library.on_disk(path)
