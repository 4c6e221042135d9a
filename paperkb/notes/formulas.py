"""Formulas in text that is no Markdown: titles, summaries and abstracts from fields, as arXiv has
them. All else in them stays as it is written."""

from __future__ import annotations

import html
import re

from paperkb.notes.mathml import Macros, MathError, to_mathml
from paperkb.notes.plain_tex import plain_tex
from paperkb.notes.syntax.math import INLINE


def with_formulas(text: str, macros: Macros = ()) -> str:
    """A text as HTML, its formulas as MathML. One that cannot be shown stays as it is written: it
    is not the reader's, as one in a note is."""
    made, end = [], 0
    for match in INLINE.finditer(text):
        made.append(html.escape(text[end : match.start()]))
        made.append(_formula(match, macros))
        end = match.end()
    return "".join((*made, html.escape(text[end:])))


def formulas_told(text: str) -> str:
    """The same text where no MathML can stand: its formulas are told in signs."""
    return INLINE.sub(lambda match: plain_tex(_tex(match)), text) if "$" in text else text


def _tex(match: re.Match[str]) -> str:
    tex: str = match["display_math_text"] or match["ticked_math_text"] or match["inline_math_text"]
    return tex


def _formula(match: re.Match[str], macros: Macros) -> str:
    try:  # in a line always: it stands among words
        return to_mathml(_tex(match), False, macros)
    except MathError:
        return html.escape(match[0])
