"""Obsidian's callouts: ``> [!note] Title``, folded with ``-``, unfolded with ``+``."""

from __future__ import annotations

import re
from typing import Any

from mistune import BlockState, Markdown

_HEAD = re.compile(r"\[!(?P<type>[\w-]+)(?:\|[^\]]*)?\](?P<fold>[+-]?)[ \t]*(?P<title>[^\n]*)\n?")


def _rewrite(tokens: list[dict[str, Any]]) -> None:
    for token in tokens:
        children = token.get("children")
        if not children:
            continue
        if token["type"] == "block_quote":
            _rewrite_quote(token, children)
        _rewrite(token["children"])


def _rewrite_quote(token: dict[str, Any], children: list[dict[str, Any]]) -> None:
    first = next((child for child in children if child["type"] != "blank_line"), None)
    head = _HEAD.match(first["text"]) if first and first["type"] == "paragraph" else None
    if first is None or head is None:
        return
    kind = head["type"].casefold()
    title = {"type": "callout_title", "text": head["title"].strip() or kind.capitalize()}
    rest = first["text"][head.end() :]
    body = [child for child in children if child is not first]
    if rest.strip():
        body.insert(0, {"type": "paragraph", "text": rest})
    token["type"] = "callout"
    token["kind"], token["fold"] = kind, head["fold"]
    token["children"] = [title, *body]


def callouts(md: Markdown) -> None:
    """Register the syntax: quotes are rewritten once the blocks are known."""

    def hook(_md: Markdown, state: BlockState) -> None:
        _rewrite(state.tokens)

    md.before_render_hooks.append(hook)
