"""What the files about all papers (``papers.bib``, ``papers.json``, ``llms.txt``) say of one note.

Kept ready in a table of its own, so that such a file costs one query: it is another file after an
edit of any note's fields, and would otherwise ask and write each of ten thousand notes again.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from paperkb.formats.bibtex_entry import bibtex_entry
from paperkb.formats.csl import csl_item
from paperkb.model import Note

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\\[\]<>`*_#])")


class CatalogueRow(NamedTuple):
    """A row of ``catalogue``. ``csl`` and ``facts`` are JSON objects, ``link`` the title as the
    text of a Markdown link and ``about`` what follows it; ``shelf`` is the first topic's first
    part, or empty."""

    key: str
    bibtex: str
    csl: str
    facts: str
    shelf: str
    link: str
    about: str


def catalogue_row(note: Note) -> CatalogueRow:
    """The row of a note, from its fields alone."""
    shelf = note.fields.topics[0].partition("/")[0] if note.fields.topics else ""
    return CatalogueRow(
        note.key,
        _clean(bibtex_entry(note.key, note.work)),
        _json(csl_item(note.key, note.work)),
        _json(_facts(note)),
        _clean(" ".join(shelf.split())),
        markdown_text(note.work.title),
        markdown_text(note.fields.tldr),
    )


def markdown_text(text: str) -> str:
    """A text on one line of Markdown, where no sign of it means anything."""
    return _MARKDOWN.sub(r"\\\1", _clean(" ".join(text.split())))


def _facts(note: Note) -> dict[str, Any]:
    """What the reader says of the paper, without what they do not say."""
    fields, work = note.fields, note.work
    dates = {"added": fields.added, "started": fields.started, "finished": fields.finished}
    facts = {
        "arxiv": work.arxiv,
        "status": fields.status,
        "rating": fields.rating,
        **{name: day.isoformat() for name, day in dates.items() if day},
        "tags": note.tags,
        "topics": fields.topics,
        "tldr": fields.tldr,
        "aliases": fields.aliases,
        "code": [link.url for link in fields.code],
    }
    return {name: value for name, value in facts.items() if value}


def _json(value: object) -> str:
    return _clean(msgspec.json.encode(value).decode())


def _clean(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)
