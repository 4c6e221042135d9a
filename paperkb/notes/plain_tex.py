r"""A formula as text: ``\frac{1}{N} \sum_i x_i`` → 1/N∑_i x_i.

For where a formula cannot be typeset: the sentence around a link, a title, a heading's anchor.
What the commands look like in Unicode is pylatexenc's knowledge.
"""

from __future__ import annotations

import logging
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_LONGEST = 1_000  # characters: a sentence holds no longer formula
_DEEPEST = 50  # braces in braces; pylatexenc calls itself for each
_FORMULA = re.compile(r"\$(?=[^$]*[\\{])([^\s$](?:[^$]*[^\s$])?)\$(?!\d)")
# What pylatexenc leaves out, by what it knows.
_NORM = re.compile(r"\\(?:\||[lr]?Vert\b)")
_UPRIGHT = re.compile(r"\\(?:texttt|textsf|[mh]box|operatorname)\*?(?=\s*\{)")


def formulas_as_text(sentence: str) -> str:
    """A sentence that keeps its formulas (``sentences.py``), for who can show text only."""
    return _FORMULA.sub(lambda match: plain_tex(match[1]), sentence)


@lru_cache(maxsize=4096)
def plain_tex(tex: str) -> str:
    """The formula in one line; as it is written where nothing of it can be told in text."""
    tex = " ".join(tex.split())
    if not re.search(r"[\\{}]", tex) or len(tex) > _LONGEST or tex.count("{") > _DEEPEST:
        return tex
    known = _UPRIGHT.sub(r"\\text", _NORM.sub("‖", tex))
    try:
        made = _decoder().latex_to_text(known, tolerant_parsing=True)
    except Exception:  # noqa: BLE001 - a command without its argument fails in many ways
        return tex
    made = " ".join(made.split())
    unfilled = "%s" in made  # a command's pattern, for an argument that is not there
    return made if made and not unfilled else tex


@cache
def _decoder() -> LatexNodes2Text:
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - few notes need it

    # It warns of every odd command on stderr; what it makes of it is all that matters here.
    logging.getLogger("pylatexenc").addHandler(logging.NullHandler())
    return LatexNodes2Text(
        math_mode="text", keep_comments=True, strict_latex_spaces="based-on-source"
    )
