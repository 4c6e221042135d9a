"""Citation keys for new notes: ``{family}{year}{word}``, unique in the vault."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count, product
from string import Formatter, ascii_lowercase

from paperkb.config import ConfigError
from paperkb.model import Work

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
_SUFFIX = re.compile(r",?\s+(?:Jr\.?|Sr\.?|II|III|IV)$")
_STOP_WORDS = frozenset(
    """a an the on of for in to and or with by from at is are as via do does how what why when can
    be it its towards toward using""".split()
)
_FIELDS = ("family", "given", "year", "word", "title", "arxiv")


def citation_key(work: Work, pattern: str, taken: Collection[str]) -> str:
    """A key for a work that is none of ``taken`` (folded keys).

    A collision gets a letter: ``he2016deep``, ``he2016deepa``.

    Raises:
        ConfigError: the pattern names something that works do not have, or makes an empty key.
    """
    base = _filled(work, pattern)
    if base.casefold() not in taken:
        return base
    letters = ("".join(some) for size in count(1) for some in product(ascii_lowercase, repeat=size))
    return next(key for letter in letters if (key := base + letter).casefold() not in taken)


def check_pattern(pattern: str) -> None:
    """See that a pattern can be filled.

    Raises:
        ConfigError: it names something that works do not have, or is not well formed.
    """
    try:
        names = [name for _, name, _, _ in Formatter().parse(pattern)]
        unknown = [name for name in names if name not in (None, *_FIELDS)]
        if not unknown:
            pattern.format(**dict.fromkeys(_FIELDS, ""))
    except (ValueError, LookupError) as error:  # `{year:d}`: all fields are texts
        raise ConfigError(f"[new] key_pattern {pattern!r}: {error}") from error
    if unknown:
        raise ConfigError(
            f"[new] key_pattern has no field {{{unknown[0]}}}; it has "
            + ", ".join(f"{{{name}}}" for name in _FIELDS)
        )


def _filled(work: Work, pattern: str) -> str:
    check_pattern(pattern)
    first = work.authors[0] if work.authors else None
    words = [word for word in re.findall(r"[^\W_]+(?:'[a-z]+)?", work.title) if word]
    significant = [word for word in words if word.casefold() not in _STOP_WORDS]
    values = {
        "family": _plain(_SUFFIX.sub("", first.family)) if first else "anonymous",
        "given": _plain(first.given) if first else "",
        "year": str(work.year or ""),
        "word": _plain((significant or words or ["untitled"])[0]),
        "title": "-".join(_plain(word) for word in words),
        "arxiv": (work.arxiv or "").replace("/", "-"),
    }
    key = re.sub(r"[\s/\\:*?\"<>|#^\[\]%]+", "-", pattern.format(**values)).strip("-. ")[:100]
    if not key:
        raise ConfigError(f"[new] key_pattern {pattern!r} makes an empty key for «{work.title}»")
    return key


def _plain(text: str) -> str:
    """Lower-case letters and digits; accents go, scripts that have no Latin form stay."""
    folded = text.casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", folded)
    letters = "".join(char for char in decomposed if char.isalnum())
    return unicodedata.normalize("NFC", letters)
