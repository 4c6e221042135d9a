"""MathML → one line of text: ``<msub><mi>x</mi><mi>t</mi></msub>`` → x_t.

For a note's text as search shows it, where the formula is there as math-core made it, and its
LaTeX is not. Of LaTeX, ``plain_tex.py`` does the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+)(?P<more>[^<>]*?)(?P<empty>/?)>|(?P<text>[^<>]+)")
_SCRIPTS = {
    "msub": "_", "msup": "^", "munder": "_", "mover": "^", "msubsup": "_^", "munderover": "_^",
    "mfrac": "/",
}  # fmt: skip
"""Elements whose parts are joined by signs."""
_SPACED = frozenset((*"=≠≈≡∼≤≥→←∈⊂∣+−×·", "&lt;", "&gt;"))
"""Signs with spaces around them."""
_UNSEEN = frozenset(("&ApplyFunction;", "\u2061"))
_LIMITS = frozenset(("munder", "mover", "munderover"))


@lru_cache(maxsize=4096)  # the same few signs stand in many notes
def mathml_text(math: str) -> str:
    """The text of a ``<math>`` element, still escaped as HTML."""
    open_: list[list[str]] = [[]]
    is_tight = False
    for piece in _PIECE.finditer(math):
        if piece["text"]:
            open_[-1].append(piece["text"])
        elif piece["empty"]:
            open_[-1].append(" " if piece["name"] == "mspace" else "")
        elif not piece["end"]:
            open_.append([])
            is_tight = 'lspace="0"' in piece["more"]
        elif len(open_) > 1:
            parts = open_.pop()
            name = "sign" if is_tight and piece["name"] == "mo" else piece["name"]
            open_[-1].append(_element(name, parts))
    return " ".join("".join(open_[0]).split())


def _element(name: str, parts: list[str]) -> str:
    text = "".join(parts)
    if name == "mo":
        sign = text.strip()
        if sign in _UNSEEN:
            return " "
        return f" {sign} " if sign in _SPACED else sign
    if name in _SCRIPTS and parts:
        first, *others = parts
        signs = zip(_SCRIPTS[name], others, strict=False)
        base = _grouped(first) if name == "mfrac" else first
        made = base + "".join(sign + _grouped(other) for sign, other in signs)
        return f"{made} " if name in _LIMITS else made
    if name in ("msqrt", "mroot"):
        return f"√{_grouped(parts[0] if name == 'mroot' and parts else text)}"
    if name in ("mtd", "mtr"):
        return f"{text} " if name == "mtd" else f"{text.strip()}; "
    return text.strip("; ") if name == "mtable" else text


def _grouped(text: str) -> str:
    """A part of several signs, in parentheses."""
    text = text.strip()
    return text if len(text) < 2 or text.isalnum() or text[:1] == "&" else f"({text})"
