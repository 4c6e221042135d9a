"""LaTeX → MathML with math-core, which says loudly what it cannot do."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from math_core import LatexError, LatexToMathML

Macros = tuple[tuple[str, str], ...]

MAX_LENGTH = 20_000
"""Characters of one formula; no honest one is longer."""


# math-core numbers equations only inside numbered environments; `$$ … \\tag{1} $$` is common.
_TAG = re.compile(r"\\tag(?P<star>\*?)\s*\{(?P<text>[^{}]*)\}")

_STYLED = re.compile(r"<(?P<before>[a-z]+[^<>]*?) style=\"(?P<style>[^\"]*)\"(?P<after>[^<>]*)>")


class MathError(ValueError):
    """A formula that cannot be shown; the text says why."""


@lru_cache(maxsize=8)
def _converter(macros: Macros) -> LatexToMathML:
    return LatexToMathML(macros=dict(macros), fancy_error=False, allow_unreliable_rendering=True)


def to_mathml(tex: str, display: bool, macros: Macros = ()) -> str:
    """The ``<math>`` element of a formula.

    Raises:
        MathError: LaTeX that math-core does not know, in its own words.
    """
    if len(tex) > MAX_LENGTH:
        raise MathError(f"it is longer than {MAX_LENGTH} characters")
    tex = _TAG.sub(_shown_tag, tex.strip())
    try:
        made = _converter(macros).convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        why = re.sub(r"^\d+: ", "", str(error).split("\n", 1)[0])
        raise MathError(why) from error
    return _STYLED.sub(_classed, made)


def _classed(match: re.Match[str]) -> str:
    """Inline styles as classes, which a strict Content-Security-Policy allows.

    ``text-align: right`` becomes ``m-text-align-right``; site.css has a rule for each.
    """
    names = " ".join(
        "m-" + re.sub(r"[^a-z0-9]+", "-", declaration.strip().lower()).strip("-")
        for declaration in match["style"].split(";")
        if declaration.strip()
    )
    before, after = match["before"], match["after"]
    if 'class="' in before + after:
        tag = f"{before}{after}".replace('class="', f'class="{names} ', 1)
        return f"<{tag}>"
    return f'<{before} class="{names}"{after}>'


def _shown_tag(match: re.Match[str]) -> str:
    text = match["text"] if match["star"] else f"({match['text']})"
    return rf"\qquad\text{{{text}}}"


def source(tex: str, display: bool) -> str:
    """A formula that failed, shown as it is written."""
    mark = "$$" if display else "$"
    return f'<code class="math-source">{html.escape(f"{mark}{tex}{mark}")}</code>'
