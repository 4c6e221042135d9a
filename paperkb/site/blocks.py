"""The blocks of a body: what stands on its top level, and the part below one heading.

Bodies are well-formed HTML: our renderer's, or nh3's. What is not anyhow gives no blocks.
"""

from __future__ import annotations

import html
import re

from paperkb.notes.html_tags import WRITTEN_TAG, is_balanced, is_void

_HEADING = re.compile(r'<h([1-6])(?: [^>]*?id="([^"]*)")?')


def blocks(body: str) -> list[str]:
    """The elements on the top level, in order; nothing if the tags do not match."""
    if not is_balanced(body):
        return []
    found, depth, start = [], 0, 0
    for tag in WRITTEN_TAG.finditer(body):
        if not is_void(tag):
            depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(body[start : tag.end()].strip())
            start = tag.end()
    return found


def section(body: str, anchor: str) -> list[str]:
    """The blocks below the heading with this id, without it, up to the next heading as high; or
    the one block that has the id in it."""
    found = blocks(body)
    for place, block in enumerate(found):
        heading = _HEADING.match(block)
        if heading and html.unescape(heading[2] or "") == anchor:
            below = found[place + 1 :]
            levels = [_HEADING.match(one) for one in below]
            ends = (i for i, one in enumerate(levels) if one and one[1] <= heading[1])
            return below[: next(ends, len(below))]
    wanted = f'id="{html.escape(anchor)}"'
    return [block for block in found if wanted in block][:1]


def first_blocks(found: list[str], most: int) -> tuple[list[str], bool]:
    """Blocks up to about ``most`` characters, at least one; and whether that is all of them."""
    total = 0
    for place, block in enumerate(found):
        total += len(block)
        if total > most and place:
            return found[:place], False
    return found, True
