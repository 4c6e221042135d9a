"""What is HTML, and what only looks like it: ``x<y and z>w``, ``List<String>``, ``<your name>``.

A sanitiser drops elements that it does not know, and with them the reader's prose. So what no
browser knows is text, shown as it was typed.
"""

from __future__ import annotations

import re

# No `title`, `textarea`, `xmp`, `plaintext`: no note means them, and they would swallow its rest.
_ELEMENTS = frozenset(
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big
    blink blockquote body br button canvas caption center cite code col colgroup data datalist dd
    del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
    frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd
    keygen label legend li link listing main map mark marquee math menu meta meter nav nobr noembed
    noframes noscript object ol optgroup option output p param picture portal pre progress q rb rp
    rt rtc ruby s samp script search section select slot small source spacer span strike strong
    style sub summary sup svg table tbody td template tfoot th thead time tr track tt u ul var video
    wbr""".split()
)
# What stands inside drawings; elsewhere `<mask>` or `<text>` is a word.
_IN_SVG = frozenset(
    """animate animatetransform circle clippath defs desc ellipse filter foreignobject g line
    lineargradient marker mask path pattern polygon polyline radialgradient rect stop symbol text
    textpath title tspan use""".split()
)
# The attributes that may stand without a value; any other bare word is prose.
_BARE_ATTRIBUTES = frozenset(
    """allowfullscreen async autofocus autoplay checked compact controls default defer disabled
    download hidden inert ismap itemscope loop multiple muted nohref noshade novalidate nowrap open
    playsinline readonly required reversed selected""".split()
)
_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_VALUES = re.compile(r"[^\s=\"'/]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"']+)|[\s/]+")
_WORD = re.compile(r"\S+")

WRITTEN_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?:[^<>\"]|\"[^\"]*\")*?(/?)>")
"""A tag of well-formed HTML: the sign that it ends an element, its name, and the sign that it is
both."""
_VOID = frozenset(("br", "hr", "img", "input", "col", "wbr", "source", "track"))


def escape_prose(raw: str) -> str:
    """Raw HTML in which every tag that is none is text."""
    in_svg = "<svg" in raw

    def shown(match: re.Match[str]) -> str:
        return match[0] if _is_html(match, in_svg) else "&lt;" + match[0][1:-1] + "&gt;"

    return _TAG.sub(shown, raw)


def strip_tags(text: str) -> str:
    """The text without its HTML tags; what only looks like one stays."""
    return _TAG.sub(lambda match: "" if _is_html(match) else match[0], text)


def is_void(tag: re.Match[str]) -> bool:
    """Whether a ``WRITTEN_TAG`` is an element by itself."""
    return bool(tag[3]) or tag[2].lower() in _VOID


def is_balanced(text: str) -> bool:
    """Whether every element that begins in a text ends in it, and the reverse."""
    open_tags: list[str] = []
    for tag in WRITTEN_TAG.finditer(text):
        name = tag[2].lower()
        if is_void(tag):
            continue
        if not tag[1]:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags


def _is_html(match: re.Match[str], in_svg: bool = False) -> bool:
    name = match["name"].casefold()
    if name not in _ELEMENTS and not (in_svg and name in _IN_SVG):
        return False
    bare = _WORD.findall(_VALUES.sub(" ", match["rest"]))
    return all(word.casefold() in _BARE_ATTRIBUTES for word in bare)
