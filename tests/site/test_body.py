"""The last touches on a body."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.site.body import finish
from paperkb.site.words import Words

WORDS = Words(Path(), "en")


def test_headings_begin_right_below_the_title() -> None:
    assert finish('<h4 id="a">A</h4><h5>B</h5><h4>C</h4>', WORDS) == (
        '<h2 id="a">A</h2><h3>B</h3><h2>C</h2>'
    )
    assert finish("<h2>A</h2><h4>B</h4>", WORDS) == "<h2>A</h2><h4>B</h4>"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Claim", "Claim"),
        (
            "What <em>they</em> do",
            'What <em>they</em> do <span class="callout-kind">Claim</span>',
        ),
    ],
)
def test_a_callout_always_says_its_kind(title: str, shown: str) -> None:
    body = '<div class="callout" data-callout="claim"><p class="callout-title">{}</p>\n</div>'
    assert finish(body.format(title), WORDS) == body.format(shown)


def test_kinds_are_called_in_the_language_of_the_site(tmp_path: Path) -> None:
    german = Words(tmp_path, "de")
    body = '<div class="callout" data-callout="{}"><p class="callout-title">{}</p>\n</div>'
    for kind, title, shown in [
        ("claim", "Claim", "Behauptung"),
        ("claim", "What they do", 'What they do <span class="callout-kind">Behauptung</span>'),
        ("todo", "Todo", "Offen"),
        ("tldr", "Tldr", "TL;DR"),
        ("recipe", "Recipe", "Recipe"),
    ]:
        assert finish(body.format(kind, title), german) == body.format(kind, shown)
    task = '<li><input class="task-list-item-checkbox" type="checkbox" disabled/>x</li>'
    assert 'aria-label="Offen"' in finish(task, german)


def test_questions_open_to_their_answers() -> None:
    assert finish("<p>Why? :: Because.\nReally.\nWhen? :: Now.</p>", WORDS) == (
        '<details class="flashcard"><summary>Why?</summary><p>Because.\nReally.</p></details>\n'
        '<details class="flashcard"><summary>When?</summary><p>Now.</p></details>'
    )


@pytest.mark.parametrize(
    "text",
    ["<p>In <code>f :: Int</code> code</p>", "<p>first line\nWhy? :: x</p>", "<pre>a :: b</pre>"],
)
def test_other_uses_of_the_sign_stay(text: str) -> None:
    assert finish(text, WORDS) == text


def test_tasks_have_names() -> None:
    box = '<input class="task-list-item-checkbox" type="checkbox" disabled{}/>'
    assert 'aria-label="To do"/>' in finish(box.format(""), WORDS)
    assert 'aria-label="Done"/>' in finish(box.format(" checked"), WORDS)


def test_a_picture_in_a_link_is_no_second_link() -> None:
    zoom = '<a class="zoom" href="f.png"><img src="f.png" alt=""></a>'
    assert finish(f'<a href="x">{zoom} {zoom}</a> {zoom}', WORDS) == (
        '<a href="x"><img src="f.png" alt=""> <img src="f.png" alt=""></a> ' + zoom
    )
