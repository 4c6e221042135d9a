"""The anchors of headings."""

from __future__ import annotations

import re

_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]+")


def slug(text: str) -> str:
    """The anchor of a heading, as GitHub forms it: lower case, hyphens, letters of any script."""
    return re.sub(r" +", "-", _NOT_IN_ANCHOR.sub("", text).strip().casefold())
