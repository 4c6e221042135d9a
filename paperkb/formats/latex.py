"""LaTeX as it stands in bibliographies → plain text. Math stays LaTeX: notes and pages typeset it.

The decoding is pylatexenc's, by way of bibtexparser. It treats text as a document, though, so a
bare ``%`` would swallow the rest of a title: such signs are escaped first. What it cannot decode
stays as it was written, without braces.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bibtexparser.middlewares import LatexDecodingMiddleware

# Decoding takes 0.1 ms a text and more, so it is kept for texts that have something to decode.
_WORTH_DECODING = re.compile(r"[\\$~]|--|``|''")
_LONGEST = 50_000  # characters; no abstract comes near
_DEEPEST = 50  # braces in braces; pylatexenc calls itself for each

_MATH = re.compile(r"((?<!\\)\$[^$]*(?<!\\)\$|\\\(.*?\\\))", re.DOTALL)
_BARE_SIGN = re.compile(r"(?<!\\)([%&])")
# Commands whose argument is not text: \noopsort{1973a} is there for sorting alone.
_UNSEEN = re.compile(
    r"\\(?:noopsort|SortNoop|cite[a-z]*|label|input|include(?:graphics)?)\s*{[^{}]*}"
)
_HREF = re.compile(r"\\href\s*{[^{}]*}")


def plain_text(latex: str) -> str:
    """The text in one line, without braces and commands."""
    return _decoded(latex, keep_braces=False)


def braced_text(latex: str) -> str:
    """The text in one line, with the braces that hold several characters together, as in names."""
    return _decoded(latex, keep_braces=True)


def plain_address(latex: str) -> str:
    r"""An address or id without LaTeX's escapes: ``10.1007/978\_22`` → ``10.1007/978_22``."""
    latex = re.sub(r"\\url\s*", "", latex)
    latex = re.sub(r"\\textasciitilde(?:{}|\s|$)|\\~(?:{})?|\\sim\b", "~", latex)
    return re.sub(r"\\([_%&#$])", r"\1", latex).translate(_NO_BRACES).strip()


_NO_BRACES = str.maketrans("", "", "{}")


def _decoded(latex: str, *, keep_braces: bool) -> str:
    if "\\" in latex:
        latex = _HREF.sub("", _UNSEEN.sub("", latex))
    text: str | None = None
    if _WORTH_DECODING.search(latex):
        text = _run_decoder(latex, keep_braces)  # the braces left in it are math's, or meant
        keep_braces = keep_braces and text is not None
    if not (text and text.strip()):
        text = latex if keep_braces else latex.translate(_NO_BRACES)
    return " ".join(text.split())


def _run_decoder(latex: str, keep_braces: bool) -> str | None:
    from bibtexparser.library import Library  # noqa: PLC0415 - see bibtex.py
    from bibtexparser.model import Entry, Field  # noqa: PLC0415 - see bibtex.py

    if len(latex) > _LONGEST or _depth(latex) > _DEEPEST:
        return None
    parts = _MATH.split(latex)
    parts[::2] = (_BARE_SIGN.sub(r"\\\1", part) for part in parts[::2])
    parts[1::2] = (f"${part[2:-2]}$" if part[0] != "$" else part for part in parts[1::2])
    field = Field("text", "".join(parts))
    block = _decoder(keep_braces).transform_entry(Entry("misc", "", [field]), Library())
    return str(field.value) if isinstance(block, Entry) else None


def _depth(text: str) -> int:
    depth = deepest = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest


@cache
def _decoder(keep_braces: bool) -> LatexDecodingMiddleware:
    from bibtexparser.middlewares import LatexDecodingMiddleware  # noqa: PLC0415 - see bibtex.py

    # It warns of every odd command on stderr; what it makes of it is all that matters here.
    logging.getLogger("pylatexenc").addHandler(logging.NullHandler())
    return LatexDecodingMiddleware(keep_braced_groups=keep_braces)
