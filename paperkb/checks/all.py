"""All checks, in one list. A check is a function: ``(Library, ReferenceGraph) → problems``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from paperkb.checks.duplicates import check_ids, check_keys
from paperkb.checks.links import check_links
from paperkb.checks.notes import check_files, check_notes
from paperkb.checks.publish import check_attachments, check_withheld
from paperkb.graph.network import ReferenceGraph
from paperkb.library.library import Library
from paperkb.model import Problem

Check = Callable[[Library, ReferenceGraph], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    check_files,
    check_notes,
    check_links,
    check_keys,
    check_ids,
    check_withheld,
    check_attachments,
)


def run_checks(library: Library, graph: ReferenceGraph) -> tuple[Problem, ...]:
    """Every problem of a vault, sorted by place."""
    return tuple(sorted({p for check in CHECKS for p in check(library, graph)}))
