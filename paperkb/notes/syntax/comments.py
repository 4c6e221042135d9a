"""``%% private remarks %%`` and ``<!-- HTML comments -->``: kept in the note, shown nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mistune import BlockParser, BlockState, InlineParser, InlineState, Markdown

_CLOSING = {"%%": "%%", "<!--": "-->"}
_OPENING = re.compile("%%|<!--|`+")
_OPENING_MARK = re.compile("%%|<!--")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_NOT_LINE_END = re.compile(r"[^\n]")
# `<!-->` is a whole comment already; the rules for raw HTML know it.
_BLOCK = r"^ {0,3}(?P<comment_mark>%%|<!--(?!-?>))"
_INLINE = r"%%(?:(?!%%)[\s\S])*%%"


def find_comments(text: str) -> Iterator[tuple[int, int]]:
    """Where each comment starts and ends. One that never closes is none, nor is one in code."""
    if "%%" not in text and "<!--" not in text:
        return
    position = 0
    unclosed: set[str] = set()
    code_ends = _code_ends(text) if "`" in text else {}
    for opening in _OPENING.finditer(text):
        closing = _CLOSING.get(opening[0], "")
        if not closing:
            if opening.start() >= position:
                position = code_ends.get(opening.start(), position)
            continue
        if opening.start() < position or closing in unclosed:
            continue
        close = text.find(closing, opening.end())
        if close < 0:  # looked for once: thousands of openings must not cost thousands of searches
            unclosed.add(closing)
            continue
        position = close + len(closing)
        yield opening.start(), position


def _code_ends(text: str) -> dict[int, int]:
    """Start → end of what may be code: up to the next run of as many backticks in the paragraph."""
    ends: dict[int, int] = {}
    following: dict[int, int] = {}
    for run in reversed(list(re.finditer(r"`+|\n[ \t]*\n", text))):
        if run[0][0] == "\n":
            following.clear()
        else:
            length = len(run[0])
            if length in following:
                ends[run.start()] = following[length]
            following[length] = run.end()
    return ends


def blank_comments(text: str, whole_lines: bool = False) -> str:
    """The text with spaces in place of comments: every other character keeps its place.

    With ``whole_lines``, a comment that runs over several lines takes all of each with it.
    """
    if not _OPENING_MARK.search(text):
        return text
    kept: list[str] = []
    position = 0
    for start, end in find_comments(text):
        if whole_lines and "\n" in text[start:end]:
            start = max(text.rfind("\n", 0, start) + 1, position)  # noqa: PLW2901 - widened
            line_end = text.find("\n", end)
            end = line_end if line_end >= 0 else len(text)  # noqa: PLW2901
        if end <= position:
            continue
        kept.append(text[position:start])
        kept.append(_NOT_LINE_END.sub(" ", text[start:end]))
        position = end
    return "".join(kept) + text[position:]


def blank_fences(text: str) -> str:
    """The text with spaces in place of fenced code."""
    if "```" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark or fence:
            lines[number] = " " * len(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
    return "\n".join(lines)


def remove_spanning_comments(text: str) -> str:
    """The text without comments that begin within a line and end in another.

    Where that is another block, Markdown would show both halves. Line ends stay, so that every
    line keeps its number.
    """
    if not _OPENING_MARK.search(text):
        return text
    kept: list[str] = []
    position = 0
    for start, end in find_comments(blank_fences(text)):
        comment = text[start:end]
        line_start = text.rfind("\n", 0, start) + 1
        paragraph = max(text.rfind("\n\n", 0, start), 0)
        # LaTeX has comments of its own, which are the formula's.
        in_formula = text.count("$$", paragraph, start) % 2 == 1
        # At the start of a line, or of a quote's, the comment is a block of its own.
        if "\n" in comment and text[line_start:start].strip(" >") and not in_formula:
            kept += [text[position:start], "\n" * comment.count("\n")]
            position = end
    return "".join(kept) + text[position:]


def _parse_inline(_inline: InlineParser, match: re.Match[str], _state: InlineState) -> int:
    return match.end()


def _parse_block(_block: BlockParser, match: re.Match[str], state: BlockState) -> int | None:
    source, mark = state.src, match["comment_mark"]
    close = source.find(_CLOSING[mark], match.end())
    if close < 0 and mark == "%%":
        return None
    end = close + len(_CLOSING[mark]) if close >= 0 else len(source)
    line_end = source.find("\n", end)
    line_end = line_end if line_end >= 0 else len(source)
    if not source[end:line_end].strip():
        end = min(line_end + 1, len(source))
    elif "\n" not in source[match.start() : end]:
        return None  # a paragraph that begins with a comment
    else:
        end += len(source[end:line_end]) - len(source[end:line_end].lstrip())
    state.append_token({"type": "blank_line", "raw_source": source[match.start() : end]})
    return end


def comments(md: Markdown) -> None:
    """Register the syntax. (HTML comments inside a paragraph: see render.py.)"""
    md.inline.register("comment", _INLINE, _parse_inline, start_chars="%")
    md.block.register("block_comment", _BLOCK, _parse_block, before="list")
    for rules in (md.block.block_quote_rules, md.block.list_rules):
        md.block.insert_rule(rules, "block_comment", before="list")
