"""Names → paths: readable, and safe on every file system. Whether two names share one is not known
here; who hands out paths compares them (``site/urls.py``)."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MAX_SEGMENT = 150
"""Bytes of one part of a path; file systems allow 255, with the extension."""

MAX_PATH = 700
"""Bytes of all parts together; beyond that, nesting is given up."""

_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\xa0\"#%&'*/:;<=>?\[\\\]^`{|}\ufffd\ufdd0-\ufdef\u2028\u2029]+"
)
SUFFIX = re.compile(r"(?<=[^/])\.[A-Za-z0-9]{1,10}$")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,98}[A-Za-z0-9]")
_RUN = re.compile(
    r"(?i)\.(?:[a-z]*html?\d?|[xm]ht|hta|htc|[cm]?jsx?|wasm|swf|svgz|xml|xslt?|xsd|xul|rdf|rss|atom|opml|mml"
    r"|mathml|kml|gpx|gml|dtd|wsdl|webmanifest|appcache|php\d?|aspx?|jspx?|cgi)"
)
_PICTURE = re.compile(r"(?i)\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d|index)$")


def segment(text: str) -> str:
    """A part of a path: letters and signs that are safe everywhere, spaces as hyphens."""
    if _SAFE.fullmatch(text) and not _RESERVED.match(text):  # most keys
        return text
    safe = _UNSAFE.sub("-", unicodedata.normalize("NFC", text)).strip("-. ") or "-"
    while len(safe.encode()) > MAX_SEGMENT:
        safe = safe[: len(safe) * MAX_SEGMENT // len(safe.encode())]
    return f"{safe}-{digest(text)}" if _RESERVED.match(safe) else safe


def nested(name: str) -> str:
    """A path with a part for each level. Folders are without dots, so that none is in the place of
    a page or a file."""
    if _SAFE.fullmatch(name):
        return segment(name)
    *folders, last = [part for part in name.split("/") if part] or [name]
    parts = [*(segment(folder).replace(".", "-") for folder in folders), segment(last)]
    path = "/".join(parts)
    return path if len(path.encode()) <= MAX_PATH else f"{segment(name)}-{digest(name)}"


def is_run(name: str) -> bool:
    """Whether a browser would run or render a file of this name with the rights of the site."""
    suffix = SUFFIX.search(name)
    return suffix is not None and _RUN.fullmatch(suffix[0]) is not None


def is_picture(name: str) -> bool:
    """Whether a browser shows a file of this name as a picture."""
    return _PICTURE.search(name) is not None


def file_parts(name: str) -> tuple[str, str]:
    """A vault path's site path, and its extension. Every file has one, so that none is in the
    place of a folder; files that a browser would run are text: ``page.html`` is ``page.html.txt``.
    """
    suffix = SUFFIX.search(name)
    if suffix is None or is_run(name):
        return nested(name), ".txt"
    return nested(name[: suffix.start()]), suffix[0].lower()


def digest(text: str) -> str:
    """A few letters that tell two names apart."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
