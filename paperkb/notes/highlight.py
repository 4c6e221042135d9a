"""Code → HTML with Pygments' classes, at build time. Colours are the stylesheet's business."""

from __future__ import annotations

import html
from functools import lru_cache
from typing import Any

MAX_HIGHLIGHTED = 100_000
"""Characters; longer blocks are shown plain, since highlighting costs about 8 ms a kilobyte."""


def highlight(code: str, language: str) -> str:
    """A ``<pre>`` with the code; plain where the language is unknown or is a diagram's."""
    body = _tokens(code, language) if language and len(code) <= MAX_HIGHLIGHTED else None
    label = f' data-language="{html.escape(language)}"' if language else ""
    return f'<pre class="code"{label} tabindex="0"><code>{body or html.escape(code)}</code></pre>\n'


def _tokens(code: str, language: str) -> str | None:
    import pygments  # noqa: PLC0415 - only notes with code pay for it

    lexer = _lexer(language)
    return None if lexer is None else pygments.highlight(code, lexer, _formatter())


@lru_cache(maxsize=64)
def _lexer(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - likewise
    from pygments.util import ClassNotFound  # noqa: PLC0415 - likewise

    try:
        return get_lexer_by_name(language.casefold(), stripnl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=1)
def _formatter() -> Any:
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415 - likewise

    return HtmlFormatter(nowrap=True)
