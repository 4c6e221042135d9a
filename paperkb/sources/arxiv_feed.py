"""An answer of arXiv's API, bytes → works. Pure; both the 2025 and the 2026 layout are read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from paperkb.identifiers import Identifier, InvalidIdentifier, find_identifier, parse_identifier
from paperkb.model import Work
from paperkb.people import parse_person

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"

# arXiv begins a paragraph on a new line with two spaces before it. More of them are the layout of
# an XML file that somebody prettified.
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\n {1,3}(?=\S)")
_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WEB_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.S)


class FeedError(ValueError):
    """Not an answer of arXiv's API; the text says what it is instead: ``an empty page``."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What an answer says: works in its own order, or the reason why there are none.

    ``total`` is how many works arXiv says it found, if it says so.
    """

    works: tuple[Work, ...] = ()
    total: int | None = None
    refusal: str = ""


def read_feed(data: bytes) -> Feed:
    """The works of an answer, whole or not at all.

    Raises:
        FeedError: the data is empty, a web page, breaks off, declares a document type or entities
            (which could expand without end), or holds an entry that is no paper of arXiv's.
    """
    root = _parse(data)
    if root.tag != f"{_ATOM}feed":
        raise FeedError("XML that is not an Atom feed")
    entries = root.findall(f"{_ATOM}entry")
    for entry in entries:
        if _is_refusal(entry):
            return Feed(refusal=_text(entry, f"{_ATOM}summary") or "no reason given")
    total = _text(root, _TOTAL)
    return Feed(tuple(map(_work, entries)), int(total) if total.isdecimal() else None)


def _parse(data: bytes) -> ElementTree.Element:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FeedError("something that is not UTF-8 text") from None
    if not text.strip():
        raise FeedError("an empty page")
    if _WEB_PAGE.match(text):
        raise FeedError("a web page instead of an Atom feed")
    if _DECLARES.search(text):
        raise FeedError("XML with a document type, which is not read")
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - no entities: refused above
    except ElementTree.ParseError as error:
        kind = "XML that breaks off" if text.lstrip().startswith("<") else "text that is not XML"
        raise FeedError(f"{kind} ({error})") from None


def _is_refusal(entry: ElementTree.Element) -> bool:
    address = _text(entry, f"{_ATOM}id")
    titled = _text(entry, f"{_ATOM}title") == "Error" and not find_identifier(address)
    return titled or "/api/errors" in address


def _work(entry: ElementTree.Element) -> Work:
    identifier = _identifier(entry)
    title = _text(entry, f"{_ATOM}title")
    if not title:  # and not «0», which is a title
        raise FeedError(f"an entry without a title ({identifier})")
    dois = _dois(entry)
    published = _date(_text(entry, f"{_ATOM}published"))
    return Work(
        title=title,
        authors=tuple(
            parse_person(name)
            for author in entry.findall(f"{_ATOM}author")
            if (name := _text(author, f"{_ATOM}name"))
        ),
        year=published.year if published else None,
        date=published,
        arxiv=identifier.value,
        version=identifier.version,
        doi=dois[0].value if dois else None,
        venue=_text(entry, f"{_ARXIV}journal_ref") or None,
        url=identifier.base.url,
        pdf=_pdf(entry),
        abstract=_paragraphs(entry.findtext(f"{_ATOM}summary") or ""),
        comment=_text(entry, f"{_ARXIV}comment"),
        categories=tuple(dict.fromkeys(_categories(entry))),
        ids=frozenset(str(found.base) for found in (identifier, *dois)),
    )


def _identifier(entry: ElementTree.Element) -> Identifier:
    text = _text(entry, f"{_ATOM}id")
    try:
        identifier = parse_identifier(text)
    except InvalidIdentifier as error:
        raise FeedError(f"an entry without an arXiv id ({error})") from None
    if identifier.kind != "arxiv":
        raise FeedError(f"an entry without an arXiv id ({text})")
    return identifier


def _dois(entry: ElementTree.Element) -> list[Identifier]:
    """The DOIs that the authors gave; some give two in one field."""
    texts = [element.text or "" for element in entry.findall(f"{_ARXIV}doi")]
    found = [find_identifier(word, bare=True) for text in texts for word in text.split()]
    return [identifier for identifier in found if identifier and identifier.kind == "doi"]


def _pdf(entry: ElementTree.Element) -> str | None:
    for link in entry.findall(f"{_ATOM}link"):
        address = link.get("href") or ""
        is_pdf = link.get("title") == "pdf" or link.get("type") == "application/pdf"
        if is_pdf and re.match(r"https?://", address):
            return re.sub(r"^http://((?:export\.)?arxiv\.org)/", r"https://\1/", address)
    return None


def _categories(entry: ElementTree.Element) -> Iterator[str]:
    for tag in (f"{_ARXIV}primary_category", f"{_ATOM}category"):
        for element in entry.findall(tag):
            if term := element.get("term"):
                yield term


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _text(element: ElementTree.Element, tag: str) -> str:
    """The text of the first such child in one line, or nothing."""
    return " ".join((element.findtext(tag) or "").split())


def _paragraphs(text: str) -> str:
    paragraphs = (" ".join(part.split()) for part in _PARAGRAPH.split(text.strip()))
    return "\n\n".join(filter(None, paragraphs))
