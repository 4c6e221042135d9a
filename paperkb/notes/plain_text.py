"""A note's body as plain text: what is searched, and what a search shows around a match."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from paperkb.model import Link, Slot
from paperkb.notes.mathml_text import mathml_text
from paperkb.notes.text import SLOT

_ABSTRACT = re.compile(
    r'<div class="callout" data-callout="abstract">\s*<p class="callout-title">.*?</p>(.*?)</div>',
    re.S,
)
_MATH = re.compile(r"<math.*?</math>", re.S)
_BLOCK_END = re.compile(r"</(?:p|h\d|li|t[dhr]|div|blockquote|pre|summary|d[dt])>|<br ?/?>")
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[\t\r\f\v][ \t\r\f\v]*| [ \t\r\f\v]+")  # not a single space: there are many
_LINES = re.compile(r" ?\n[ \n]*")


def plain_body(body: str, slots: Sequence[Slot], links: Sequence[Link]) -> tuple[str, str]:
    """(abstract, the rest) of a body of HTML with slots. Formulas stand between ``$``, as what
    search shows and does not look at (``search/terms.py``)."""

    def filled(match: re.Match[str]) -> str:
        slot = slots[int(match[1])]
        if slot.tag:
            return f"#{slot.tag}"
        if slot.html and not (slot.links and _repeats_key(links[slot.links[0]])):
            return SLOT.sub(filled, slot.html)
        # A bare key is no text: on the page it is the author and the year, or, of a private note,
        # nothing.
        named = (links[index] for index in slot.links)
        labels = (link.own_label for link in named if link.kind != "citation")
        return html.escape(", ".join(filter(None, labels)))

    whole = SLOT.sub(filled, body)
    abstracts = _ABSTRACT.findall(whole)
    rest = _ABSTRACT.sub(" ", whole) if abstracts else whole
    return "\n".join(map(_plain, abstracts)), _plain(rest)


def _repeats_key(link: Link) -> bool:
    return bool(link.label) and not link.own_label and not link.identifier


def _told(match: re.Match[str]) -> str:
    told = mathml_text(match[0])
    return f"${told}$" if told and "$" not in told else " "


def _plain(text: str) -> str:
    if "<math" in text:
        text = _MATH.sub(_told, text)
    text = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", text)))
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()
