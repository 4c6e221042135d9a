"""One field's text → its type. Each reader is a small function that raises ``Invalid``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from paperkb.model import STATUSES, CodeLink, Person, Result
from paperkb.notes.yaml_text import Value
from paperkb.people import parse_people, parse_person

_PLACEHOLDERS = (("{{", "}}"), ("<%", "%>"), ("{%", "%}"))
_DATE = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?:[T ].*)?$"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_STATUS_WORDS = {
    "todo": "queued", "to-do": "queued", "to-read": "queued", "toread": "queued",
    "tbd": "queued", "unread": "queued", "backlog": "queued", "planned": "queued",
    "in-progress": "reading", "ongoing": "reading", "started": "reading",
    "skim": "skimmed", "done": "read", "finished": "read", "complete": "read",
    "completed": "read", "abandoned": "dropped", "new": "inbox",
}  # fmt: skip
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_TRUE = frozenset(("true", "yes", "on", "1", "y"))
_FALSE = frozenset(("false", "no", "off", "0", "n"))
MARKS = " \t\"'*_`“”"
"""Signs around a word that are none of it."""


class Invalid(ValueError):  # noqa: N818 - says what the value is
    """A value that its field cannot have; the text is a hint at what would be right."""


class ImpossibleDate(Invalid):
    """A date that no calendar has."""


def is_placeholder(value: Value) -> bool:
    """Whether a template's placeholder was never filled in (``{{date}}``, ``<% tp.date %>``)."""
    if isinstance(value, dict):
        return any("{{…}}" in key or is_placeholder(item) for key, item in value.items())
    if not isinstance(value, str):
        return False
    starts = ((value.find(opening), closing) for opening, closing in _PLACEHOLDERS)
    return any(at >= 0 and value.find(closing, at + 2) >= 0 for at, closing in starts)


def texts(value: Value) -> list[str]:
    """All texts in a value, lists flattened: ``[[key]]`` without quotes is a list to YAML."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    items = value.values() if isinstance(value, dict) else value
    return [text for item in items for text in texts(item)]


def text(value: Value) -> str | None:
    """One line of text; several become one, joined by commas."""
    return ", ".join(" ".join(part.split()) for part in texts(value)) or None


def comma_list(value: Value) -> tuple[str, ...]:
    """A list, or a text with commas: ``a, b``."""
    if isinstance(value, str):
        return _unique(part.strip() for part in value.split(","))
    return _unique(texts(value))


def tag_list(value: Value) -> tuple[str, ...]:
    """Tags: a list, ``a, b`` or ``a b``; without ``#``, spaces inside one become hyphens."""
    if isinstance(value, str):
        value = list(value.split(",") if "," in value else value.split())
    tags = (re.sub(r"\s+", "-", tag.strip().lstrip("#\\").strip("/ ")) for tag in texts(value))
    return _unique(tag for tag in tags if tag)


def shelf_list(value: Value) -> tuple[str, ...]:
    """Topics: like a comma list, with clean ``/`` between the levels."""
    shelves = ("/".join(p.strip() for p in t.split("/") if p.strip()) for t in comma_list(value))
    return _unique(shelves)


def people(value: Value) -> tuple[Person, ...]:
    """Authors: a list of names or ``{name: …}``, or one text."""
    if isinstance(value, str):
        return parse_people(value)
    found: list[Person] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and (person := _person_of_parts(item)):
            found.append(person)
            continue
        name = (item.get("name") or item.get("full_name")) if isinstance(item, dict) else item
        for part in texts(name):
            found.extend([parse_person(part)] if " and " not in part else parse_people(part))
    return tuple(person for person in found if person.family)


def _person_of_parts(item: dict[str, Value]) -> Person | None:
    """``{given: Jane, family: Doe}``, as CSL and citation files write it."""
    family = text(item.get("family") or item.get("last") or item.get("last_name"))
    given = text(item.get("given") or item.get("first") or item.get("first_name"))
    return Person(family, given or "") if family else None


def date(value: Value) -> datetime.date | None:
    """An ISO date. ``2019-05`` and ``2019`` are dates too, at their first day.

    Raises:
        ImpossibleDate: the form of a date, but no such day.
        Invalid: no date at all.
    """
    written = text(value)
    if written is None:
        return None
    match = _DATE.match(written.strip("\"'[] "))
    if not match:
        raise Invalid("Write dates as YYYY-MM-DD.")
    try:
        return datetime.date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError as error:
        raise ImpossibleDate("Write dates as YYYY-MM-DD.") from error


def publication_date(value: Value) -> datetime.date | int | None:
    """A day, or the year alone where no day is written: nobody claimed the first of January.

    Raises:
        Invalid: as ``date``.
    """
    day = date(value)
    match = _DATE.match((text(value) or "").strip("\"'[] "))
    return day.year if day and match and not match["day"] else day


def year(value: Value) -> int | None:
    """A year from 1500 to 2099, alone or inside a longer text."""
    written = text(value)
    if written is None:
        return None
    match = _YEAR.search(written)
    if not match:
        raise Invalid("Write the year with four digits.")
    return int(match[0])


def status(value: Value) -> str | None:
    """One of ``STATUSES``, or a word that clearly means one."""
    written = text(value)
    if written is None:
        return None
    word = re.sub(r"[\s_]+", "-", written.casefold().strip("#\"'[] "))
    if word in STATUSES:
        return word
    if word in _STATUS_WORDS:
        return _STATUS_WORDS[word]
    raise Invalid(f"It is one of {', '.join(STATUSES)}.")


def rating(value: Value) -> int | None:
    """A whole number from 1 to 5; stars count as well."""
    written = text(value)
    if written is None:
        return None
    stars = written.count("⭐") or written.count("★")
    match = re.fullmatch(r"([1-5])(?:\.0+)?(?:\s*/\s*5)?", written)
    if stars and stars <= 5:
        return stars
    if match:
        return int(match[1])
    raise Invalid("It is a whole number from 1 to 5.")


def whole_number(value: Value) -> int | None:
    """A whole number from 1, with or without a ``v`` in front (versions)."""
    written = text(value)
    if written is None:
        return None
    match = re.fullmatch(r"v?([1-9]\d{0,5})(?:\.0)?", written)
    if not match:
        raise Invalid("It is a whole number from 1.")
    return int(match[1])


def truth(value: Value) -> bool:
    """Yes or no, also between marks of Markdown or quotes."""
    word = (text(value) or "false").strip(MARKS).casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise Invalid("It is true or false.")


def code_links(value: Value) -> tuple[CodeLink, ...]:
    """Implementations: addresses, or ``{url, official, framework}``."""
    links = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            url = text(item.get("url"))
            if not url:
                raise Invalid("Each entry needs a url.")
            official = truth(item.get("official"))
            links.append(CodeLink(url, official, text(item.get("framework")) or ""))
        else:
            links.extend(CodeLink(url) for url in texts(item))
    return tuple(links)


def results(value: Value) -> tuple[Result, ...]:
    """Rows of leaderboards: ``{task, dataset, metric, value, higher_is_better}``."""
    rows = []
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            raise Invalid("Each row is {task, dataset, metric, value}.")
        number = (text(item.get("value")) or "").rstrip("%")
        if "," in number and not _THOUSANDS.fullmatch(number):
            raise Invalid("A comma parts thousands in the value of a result: write 0.85.")
        try:
            measured = float(number.replace(",", ""))
        except ValueError as error:
            raise Invalid("The value of a result is a number.") from error
        task, dataset, metric = (text(item.get(n)) or "" for n in ("task", "dataset", "metric"))
        higher = item.get("higher_is_better")
        better = True if higher is None else truth(higher)
        rows.append(Result(task, dataset, metric, measured, better))
    return tuple(rows)


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for item in items:
        if item:
            seen.setdefault(item.casefold(), item)
    return tuple(seen.values())
