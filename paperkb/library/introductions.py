"""A reader's own introduction to a topic: ``topics/nlp.md`` stands on the page of ``nlp``.

It is a Markdown file in the vault's folder ``topics/`` whose path is that of a topic which some
public note names, and that is itself on no shelf: without topics, status, authors, year and
identifier. A note about a paper stays a note, wherever it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from paperkb.library.index import Index, decode
from paperkb.library.names import without_extension
from paperkb.library.rows import page_address
from paperkb.library.stored import introduction_key
from paperkb.library.withheld import Withheld
from paperkb.model import Fields, Note, ParsedNote

FOLDER = "topics/"


def is_candidate(path: str) -> bool:
    """Whether a file may be an introduction, as far as its path tells."""
    return path.startswith(FOLDER)


def find_introductions(
    index: Index, texts: Mapping[str, bytes], withheld: Withheld
) -> dict[str, str]:
    """Address of a topic → path of its introduction. ``texts``: path → key of the parse result, of
    all Markdown files; the index may still hold the notes of before. A topic that only private
    notes name has no page: what is written about it stays a note."""
    found: dict[str, str] = {}
    topics: set[str] | None = None
    for path in sorted(filter(is_candidate, texts)):
        address = page_address(without_extension(path.removeprefix(FOLDER)).casefold())
        if address in found or not _is_plain(_fields(index, texts[path])):
            continue
        if _is_named(index, address, texts, withheld):
            found[address] = path
            continue
        if topics is None:
            topics = _new_topics(index, texts, withheld)
        if address in topics:
            found[address] = path
    return found


def _is_plain(fields: Fields) -> bool:
    work = fields.work
    return not (fields.topics or fields.status or work.authors or work.year or work.ids)


def _is_named(index: Index, address: str, texts: Mapping[str, bytes], withheld: Withheld) -> bool:
    """Whether a public note that is as it was names a topic with this address."""
    query = (
        "select path, text from label join note on note.key = label.key"
        " where kind = 'topic' and label.address = ?"
    )
    return any(
        texts.get(path) == text and not _is_private(index, path, text, withheld)
        for path, text in index.rows(query, address)
    )


def _new_topics(index: Index, texts: Mapping[str, bytes], withheld: Withheld) -> set[str]:
    """The addresses of the topics that new and changed public files name."""
    known = dict(index.rows("select path, text from note"))
    found: set[str] = set()
    for path, text in texts.items():
        if known.get(path) != text and not _is_private(index, path, text, withheld):
            for topic in _fields(index, text).topics:
                parts = topic.casefold().split("/")
                found.update(
                    page_address("/".join(parts[:depth])) for depth in range(1, len(parts) + 1)
                )
    return found


def _is_private(index: Index, path: str, text: bytes, withheld: Withheld) -> bool:
    note = _parsed(index, text)
    tags = (*note.fields.tags, *(hashtag.name for hashtag in note.hashtags))
    return note.fields.private or withheld.note(path, tags)


def _fields(index: Index, text: bytes) -> Fields:
    return _parsed(index, text).fields


def _parsed(index: Index, text: bytes) -> ParsedNote:
    blob = index.value("select note from parsed where key = ?", text)
    note: ParsedNote = decode(blob, ParsedNote)
    return note


def introduction_of(index: Index, address: str) -> Note | None:
    """The introduction to the topic with this address, if there is one that may be published. Its
    key stands for it where links are resolved."""
    query = "select path, text from introduction where address = ? and private = 0"
    for path, text in index.rows(query, address):
        return Note(introduction_key(address), path, _fields(index, text), (), text)
    return None


def all_introductions(index: Index, *, public: bool = False) -> tuple[Note, ...]:
    """The introductions to all topics, in the order of their paths; or those of them that may be
    published."""
    where = "where private = 0" if public else ""
    rows = index.rows(f"select address, path, text from introduction {where} order by path")
    return tuple(
        Note(introduction_key(address), path, _fields(index, text), (), text)
        for address, path, text in rows
    )


def summaries(index: Index) -> dict[str, str]:
    """Address of a topic → the ``tldr`` of its introduction, where there is one."""
    query = "select address, tldr from introduction where private = 0 and tldr <> ''"
    return dict(index.rows(query))
