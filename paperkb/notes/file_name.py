"""What a file's name tells, last of all: a title, and a Jekyll post's date.

No id is ever inferred from it: real vaults have files named like arXiv ids that are not.
"""

from __future__ import annotations

import datetime
import re

_JEKYLL_STEM = re.compile(r"^(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.+)$")


def read_file_name(stem: str) -> tuple[str, datetime.date | None]:
    """The title that a file's stem makes, and the day in front of a Jekyll post's."""
    name = stem.removeprefix("@")
    match = _JEKYLL_STEM.match(name)
    if match is None:
        return name.replace("_", " ").strip() or stem, None
    title = match["slug"].replace("-", " ").replace("_", " ").strip()
    return title[:1].upper() + title[1:], _date(match["date"])


def _date(written: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None
