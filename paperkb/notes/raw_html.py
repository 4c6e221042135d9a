"""Relative addresses inside raw HTML: ``<img src="../images/x.png">``, ``<a href="other.md">``.

The page does not stand where the note stands, so each such address becomes a slot. Remote images
become links, since the site makes no request off its own origin.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from paperkb.notes.sanitise import is_remote, is_safe_url

_TAG = re.compile(r"<(?P<name>img|a|source|video|audio)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.I)
_ADDRESS = re.compile(
    r"(?P<before>\s)(?P<name>src|href)\s*=\s*"
    r"(?:\"(?P<dq>[^\"]*)\"|'(?P<sq>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.I,
)
_ALT = re.compile(r"\balt\s*=\s*(?:\"(?P<dq>[^\"]*)\"|'(?P<sq>[^']*)'|(?P<bare>[^\s\"'>]+))", re.I)

AddressSlot = Callable[[str, str], str]
"""``(target, written) → slot mark`` for a relative address."""


def rewrite_addresses(source: str, address_slot: AddressSlot) -> str:
    """Raw HTML with slots for its relative addresses."""
    return _TAG.sub(lambda match: _rewrite_tag(match, address_slot), source)


def _rewrite_tag(match: re.Match[str], address_slot: AddressSlot) -> str:
    tag = match[0]
    found = _ADDRESS.search(tag)
    if found is None:
        return tag
    target = html.unescape(found["dq"] or found["sq"] or found["bare"] or "")
    if match["name"].lower() == "img" and is_remote(target):
        return _image_link(tag, target)
    if is_remote(target) or not target or target.startswith(("#", "?")):
        return tag
    slot = address_slot(target, tag)
    return f'{tag[: found.start()]}{found["before"]}{found["name"]}="{slot}"{tag[found.end() :]}'


def _image_link(tag: str, url: str) -> str:
    alt = _ALT.search(tag)
    text = (html.unescape(alt["dq"] or alt["sq"] or alt["bare"] or "") if alt else "").strip()
    label = html.escape(text or "image")
    if not is_safe_url(url):
        return label
    return f'<a class="remote-image" href="{html.escape(url)}">{label}</a>'
