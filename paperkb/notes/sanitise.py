"""Raw HTML in notes: what may stay. Notes come from other people too.

nh3 (ammonia) parses the whole body as a browser would and keeps an allow-list. Formulas and code,
which we made ourselves, wait in slots meanwhile, so no list needs to name MathML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import nh3

from paperkb.notes.text import SLOT_OPEN

SAFE_SCHEMES = frozenset(("http", "https", "mailto"))

_TAGS = (nh3.ALLOWED_TAGS | {"input", "section", "figure", "figcaption", "mark", "div"}) - {
    "map",
    "area",
    "form",
    "button",
}
_ATTRIBUTES = {
    "*": {"class", "id", "align", "title", "lang", "dir", "data-callout"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "checked", "disabled"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "details": {"open"},
    "pre": {"tabindex", "data-language"},
}
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:")


def sanitise(html: str) -> str:
    """Body HTML without scripts, event handlers, styles, frames, forms and unsafe addresses."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute_filter(),
        # An input of another kind would be a field to type into.
        set_tag_attribute_values={"input": {"type": "checkbox"}},
        url_schemes=set(SAFE_SCHEMES),
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _attribute_filter() -> Callable[[str, str, str], str | None]:
    """The filter of one body: no id stands twice, or is one of the page around it (``pkb:…``)."""
    ids: set[str] = set()

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "id":
            if value in ids or value.startswith("pkb:"):
                return None
            ids.add(value)
        return _filter(tag, attribute, value)

    return keep


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if tag == "input" and attribute == "type" and value != "checkbox":
        return None
    # Remote images would be a request off the site's origin: the reader's to make, by a click.
    if tag == "img" and attribute == "src" and not value.startswith(SLOT_OPEN):
        return None
    return with_scheme(value) if attribute == "href" else value


def is_safe_url(url: str) -> bool:
    """Whether an address may be a link: relative, or of one of ``SAFE_SCHEMES``.

    Browsers ignore control characters and spaces in front of and inside a scheme, so they are
    removed before the scheme is read.
    """
    bare = re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029]", "", url).lower()
    scheme = _SCHEME.match(bare)
    if scheme is None:
        return "\\" not in bare[:2]
    return scheme[0][:-1] in SAFE_SCHEMES


def with_scheme(url: str) -> str:
    """An address without a scheme (``//x.org``) would take the page's, which from disk is none."""
    return f"https:{url}" if url.startswith("//") else url


def is_remote(url: str) -> bool:
    """Whether an address leads off the vault."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)
