"""The words that the whole project shares: frozen types, which msgspec makes and stores.

Three groups, from the file inwards:

* what a file says: ``Link``, ``Hashtag``, ``Heading``, ``Fields``, ``ParsedNote``;
* what a vault holds: ``Work`` (a paper), ``Note`` (a paper with a file), ``KnownWork`` (without);
* what a link turned out to be: ``Found``, ``Known``, ``Missing`` … (``Resolution``).

Lines and columns count from 1; line 0 means «the file as a whole». Paths are relative to the
vault, with ``/`` on every system.
"""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace as replace  # noqa: PLC0414 - how a changed copy is made

Severity = Literal["error", "warning", "info"]

LinkKind = Literal[
    "wikilink",  # [[key]]
    "embed",  # ![[key]], ![[figure.png]]
    "markdown",  # [text](other.md)
    "image",  # ![alt](figure.png)
    "citation",  # [@key], @key
    "url",  # an address or id of a paper: https://arxiv.org/abs/…, arXiv:…
    "html",  # src or href inside raw HTML
    "cites",  # front matter
    "related",  # front matter
]

STATUSES = ("inbox", "queued", "reading", "skimmed", "read", "dropped")


class Place(Struct, frozen=True, order=True, array_like=True):
    """Where something stands: a path in the vault, a line and a column."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """``path:line:col``, the form that editors and CI systems open."""
        return f"{self.path}:{self.line}:{self.column}"


class Problem(Struct, frozen=True, order=True, array_like=True):
    """Something wrong, its place, and what to do about it. Codes are listed in messages.py."""

    place: Place
    code: str
    severity: Severity
    message: str
    hint: str = ""

    def at(self, path: str) -> Problem:
        """The same problem, in a file: parsing does not know the file's name."""
        return replace(self, place=Place(path, self.place.line, self.place.column))


class Person(Struct, frozen=True, order=True, array_like=True):
    """An author. ``family`` includes particles (``van der Maaten``); ``given`` may be empty."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        """The name as it is displayed: ``Given Family``."""
        return f"{self.given} {self.family}" if self.given else self.family


class Work(Struct, frozen=True, array_like=True):
    """A paper as the world knows it, whether or not there is a note.

    ``arxiv`` is the base id (``1706.03762``), ``version`` the version that was read; ``date`` is
    the first public version's. ``ids`` are canonical identifiers without versions
    (``arxiv:…``, ``doi:…``), all spellings of this one paper.
    """

    title: str
    authors: tuple[Person, ...] = ()
    year: int | None = None
    date: datetime.date | None = None
    arxiv: str | None = None
    version: int | None = None
    doi: str | None = None
    venue: str | None = None
    url: str | None = None
    pdf: str | None = None
    abstract: str = ""
    comment: str = ""
    categories: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()


class CodeLink(Struct, frozen=True, array_like=True):
    """An implementation of a paper."""

    url: str
    official: bool = False
    framework: str = ""


class Result(Struct, frozen=True, array_like=True):
    """One row of a leaderboard, as the reader noted it."""

    task: str
    dataset: str
    metric: str
    value: float
    higher_is_better: bool = True


class Fields(Struct, frozen=True, array_like=True):
    """What a reader says of a paper and of their reading: the front matter, typed."""

    work: Work
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    status: str | None = None
    rating: int | None = None
    added: datetime.date | None = None
    started: datetime.date | None = None
    finished: datetime.date | None = None
    via: tuple[str, ...] = ()
    tldr: str = ""
    aliases: tuple[str, ...] = ()
    private: bool = False
    code: tuple[CodeLink, ...] = ()
    tasks: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()


class Link(Struct, frozen=True, array_like=True):
    """A link as it is written, before anyone asked where it leads.

    ``target`` is what was written without the anchor; ``identifier`` the paper id that it spells
    (``arxiv:1706.03762``), or empty; ``sentence`` the sentence around it as plain text.
    ``bare`` marks an ``@key`` outside brackets, which may as well be somebody's handle.
    """

    kind: LinkKind
    target: str
    anchor: str = ""
    label: str = ""
    identifier: str = ""
    locator: str = ""
    prefix: str = ""
    suppress_author: bool = False
    bare: bool = False
    width: str = ""
    line: int = 0
    column: int = 0
    sentence: str = ""

    @property
    def own_label(self) -> str:
        """The label; none if it only repeats the name of what the link leads to."""
        return "" if _bare(self.label) == _bare(self.target) else self.label


def _bare(name: str) -> str:
    """A name without folders, extension and ``@``, however it is cased and spaced."""
    last = name.strip().rstrip("/").rpartition("/")[2].removeprefix("@")
    return " ".join(last.casefold().removesuffix(".md").split())


class Slot(Struct, frozen=True, array_like=True):
    """A numbered hole in a note's HTML, filled when a page is composed.

    ``links`` are indices into the note's links: one for a link, several for ``[@a; @b]``, none
    for a hashtag (``tag``) or for HTML that is final already. ``html`` is the link's own text as
    HTML, or that final HTML. ``as_url`` marks a hole inside an attribute, to be filled with an
    address; ``html`` is then the address as written.
    """

    links: tuple[int, ...] = ()
    tag: str = ""
    html: str = ""
    as_url: bool = False


class Hashtag(Struct, frozen=True, array_like=True):
    """A tag as written, without ``#``."""

    name: str
    line: int
    column: int


class Heading(Struct, frozen=True, array_like=True):
    """A heading in a note's body; ``anchor`` is its id in the HTML."""

    level: int
    text: str
    anchor: str
    line: int


class NoteBody(Struct, frozen=True, array_like=True):
    """A note's text as HTML with numbered slots, and as plain text: the abstract in it, and the
    rest. ``markdown`` is its source with marked links (``notes/source_text.py``). Most questions
    are answered without it."""

    html: str = ""
    slots: tuple[Slot, ...] = ()
    abstract: str = ""
    text: str = ""
    markdown: str = ""


class ParsedNote(Struct, frozen=True, array_like=True):
    """Everything that the bytes of one file say. It knows no path and no other note.

    ``is_empty``: there is no text beside the title. ``block_ids`` are Obsidian's ``^names``.
    """

    fields: Fields
    body: NoteBody = NoteBody()
    is_empty: bool = True
    links: tuple[Link, ...] = ()
    hashtags: tuple[Hashtag, ...] = ()
    headings: tuple[Heading, ...] = ()
    block_ids: tuple[str, ...] = ()
    field_lines: tuple[tuple[str, int], ...] = ()
    problems: tuple[Problem, ...] = ()
    has_flashcards: bool = False

    @property
    def html(self) -> str:
        """The body's HTML, with slots."""
        return self.body.html

    @property
    def slots(self) -> tuple[Slot, ...]:
        """What the numbers in the HTML stand for."""
        return self.body.slots


class Note(Struct, frozen=True, array_like=True):
    """One file of the vault, as far as lists show it; the library has its text.

    ``key`` is what links and addresses use: the file's stem, or, where two files share a stem, the
    path without its extension. ``tags`` are hashtags in the body and ``tags`` in the front matter,
    each once, as written. ``text`` stands for the bytes and settings that were parsed: the same
    text, the same links and body.
    """

    key: str
    path: str
    fields: Fields
    tags: tuple[str, ...] = ()
    text: bytes = b""

    @property
    def work(self) -> Work:
        """The paper itself."""
        return self.fields.work

    def place(self, line: int = 0, column: int = 0) -> Place:
        """A place in this note."""
        return Place(self.path, line, column)


class KnownWork(Struct, frozen=True, array_like=True):
    """A paper without a note, known from a bibliography; ``place`` is where it was found."""

    key: str
    work: Work
    place: Place


class Found(Struct, frozen=True, array_like=True):
    """The link leads to a note; ``anchor`` is an id on its page, or empty where the link names no
    heading or one that is not there."""

    key: str
    anchor: str = ""


class Known(Struct, frozen=True, array_like=True):
    """The link leads to a paper that has no note; ``key`` is its citation key."""

    key: str


class FoundFile(Struct, frozen=True, array_like=True):
    """The link leads to another file of the vault: a figure, a PDF."""

    path: str


class SamePage(Struct, frozen=True, array_like=True):
    """The link leads to a heading of its own note."""

    anchor: str


class Missing(Struct, frozen=True, array_like=True):
    """The link leads nowhere yet: to a paper nobody described, to a file that is not there, or
    out of the vault."""

    what: Literal["work", "file", "outside"]


class Ambiguous(Struct, frozen=True, array_like=True):
    """The link could lead to several notes or papers; all of them, by key."""

    candidates: tuple[str, ...]


class Hidden(Struct, frozen=True, array_like=True):
    """The link leads to a private note: on the site it is plain text."""


Resolution = Found | Known | FoundFile | SamePage | Missing | Ambiguous | Hidden
