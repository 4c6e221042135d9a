"""Terms and queries as short texts, as the vectors have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from paperkb.search.query import And, Label, Node, Not, Or, Query, QueryError, Range, Words
from paperkb.search.terms import Term


def show_terms(found: Iterable[Term]) -> str:
    """``selfattention@0= self@0 attention@1``: text, place, and ``=`` of a whole one."""
    return " ".join(f"{text}@{place}{'=' * is_whole}" for text, place, is_whole in found)


def show_query(query: Query) -> str:
    """``(bert~ & -[tag:nlp/]) sort:year``; see ``_show``."""
    return _show(query.root) + (f" sort:{query.sort}" if query.sort != "relevance" else "")


def show_error(error: QueryError) -> str:
    """``! missing ) @ 3``"""
    return f"! {error.message} @ {error.place}"


def _show(node: Node) -> str:
    """``{title: term@place … =whole *~}`` are words, ``*`` a prefix, ``~`` plain; ``[tag:x/]`` a
    label and those in it, ``[tag:x*]`` labels that begin so; ``<year 2017 – 2019>`` a range."""
    match node:
        case Words(parts, whole, field, is_prefix, is_plain):
            shown = [f"{field}:"] if field else []
            shown += [f"{term}@{place}" for term, place in parts]
            shown += [f"={whole}"] if whole else []
            shown += ["*" * is_prefix + "~" * is_plain] if is_prefix or is_plain else []
            return f"{{{' '.join(shown)}}}"
        case Label(entry, is_prefix, nested):
            return f"[{entry}{'*' * is_prefix}{'/' * nested}]"
        case Range(field, low, high):
            return f"<{field} {low} – {high}>"
        case Not(child):
            return f"-{_show(child)}"
        case And(children):
            return f"({' & '.join(map(_show, children))})"
        case Or(children):
            return f"({' | '.join(map(_show, children))})"


def query_from(found: Mapping[str, Any]) -> Query:
    """What ``paperkb.parse`` returned in the browser, as Python has it."""
    return Query(_node(found["root"]), found["sort"])


def _node(found: Mapping[str, Any]) -> Node:
    match found["kind"]:
        case "words":
            parts = tuple((term, place) for term, place in found["parts"])
            flags = found["isPrefix"], found["isPlain"]
            return Words(parts, found["whole"], found["field"], *flags)
        case "label":
            return Label(found["entry"], found["isPrefix"], found["nested"])
        case "range":
            return Range(found["field"], found["low"], found["high"])
        case "not":
            return Not(_node(found["child"]))
        case "and":
            return And(tuple(map(_node, found["children"])))
        case kind:
            assert kind == "or"
            return Or(tuple(map(_node, found["children"])))
