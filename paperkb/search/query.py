"""A query → what it asks for. The grammar is in docs/search.md."""

from __future__ import annotations

import calendar
import re
from itertools import pairwise

from msgspec import Struct

from paperkb.model import STATUSES
from paperkb.search.terms import Term, folded, is_cjk, terms, words

FILTERS = (
    "title", "author", "tag", "topic", "venue", "year", "status", "rating", "arxiv", "doi", "via",
    "has", "cites", "citedby", "added", "sort",
)  # fmt: skip
SORTS = ("relevance", "year", "added", "rating", "title", "cited")
THINGS = ("code", "pdf", "tldr", "note", "cards")
DEEPEST = 50
"""Parentheses within parentheses."""
_TEXT_FILTERS = ("title", "author", "venue", "via")
_LABEL_FILTERS = ("tag", "topic")
_TOKEN = re.compile(r'\s+|\(|\)|"|[^\s()"]+')
_NAMED = re.compile(r"([A-Za-z]+):(.*)", re.S)
_RANGE = re.compile(r"(?:(>=|<=|>|<)(.*))|(?:(.*?)\.\.(.*))|(.*)", re.S)


class QueryError(ValueError):
    """A query that cannot be understood; ``place`` counts characters from 0."""

    def __init__(self, message: str, place: int) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


class Words(Struct, frozen=True):
    """Terms that stand together: a word, a phrase, or a text filter (``field``). ``parts`` are
    (term, place); ``whole`` the joined form of one word of several parts, or empty. With
    ``is_prefix``, the only part, or the joined form, may go on."""

    parts: tuple[tuple[str, int], ...]
    whole: str = ""
    field: str = ""
    is_prefix: bool = False
    is_plain: bool = False


class Label(Struct, frozen=True):
    """Notes with any of some exact entries: ``tag:nlp``, ``status:read``. With ``is_prefix``, all
    entries that begin so; with ``nested``, also those that go on with ``/``."""

    entry: str
    is_prefix: bool = False
    nested: bool = False


class Range(Struct, frozen=True):
    """Notes with an entry of a field from ``low`` to ``high``, both included; each may be open."""

    field: str
    low: str
    high: str


class Not(Struct, frozen=True):
    """Notes that do not match."""

    child: Node


class And(Struct, frozen=True):
    """Notes that match all."""

    children: tuple[Node, ...]


class Or(Struct, frozen=True):
    """Notes that match one at least."""

    children: tuple[Node, ...]


Node = Words | Label | Range | Not | And | Or


class Query(Struct, frozen=True):
    """A whole query; ``root`` is an empty ``And`` for all notes."""

    root: Node
    sort: str = "relevance"


def parse_query(text: str, *, typing: bool = False) -> Query:
    """What a query asks for. ``typing``: its last word may go on.

    Raises:
        QueryError: it is malformed.
    """
    return _Parser(text, typing).query()


class _Parser:
    def __init__(self, text: str, typing: bool) -> None:
        self.text = text
        self.typing = typing
        self.sort = "relevance"
        self.tokens = [(match[0], match.start()) for match in _TOKEN.finditer(text)]
        self.next = 0
        self.depth = 0

    def query(self) -> Query:
        root = self.or_()
        if self.next < len(self.tokens):
            raise QueryError("nothing to close", self.tokens[self.next][1])
        return Query(root or And(()), self.sort)

    def peek(self) -> str:
        """The next token; empty at the end."""
        while self.next < len(self.tokens) and self.tokens[self.next][0].isspace():
            self.next += 1
        return self.tokens[self.next][0] if self.next < len(self.tokens) else ""

    def or_(self) -> Node | None:
        """Sides of ``OR``; nothing if there is none."""
        sides = [self.and_()]
        places: list[int] = []
        while self.peek() == "OR":
            places.append(self.tokens[self.next][1])
            self.next += 1
            sides.append(self.and_())
        if not places:
            return sides[0]
        for number, side in enumerate(sides):
            if side is None:
                raise QueryError("nothing to search for", places[max(number - 1, 0)])
        return Or(tuple(side for side in sides if side is not None))

    def and_(self) -> Node | None:
        """What stands side by side; nothing if nothing does."""
        children: list[Node] = []
        while (token := self.peek()) and token not in (")", "OR"):
            if child := self.unary():
                children.append(child)
        if not children:
            return None
        return children[0] if len(children) == 1 else And(tuple(children))

    def unary(self) -> Node | None:
        token, place = self.tokens[self.next]
        if token == "(":  # noqa: S105 - of a query
            return self.group(place)
        if token == '"':  # noqa: S105 - likewise
            return self.phrase("", place)
        self.next += 1
        if token.startswith("-"):
            return self.negated(token[1:], place)
        return self.word(token, place)

    def group(self, place: int) -> Node:
        """What stands in parentheses, of which the opening one is the next token."""
        if self.depth == DEEPEST:
            raise QueryError("too many (", place)
        self.next += 1
        self.depth += 1
        inside = self.or_()
        self.depth -= 1
        if self.peek() != ")":
            raise QueryError("missing )", place)
        if inside is None:
            raise QueryError("nothing to search for", place)
        self.next += 1
        return inside

    def negated(self, rest: str, place: int) -> Node | None:
        if rest:
            child = self.word(rest, place + 1)
        elif self.next < len(self.tokens) and self.tokens[self.next][0] in ("(", '"'):
            child = self.unary()
        else:
            raise QueryError("nothing to search for", place)
        return None if child is None else Not(child)

    def phrase(self, field: str, place: int) -> Node:
        """A quoted text. The opening quote is the next token, at ``place``."""
        close = self.text.find('"', place + 1)
        if close < 0:
            raise QueryError('missing "', place)
        while self.next < len(self.tokens) and self.tokens[self.next][1] <= close:
            self.next += 1
        inside = self.text[place + 1 : close]
        if field:
            return self.filter(field, inside, place + 1)
        return _phrase(inside, "")

    def word(self, token: str, place: int) -> Node | None:
        if token.startswith("#") and len(token) > 1:
            return self.filter("tag", token[1:], place + 1)
        named = _NAMED.fullmatch(token)
        if named and named[1].lower() in FILTERS:
            field, value = named[1].lower(), named[2]
            start = place + len(named[1]) + 1
            follows = self.next < len(self.tokens) and self.tokens[self.next] == ('"', start)
            if not value and follows and field != "sort":
                return self.phrase(field, start)
            if not value:
                raise QueryError("nothing to search for", place)
            if field == "sort":
                self.sort_by(value, start)
                return None
            return self.filter(field, value, start)
        is_last = self.typing and place + len(token) == len(self.text)
        return _word(token, "", is_last=is_last)

    def sort_by(self, value: str, place: int) -> None:
        self.sort = _one_of(SORTS, value, "not a sort", place)

    def filter(self, field: str, value: str, place: int) -> Node:
        if field in _TEXT_FILTERS:
            return _phrase(value, field) if " " in value else _word(value, field)
        if field in _LABEL_FILTERS:
            is_prefix = value.endswith("*")
            name = folded(value.rstrip("*")).strip("/")
            return Label(f"{field}:{name}", is_prefix, nested=not is_prefix)
        if field in ("year", "rating", "added"):
            return _range(field, value, place)
        if field == "status":
            return Label(f"status:{_one_of(STATUSES, value, 'not a status', place)}")
        if field == "has":
            return Label(f"has:{_one_of(THINGS, value, 'not a thing to have', place)}")
        if field in ("arxiv", "doi"):
            return Label(f"{field}:{_identifier(field, value)}")
        return Label(f"{field}:{folded(value)}")


def _one_of(names: tuple[str, ...], value: str, message: str, place: int) -> str:
    if value.lower() not in names:
        raise QueryError(message, place)
    return value.lower()


def _word(token: str, field: str, *, is_last: bool = False) -> Words:
    is_marked = token.endswith("*")
    text = token.rstrip("*")
    found = terms(text)
    parts = _parts(found)
    whole = ""
    if len(names := words(text)) == 1:
        whole = next((term.text for term in found if term.is_whole), "")
        if whole and len(parts) < 2:  # the others are stop words: A-MEM
            parts, whole = ((whole, 0),), ""
        elif is_marked and not parts:  # the*
            parts = ((names[0].lower(), 0),)
    goes_on = is_marked or (is_last and sum(len(term) for term, _ in parts) >= 3)
    is_sign = len(parts) == 1 and _is_sign(parts[0][0])
    is_prefix = is_sign or (goes_on and (len(parts) == 1 or whole != ""))
    return Words(parts, whole, field, is_prefix, is_plain=not field and not is_marked)


def _phrase(text: str, field: str) -> Words:
    parts = _parts(terms(text))
    return Words(parts, "", field, is_prefix=len(parts) == 1 and _is_sign(parts[0][0]))


def _is_sign(term: str) -> bool:
    """Whether a term is a single sign of a script that stands in pairs."""
    return len(term) == 1 and is_cjk(term)


def _parts(found: list[Term]) -> tuple[tuple[str, int], ...]:
    """The terms of a text but whole ones, and but the single sign that ends a run of pairs."""
    parts = [(term.text, term.place) for term in found if not term.is_whole]
    return tuple(
        (text, place)
        for (before, there), (text, place) in pairwise([("", -1), *parts])
        if not (_is_sign(text) and there == place - 1 and len(before) == 2 and is_cjk(before))
    )


_AROUND_ID = {
    "arxiv": re.compile(
        r"^(?:https?://)?(?:[a-z]+\.)?arxiv\.org/[a-z]+/|^arxiv:|(?:v[0-9]+)?(?:\.pdf)?\Z"
    ),
    "doi": re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:"),
}
_NEEDS = {"year": "not a year", "rating": "not a rating", "added": "not a date"}


def _range(field: str, value: str, place: int) -> Range:
    match = _RANGE.fullmatch(value)
    assert match is not None
    sign, bound, first, last, one = match.groups()
    if sign:
        low, high = _span(field, bound, place + len(sign))
        bounds = {
            ">=": (low, ""), "<=": ("", high), ">": (_after(high), ""), "<": ("", _before(low)),
        }  # fmt: skip
        return Range(field, *bounds[sign])
    if first is not None:
        if not first and not last:
            raise QueryError(_NEEDS[field], place)
        low = _span(field, first, place)[0] if first else ""
        high = _span(field, last, place + len(first) + 2)[1] if last else ""
        return Range(field, low, high)
    return Range(field, *_span(field, one, place))


def _span(field: str, value: str, place: int) -> tuple[str, str]:
    """The first and the last entry that a value means."""
    if field == "rating" and re.fullmatch(r"[1-5]", value, re.A):
        return value, value
    if field == "year" and re.fullmatch(r"\d{4}", value, re.A):
        return value, value
    if field == "added" and (
        match := re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", value, re.A)
    ):
        year, month, day = match[1], match[2], match[3]
        if int(year) >= 1 and 1 <= int(month or 1) <= 12:
            last = calendar.monthrange(int(year), int(month or 12))[1]
            if 1 <= int(day or 1) <= last:
                return (
                    f"{year}-{month or '01'}-{day or '01'}",
                    f"{year}-{month or '12'}-{day or f'{last:02}'}",
                )
    raise QueryError(_NEEDS[field], place)


def _after(entry: str) -> str:
    """A bound above an entry and below the next: digits and hyphens sort before ``~``."""
    return f"{entry}~"


def _before(entry: str) -> str:
    """A bound just below an entry."""
    return f"{entry[:-1]}{chr(ord(entry[-1]) - 1)}~"


def _identifier(field: str, value: str) -> str:
    """An id without what may stand around it: scheme, address, version."""
    return _AROUND_ID[field].sub("", value.lower())
