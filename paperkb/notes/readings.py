"""What every dialect gives back, and how links look in the lines that it reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from paperkb.identifiers import find_identifier
from paperkb.notes.yaml_text import RawField


@dataclass(frozen=True, slots=True)
class Reading:
    """What a dialect found. ``lines`` (from 0) hold metadata and nothing else; ``hashtags`` are
    tags on those lines, with line (from 0) and column (from 1)."""

    fields: tuple[RawField, ...] = ()
    lines: frozenset[int] = frozenset()
    hashtags: tuple[tuple[str, int, int], ...] = ()


Dialect = Callable[[list[str]], Reading]

LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<url>[^()\s]*(?:\([^()]*\)[^()\s]*)*)\)"
)
LINK_FIELDS = {
    "paper": "url", "abs": "url", "arxiv": "url", "link": "url", "url": "url", "abstract": "url",
    "pdf": "pdf", "code": "code", "github": "code", "implementation": "code", "repo": "code",
}  # fmt: skip
"""What a link leads to, by its folded text."""


PAPER_LABEL = re.compile(
    r"(?i)(?:link to |link |url of )?(?:the |this )?(?:original |research |full )?"
    r"(?:paper|arxiv|article|preprint|publication)(?: link| url| page)?|link|url|source|abstract"
)
"""What a link to the paper of a note is called."""
_GENERIC = re.compile(
    r"(?i)here|pdf|html|doi|abs|website|web ?page|(?:this|that|same) (?:one|work)"
)


def is_generic(label: str) -> bool:
    """Whether the text of a link would do for any paper, and is the name of none."""
    text = " ".join(label.strip("*_:()[].,; ").split())
    return not text or any(known.fullmatch(text) for known in (PAPER_LABEL, _GENERIC))


def folded_label(text: str) -> str:
    """A link's text without its icons and marks."""
    return re.sub(r"\W", "", text).casefold()


def unlinked(text: str) -> str:
    """Links replaced by their text, or, for an address that is its own text, by the address."""
    whole = LINK.fullmatch(text.strip())
    if whole and find_identifier(whole["url"]) and whole["text"].strip() == whole["url"].strip():
        return whole["url"]
    return LINK.sub(lambda match: match["text"], text)
