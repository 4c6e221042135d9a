"""When each note came into the vault, as far as git tells: read once for each commit."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from paperkb.library.changes import Changes
from paperkb.library.git import first_days, head_commit
from paperkb.library.index import Index
from paperkb.watch import Watch

_STATE = "history"


def follow_history(index: Index, root: Path, watch: Watch) -> None:
    """Make ``committed`` (path → day of the first commit) that of the present commit. Without git,
    or where a clone has no history, it is empty.

    An index that cannot be written has no days of commits.
    """
    try:
        _follow(index, root, watch)
    except sqlite3.Error as error:
        index.tell(error)


def _follow(index: Index, root: Path, watch: Watch) -> None:
    head = head_commit(root)
    before = index.state(_STATE)
    if head == before:
        return
    with watch.step("read the history"):
        new = first_days(root, head, since=before) if head and before else None
        days = new if new is not None else (first_days(root, head) or {}) if head else {}
    with index.transaction():
        if new is None:
            index.write("delete from committed", [()])
        index.write(
            "insert into committed values (?, ?) on conflict (path) do update"
            " set day = min(day, excluded.day)",
            days.items(),
        )
        index.set_state(_STATE, head)
        changes = Changes(index, watch)
        changes.touch("history")
        changes.record()
