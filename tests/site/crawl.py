"""Reads every page of a built site as a browser would, and lists what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from paperkb.library.discover import SITE_MANIFEST

_ADDRESSES = {
    "a": ("href",),
    "img": ("src", "srcset"),
    "script": ("src",),
    "link": ("href",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "iframe": ("src",),
    "object": ("data",),
    "embed": ("src",),
    "form": ("action",),
    "input": ("src", "formaction"),
}
_NO_REQUEST = frozenset(("canonical", "alternate"))


@dataclass
class Parsed:
    """What a page says: its links, the resources that it loads by itself, and its ids."""

    links: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    base: str = ""
    canonical: str = ""
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Parsed()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.page.handlers += [name for name in values if name.startswith("on") or name == "style"]
        if "id" in values:
            self.page.ids.append(values["id"])
        if tag == "base":
            self.page.base = values.get("href", "")
        for name in _ADDRESSES.get(tag, ()):
            if name not in values:
                continue
            if tag == "link" and values.get("rel") == "canonical":
                self.page.canonical = values[name]
            elif tag == "a" or values.get("rel") in _NO_REQUEST:
                self.page.links.append(values[name])
            else:
                self.page.resources.append(values[name])

    def handle_data(self, data: str) -> None:
        self.page.text += data


def read_page(text: str) -> Parsed:
    """A page's links, resources and ids."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


def read_site(root: Path) -> dict[str, Parsed]:
    """Path → page, for every HTML page of a site."""
    return {
        path.relative_to(root).as_posix(): read_page(path.read_text(encoding="utf-8"))
        for path in sorted(root.rglob("*.html"))
    }


def files(root: Path) -> dict[str, bytes]:
    """Path → bytes, for all that a visitor may get of a site."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name != SITE_MANIFEST
    }


def faults(root: Path) -> list[str]:
    """What pages must not have: links that lead nowhere, ids twice, requests to other origins."""
    pages = read_site(root)
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    found: list[str] = []
    for path, page in pages.items():
        found += [f"{path}: id «{name}» twice" for name, n in Counter(page.ids).items() if n > 1]
        found += [f"{path}: an attribute {name}" for name in page.handlers]
        for address in (*page.links, *page.resources):
            found += _wrong(path, address, pages, there, is_resource=address in page.resources)
    return found


def _wrong(
    path: str, address: str, pages: dict[str, Parsed], there: set[str], *, is_resource: bool
) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        if is_resource:
            yield f"{path}: loads {address} from another origin"
        elif parts.scheme not in ("http", "https", "mailto"):
            yield f"{path}: links to {address}, which no reader should follow"
        return
    if address.startswith("/"):
        yield f"{path}: {address} is absolute; a site under /repo/ has no such file"
        return
    target = urlsplit(urljoin(f"http://site/{path}", address))
    name = unquote(target.path).lstrip("/")
    if parts.path and name not in there:
        yield f"{path}: {address} leads to no file"
    elif not parts.path and not parts.fragment:
        yield f"{path}: {address!r} leads nowhere"
    elif parts.fragment and unquote(parts.fragment) not in pages[name].ids:
        yield f"{path}: {address} names no id of {name}"
