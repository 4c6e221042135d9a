"""The last touches on a body's HTML, once it is known on which page it stands.

They are made here and not where notes are parsed, since they are how the site shows things: what
the index holds stays plain.
"""

from __future__ import annotations

import html
import re

from paperkb.notes.flashcards import Flashcard, with_flashcards
from paperkb.site.words import InterfaceText, Words

_KINDS = {
    text.casefold().replace(" ", ""): text
    for text in (
        InterfaceText("Note"),
        InterfaceText("Info"),
        InterfaceText("Claim"),
        InterfaceText("Method"),
        InterfaceText("Result"),
        InterfaceText("Limitation"),
        InterfaceText("Important"),
        InterfaceText("Warning"),
        InterfaceText("Caution"),
        InterfaceText("Attention"),
        InterfaceText("Danger"),
        InterfaceText("Question"),
        InterfaceText("Help"),
        InterfaceText("FAQ"),
        InterfaceText("Abstract"),
        InterfaceText("Summary"),
        InterfaceText("Tip"),
        InterfaceText("Hint"),
        InterfaceText("Success"),
        InterfaceText("Check"),
        InterfaceText("Done"),
        InterfaceText("To do"),
        InterfaceText("Failure"),
        InterfaceText("Fail"),
        InterfaceText("Missing"),
        InterfaceText("Error"),
        InterfaceText("Bug"),
        InterfaceText("Example"),
        InterfaceText("Quote"),
        InterfaceText("Cite"),
    )
} | {"tldr": InterfaceText("TL;DR")}
"""What the kinds of callouts are called, by how they are written. Any other word is somebody's own
kind, and is its own name."""
_HEADING = re.compile(r"<h([1-6])[ >]")
_HEADING_TAG = re.compile(r"<(/?)h([1-6])(?=[ >])")
_CALLOUT = re.compile(
    r'(<(?:div|details) class="callout" data-callout="([\w-]+)"[^>]*>\s*'
    r'<(p|summary) class="callout-title">)(.*?)(</\3>)',
    re.S,
)
_TASK = re.compile(r'<input (?=[^>]*class="task-list-item-checkbox")([^>]*?)(/?)>')
_ZOOM_IN_LINK = re.compile(
    r'(<a (?!class="zoom")[^>]*>(?:(?!</?a[ >]).)*)<a class="zoom"[^>]*>(<img [^>]*>)</a>', re.S
)
_TAG = re.compile(r"<[^>]*>")


def finish(body: str, words: Words) -> str:
    """A filled body as its page shows it; ``words`` are those of the interface."""
    body = _raise_headings(body)
    if 'class="zoom"' in body:  # a picture that is a link already leads where that says
        unwrapped = 1
        while unwrapped:
            body, unwrapped = _ZOOM_IN_LINK.subn(r"\1\2", body)
    if 'data-callout="' in body:
        body = _CALLOUT.sub(lambda match: _named_kind(match, words), body)
    body = with_flashcards(body, _card)
    if "task-list-item-checkbox" in body:
        body = _TASK.sub(lambda match: _named_task(match, words), body)
    return body


def _raise_headings(body: str) -> str:
    """The highest headings of a body follow the page's title: no level is left out."""
    above = min((int(level) for level in _HEADING.findall(body)), default=2) - 2
    if above <= 0:
        return body
    return _HEADING_TAG.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) - above}", body)


def _named_kind(match: re.Match[str], words: Words) -> str:
    """A callout without a title is called by its kind; one with a title says its kind beside it."""
    kind = match[2]
    name = html.escape(words.t(_KINDS.get(kind, kind.capitalize())), quote=False)
    if html.unescape(_TAG.sub("", match[4])).strip().casefold() == kind:
        return f"{match[1]}{name}{match[5]}"
    return f'{match[1]}{match[4]} <span class="callout-kind">{name}</span>{match[5]}'


def _card(card: Flashcard) -> str:
    """A question that opens to its answer."""
    question = f"<summary>{card.question}</summary>"
    return f'<details class="flashcard">{question}<p>{card.answer}</p></details>'


def _named_task(match: re.Match[str], words: Words) -> str:
    name = html.escape(words.t("Done" if "checked" in match[1] else "To do"))
    return f'<input {match[1].rstrip()} aria-label="{name}"{match[2]}>'
