"""LaTeX → MathML with math-core, which says loudly what it cannot do."""

from __future__ import annotations

import colorsys
import html
import re
from functools import lru_cache

from math_core import LatexError, LatexToMathML

Macros = tuple[tuple[str, str], ...]

MAX_LENGTH = 20_000
"""Characters of one formula; no honest one is longer."""

_COMMON = {
    **dict.fromkeys(("mbox", "hbox", "textnormal", "textup"), r"\text{#1}"),
    **dict.fromkeys(("mathbbm", "mathds"), r"\mathbb{#1}"),
    **dict.fromkeys(("nicefrac", "sfrac"), r"\tfrac{#1}{#2}"),
    **dict.fromkeys(("ensuremath", "smash"), "{#1}"),
    "emph": r"\textit{#1}",
    "pmb": r"\boldsymbol{#1}",
    "hdots": r"\ldots",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
}
"""Commands that math-core does not know, by those that it does. A vault's macros go before them."""

_ENVIRONMENTS = {
    "split": "aligned", "alignedat": "aligned", "smallmatrix": "matrix",
    "alignat": "align", "flalign": "align", "alignat*": "align*", "flalign*": "align*",
}  # fmt: skip
_ENVIRONMENT = re.compile(
    r"\\(?P<end>begin|end)\{(?P<name>split|smallmatrix|(?:alignat|flalign)\*?|alignedat)\}"
    r"(?:\s*\{\d+\})?"
)
_EQNARRAY = re.compile(r"\\(begin|end)\{eqnarray\*?\}")
_WORDS = re.compile(r"\\(text[a-z]*|[mh]box)\s*\{([^{}$]*(?:\$[^{}$]*\$[^{}$]*)+)\}")
_ANGLE = re.compile(r"(\\left|\\right|\\middle)\s*([<>])")
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")

# math-core numbers equations only inside numbered environments; `$$ … \\tag{1} $$` is common.
_TAG = re.compile(r"\\tag(?P<star>\*?)\s*\{(?P<text>[^{}]*)\}")

_STYLED = re.compile(r"<(?P<before>[a-z]+[^<>]*?) style=\"(?P<style>[^\"]*)\"(?P<after>[^<>]*)>")

_BASE_OF_SCRIPT = re.compile(r"<(msub|msup|msubsup)>(<mo [^<>]*minsize[^<>]*>[^<>]*</mo>)")

_SHOWN = ("text-align", "width", "padding-left", "padding-right", "padding-top", "padding-bottom",
          "border-left", "border-right", "border-top", "font-variant-caps")  # fmt: skip
"""Properties of math-core's styles; the rule for ``text-align`` says ``justify-items`` too."""
_LENGTH = re.compile(r"(?P<number>-?\d+(?:\.\d+)?)(?P<unit>r?em|ex)")
_EIGHTEENTHS = {"em": 18, "rem": 18, "ex": 8}
"""Of an em, in a unit of math-core's lengths."""
_BACK = (3, 4, 5, 18, 36)
"""Spaces that go back, in eighteenths of an em."""
_COLOR = re.compile("#[0-9a-f]{6}")
_HUES = (
    (0.08, "red"),
    (0.2, "orange"),
    (0.5, "green"),
    (0.72, "blue"),
    (0.92, "purple"),
    (1, "red"),
)


class MathError(ValueError):
    """A formula that cannot be shown; the text says why."""


@lru_cache(maxsize=8)
def _converter(macros: Macros) -> LatexToMathML:
    return LatexToMathML(
        macros={**_COMMON, **dict(macros)}, fancy_error=False, allow_unreliable_rendering=True
    )


def to_mathml(tex: str, display: bool, macros: Macros = ()) -> str:
    """The ``<math>`` element of a formula.

    Raises:
        MathError: LaTeX that math-core does not know, in its own words.
    """
    if len(tex) > MAX_LENGTH:
        raise MathError(f"it is longer than {MAX_LENGTH} characters")
    tex = _known(_tagged(tex.strip()))
    try:
        made = _converter(macros).convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        why = re.sub(r"^\d+: ", "", str(error).split("\n", 1)[0])
        raise MathError(why) from error
    if "minsize" in made:  # alone as a base, a browser sets it too low
        made = _BASE_OF_SCRIPT.sub(r"<\1><mrow>\2</mrow>", made)
    return _STYLED.sub(_classed, made)


def _known(tex: str) -> str:
    """A formula in the constructs that math-core knows, of the same look."""
    if "\\begin" in tex:
        tex = _ENVIRONMENT.sub(lambda m: rf"\{m['end']}{{{_ENVIRONMENTS[m['name']]}}}", tex)
        tex = _EQNARRAY.sub(lambda m: rf"\{m[1]}{{array}}" + "{rcl}" * (m[1] == "begin"), tex)
    if "$" in tex:  # a formula within words
        tex = _WORDS.sub(_apart, tex)
    if "\\label" in tex:  # nothing on the page refers to a number
        tex = _LABEL.sub("", tex)
    return _ANGLE.sub(lambda m: rf"{m[1]}\{'l' if m[2] == '<' else 'r'}angle ", tex)


def _apart(match: re.Match[str]) -> str:
    r"""``\text{if $x$ is}`` as words, a formula, and words, which math-core takes."""
    pieces = enumerate(match[2].split("$"))
    return "".join(f"{{{s}}}" if n % 2 else rf"\{match[1]}{{{s}}}" for n, s in pieces if s)


def _classed(match: re.Match[str]) -> str:
    """Inline styles as classes, which a strict Content-Security-Policy allows: note.css has a rule
    for each."""
    names = " ".join(filter(None, map(_class, match["style"].split(";"))))
    before, after = match["before"], match["after"]
    if names and 'class="' in before + after:
        tag = f"{before}{after}".replace('class="', f'class="{names} ', 1)
        return f"<{tag}>"
    return f'<{before} class="{names}"{after}>' if names else f"<{before}{after}>"


def _class(declaration: str) -> str:
    """``text-align: right`` becomes ``m-text-align-right``; empty for what has no effect here."""
    name, _, value = (part.strip().lower() for part in declaration.partition(":"))
    if name == "color":
        return _hue(value)
    if name == "margin-left":  # a space that goes back: by eighteenths of an em, as TeX counts
        return _back(value)
    if name not in _SHOWN:
        return ""
    return "m-" + re.sub(r"[^a-z0-9]+", "-", f"{name}-{value}").strip("-")


def _back(length: str) -> str:
    """The nearest of the spaces for which there is a rule."""
    found = _LENGTH.fullmatch(length)
    if found is None:
        return ""
    wanted = -float(found["number"]) * _EIGHTEENTHS[found["unit"]]
    return f"m-back-{min(_BACK, key=lambda known: abs(known - wanted))}"


def _hue(color: str) -> str:
    """A colour by the name of its hue, for which each theme has one that can be read; empty for
    black, white and grey."""
    if not _COLOR.fullmatch(color):
        return ""
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.2:
        return ""
    return f"m-{next(name for end, name in _HUES if hue <= end)}"


def _tagged(tex: str) -> str:
    """A formula with its tag after it, wherever it is written; in rows, after its row."""
    if "\\tag" not in tex:
        return tex
    if "\\begin" in tex:
        return _TAG.sub(_shown_tag, tex)
    return _TAG.sub("", tex) + "".join(map(_shown_tag, _TAG.finditer(tex)))


def _shown_tag(match: re.Match[str]) -> str:
    text = match["text"] if match["star"] else f"({match['text']})"
    return rf"\qquad\text{{{text}}}"


def source(tex: str, display: bool) -> str:
    """A formula that failed, shown as it is written."""
    mark = "$$" if display else "$"
    return _as_written(f"{mark}{tex}{mark}")


def unclosed(tex: str) -> str:
    """A display formula without an end, shown as it is written."""
    return _as_written(f"$${tex}")


def _as_written(text: str) -> str:
    return f'<code class="math-source">{html.escape(text)}</code>'
