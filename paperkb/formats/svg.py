"""SVG files without what a browser would run or fetch when somebody opens one by itself.

A picture in a page runs nothing, but its own address is a document of the site's origin. What is
parsed here is written anew, so that no browser can read it otherwise than we did.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree as ET

EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg"/>\n'
"""What is published of a file that cannot be read."""

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_ACTIVE_NAMESPACES = frozenset(
    ("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML",
     "http://www.w3.org/2001/xml-events", "http://www.w3.org/1999/XSL/Transform")
)  # fmt: skip
_ACTIVE = frozenset("script handler listener foreignobject iframe object embed link meta".split())
_ANIMATIONS = frozenset("set animate animatecolor animatemotion animatetransform".split())
_OWN_PICTURE = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp|avif)[;,]", re.I)
_OUTWARD = re.compile(r"@import|\\|url\s*\(\s*[\"']?\s*(?!#|data:image/(?!svg))", re.I)

for _prefix, _uri in (("", _SVG), ("xlink", _XLINK)):
    ET.register_namespace(_prefix, _uri)


class Cleaned(NamedTuple):
    """An SVG file that can be published, and what it lost: names of elements and attributes."""

    data: bytes
    removed: tuple[str, ...]


def clean_svg(data: bytes) -> Cleaned:
    """The picture alone: no scripts, no events, no other documents, no requests. ``EMPTY`` for what
    is not well-formed."""
    try:
        root = ET.fromstring(data)  # noqa: S314 - expat fetches nothing, and bounds entities
    except (ET.ParseError, ValueError, LookupError):
        return Cleaned(EMPTY, ("what is not well-formed",))
    if root.tag != f"{{{_SVG}}}svg":
        return Cleaned(EMPTY, (_name(root.tag),))
    removed: dict[str, None] = {}
    pending = [root]
    while pending:
        element = pending.pop()
        _clean_attributes(element, removed)
        for child in list(element):
            if _is_active(child):
                removed[_name(child.tag)] = None
                _remove(element, child)
            else:
                pending.append(child)
    written = BytesIO()
    ET.ElementTree(root).write(written, encoding="utf-8", xml_declaration=True)
    return Cleaned(written.getvalue() + b"\n", tuple(removed))


def _name(qualified: str) -> str:
    return qualified.rpartition("}")[2]


def _is_active(element: ET.Element) -> bool:
    namespace, _, name = element.tag.removeprefix("{").rpartition("}")
    name = name.lower()
    if namespace in _ACTIVE_NAMESPACES or name in _ACTIVE:
        return True
    if name == "style" and _OUTWARD.search("".join(element.itertext())):
        return True
    changes = element.get("attributeName", "").lower().rpartition(":")[2]
    return name in _ANIMATIONS and (changes == "href" or changes.startswith("on"))


def _clean_attributes(element: ET.Element, removed: dict[str, None]) -> None:
    for attribute, value in list(element.attrib.items()):
        name = _name(attribute).lower()
        outward = _is_outward(element, value) if name in ("href", "src") else _OUTWARD.search(value)
        if name.startswith("on") or name == "base" or outward:
            removed[_name(attribute)] = None
            del element.attrib[attribute]


def _is_outward(element: ET.Element, address: str) -> bool:
    if address.strip().startswith("#") or _OWN_PICTURE.match(address):
        return False
    is_link = _name(element.tag) == "a"  # a reader follows it, or does not
    return not (is_link and re.match(r"\s*https?://", address, re.I))


def _remove(parent: ET.Element, child: ET.Element) -> None:
    """Take out an element, not the text behind it."""
    before = list(parent).index(child)
    if child.tail and before:
        parent[before - 1].tail = (parent[before - 1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)
