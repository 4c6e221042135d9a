"""``[^1]`` and ``[^1]: text``. mistune's plugin, which drops definitions that nothing refers to:
here they are kept, at the end, since no word of a note may vanish.
"""

from __future__ import annotations

from typing import Any

from mistune import BlockState, Markdown
from mistune.plugins import footnotes as mistune_footnotes

REFERRED = "paperkb_referred_footnotes"
"""Key in a parse's environment: how many footnotes something refers to; they come first."""


def _keep_unreferenced(_md: Markdown, result: Any, state: BlockState) -> Any:
    referred: list[str] = state.env.get("footnotes") or []
    state.env[REFERRED] = len(referred)
    defined = state.env.get("ref_footnotes") or {}
    rest = [key for key in defined if key not in referred]
    if rest:
        state.env["footnotes"] = [*referred, *rest]
    return result


def footnotes(md: Markdown) -> None:
    """Register the syntax."""
    md.after_render_hooks.append(_keep_unreferenced)
    mistune_footnotes.footnotes(md)
