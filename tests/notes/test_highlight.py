"""Code → HTML with classes."""

from __future__ import annotations

import pytest

from paperkb.notes.highlight import MAX_HIGHLIGHTED, highlight


def test_a_known_language_has_classes() -> None:
    made = highlight("def f(): pass\n", "Python")
    assert made.startswith('<pre class="code" data-language="Python" tabindex="0"><code>')
    assert '<span class="k">def</span>' in made


@pytest.mark.parametrize("language", ["", "nolanguage", "mermaid-x", '"><script>'])
def test_an_unknown_language_is_plain(language: str) -> None:
    made = highlight("a <b>\n", language)
    assert "<code>a &lt;b&gt;\n</code>" in made
    assert "<script>" not in made


def test_leading_lines_and_spaces_stay() -> None:
    assert "<code>\n  x" in highlight("\n  x", "text")


def test_endless_code_is_plain() -> None:
    assert "<span" not in highlight("x = 1\n" * MAX_HIGHLIGHTED, "python")


def test_empty_code() -> None:
    assert "<span" not in highlight("", "python")
    assert highlight("", "").endswith("<code></code></pre>\n")
