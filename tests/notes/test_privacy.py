"""What keeps a note private, in the front matter and in the body, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperkb.notes.parse import parse_note

TRUE, FALSE = ["true", "yes", "on", "1", "y"], ["false", "no", "off", "0", "n"]
FRONT = ["{}: {}", "{}: '{}'", "params: {{{}: {}}}"]
BODY = [
    "{}:: {}", "[{}:: {}]", "**{}:** {}", "**{}**: {}", "- **{}:** {}", "- __{}__: {}",
    "- {}:: {}", "  {}:: {}", "> {}:: {}", "({}:: {})", "Words ({}:: {}) and [[more]].",
    "* {}:: **{}**", '{}:: "{}"', "[{} :: {}]", "**{} **: {}", "Words [**{}**:: {}] more.",
]  # fmt: skip
ABOVE = ["", "# A title\n", "# A title\n\nA sentence that comes first, with its words.\n\n"]


@st.composite
def statements(draw: st.DrawFn, *, private: bool) -> tuple[str, str]:
    """A name and a value that say whether a note is for others."""
    name = draw(st.sampled_from(["private", "draft", "publish", "published"]))
    words = TRUE if private == (name in ("private", "draft")) else FALSE
    cases = st.sampled_from([str.lower, str.title, str.upper])
    return draw(cases)(name), draw(cases)(draw(st.sampled_from(words)))


@given(data=st.data(), private=st.booleans())
def test_private_is_private_wherever_and_however_it_is_said(
    data: st.DataObject, *, private: bool
) -> None:
    others = data.draw(st.lists(statements(private=False), max_size=3))
    said = [*others, data.draw(statements(private=True))] if private else others
    front, body = [], []
    for name, value in data.draw(st.permutations(said)):
        is_date = name.casefold() == "published"  # in a body
        form = data.draw(st.sampled_from(FRONT if is_date else [*FRONT, *BODY]))
        (front if form in FRONT else body).append(form.format(name, value))
    above = data.draw(st.sampled_from(ABOVE))
    text = "\n".join(["---", "title: T", *front, "---", f"{above}", *body, ""])
    assert parse_note(text.encode()).fields.private is private, text


@pytest.mark.parametrize(
    "text",
    [
        "title: A\nauthors: B C\ndraft: true\nyear: 2017\n",
        "title: A\nprivate: yes\n",
        "Draft | true\n---|---\nTitle | A\n",
        "# T\n\n- private:: perhaps\n",
        "| Draft | true |\n|---|---|\n| Title | A |\n",
        "| Title | A |\n|---|---|\n| **Private** | yes |\n",
        "---\ndraft: maybe\n---\n",
        "---\npublish: later\n---\n",
        "---\nextra: {publish: false}\n---\n",
    ],
)
def test_private_in_other_words(text: str) -> None:
    assert parse_note(text.encode()).fields.private


@pytest.mark.parametrize(
    "text",
    [
        "---\npublished:\ndraft:\npublish: ''\n---\n",
        "---\npublished: 2017-06-12\n---\n",
        "published::\n\ndraft::\n",
        "# T\n\nWords of a first sentence.\n\n**Published:**\n\n- in a journal\n",
        "# T\n\nA first sentence about the data sets.\n\nPrivate: yes\n",
        "# T\n\nA first sentence about the data sets.\n\n| Private | yes |\n|---|---|\n",
        "# T\n\n**Draft:** this is what I sent to them first\n",
        "# T\n\n```\nprivate:: true\n```\n",
        "# T\n\n    private:: true\n    draft:: true\n",
        "# T\n\nWrite `[private:: true]` to hide a note.\n",
        "# T\n\n- Private: 1\n- Public: 3\n\n| Private | 1 |\n|---|---|\n",
        "# T\n\n**Private:** each client keeps its data\n",
        "# T\n\nA first sentence about the paper.\n\n**Published:** no\n",
    ],
)
def test_what_says_no_such_thing_stays_public(text: str) -> None:
    assert not parse_note(text.encode()).fields.private


@pytest.mark.parametrize(
    "line",
    [
        "**Private:** each client keeps its data",
        "**Published:** in the proceedings of NeurIPS",
        "**Published:** 2018, as a journal paper",
        "**Draft:** this is what I sent",
    ],
)
def test_what_is_no_statement_is_shown(line: str) -> None:
    note = parse_note(f"---\ndate: 2017-06-12\n---\n# T\n{line}\n".encode())
    assert line.rpartition("*")[2].strip() in note.html
    assert (str(note.fields.work.date), note.problems) == ("2017-06-12", ())


@pytest.mark.parametrize("line", ["private:: false", "- draft:: no", "[publish:: true]"])
def test_what_says_that_a_note_is_public_is_metadata(line: str) -> None:
    note = parse_note(f"# T\n{line}\n\nWords.\n".encode())
    assert (note.fields.private, note.html, note.problems) == (False, "<p>Words.</p>\n", ())


@pytest.mark.parametrize(
    "front",
    [
        'title: A: b\n"private": true\n',
        "  title: A: b\n  private: true\n",
        "title: A: b\n'draft' : yes\n",
        "\ttitle: A\n\tprivate: true\n",
        "title: x\nprivate:true\n",
        "title: x\nprivate\uff1a true\n",
        "defaults: &d {private: true}\n<<: *d\n",
        "{title: A: b, private: true\n",
        "title: A: b\npublish: 'no'\n",
        "title: A: b\nprivate: perhaps\n",
        "a: &a [x, x]\nprivate: true\n" + "".join(
            f"{name}: &{name} [{', '.join([f'*{above}'] * 9)}]\n"
            for above, name in zip("abcdefg", "bcdefgh", strict=True)
        ),
        "private: true\ntags: [" + "a, " * 20_001 + "a]\n",
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_read_keeps_its_note_private_all_the_same(front: str) -> None:
    parsed = parse_note(f"---\n{front}---\ntext\n".encode())
    assert parsed.fields.private
    assert parsed.problems


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitle: x\n"private": true\n\ntext',  # never closed
        '+++\ntitle = A survey\n"private" = true\n+++\n',
        "---\nprivate: true\n---\n" + "x " * 4_100_000,
    ],
)
def test_so_does_one_that_is_not_closed_no_toml_or_too_large(text: str) -> None:
    assert parse_note(text.encode()).fields.private


def test_a_note_in_utf_16_without_a_mark_is_read() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        parsed = parse_note("---\nprivate: true\ntitle: Ü\n---\ntext\n".encode(encoding))
        assert (parsed.fields.private, parsed.fields.work.title) == (True, "Ü")


@pytest.mark.parametrize(
    "front",
    [
        "title: A: b\nprivate: false\n",
        "title: A: b\nprivate:\n",
        "title: A: private matters\n",
        "title: A: b\npublish: true\n",
        "title: A: b\npublished: 2017\n",
        "tldr: |\n  We keep it\n  private: true stories.\n",
        "title: x\nprivate:false\n",
    ],
)
def test_what_is_not_said_keeps_nothing_private(front: str) -> None:
    assert not parse_note(f"---\n{front}---\ntext\n".encode()).fields.private
