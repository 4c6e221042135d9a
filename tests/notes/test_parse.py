"""bytes → ``ParsedNote``: long notes as text, and laws that hold for whatever bytes come."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperkb.model import ParsedNote, Slot
from paperkb.notes.parse import MAX_BYTES, ParseSettings, parse_note
from paperkb.notes.text import SLOT_CLOSE, SLOT_OPEN
from tests.notes.cases import (
    Case,
    compare,
    describe_hashtags,
    describe_headings,
    describe_links,
    describe_problems,
    parametrise,
    read_cases,
)

FILES = ("dialects", "frontmatter", "hashtags", "html", "links", "long")
MARK = re.compile(f"{SLOT_OPEN}(\\d+){SLOT_CLOSE}")


@parametrise("long.txt")
def test_everything_in_a_long_note_has_its_place(case: Case) -> None:
    note = parse_note(case.note.encode())
    described = (describe_headings, describe_links, describe_hashtags, describe_problems)
    compare(case, [line for describe in described for line in describe(note)])


def test_the_cases_are_many_and_have_names_of_their_own() -> None:
    cases = [(file, case.title) for file in FILES for case in read_cases(f"{file}.txt")]
    assert len(cases) >= 180
    assert len(set(cases)) == len(cases)


def check_laws(data: bytes, note: ParsedNote) -> None:
    """What holds for every note, however it is written."""
    marks = [int(number) for number in MARK.findall(note.html)]
    nested = [int(number) for slot in note.slots for number in MARK.findall(slot.html)]
    assert set(marks) | set(nested) <= set(range(len(note.slots)))
    without = MARK.sub("", note.html + "".join(slot.html for slot in note.slots))
    assert SLOT_OPEN not in without
    assert SLOT_CLOSE not in without
    for slot in note.slots:
        assert all(0 <= index < len(note.links) for index in slot.links)
        assert not (slot.tag and slot.links)
    lines = len(re.split(r"\r\n?|[\n\u2028\u2029\x85]", data.decode(errors="replace")))
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        places = [(x.line, x.column) for x in (*note.links, *note.hashtags)]
        places += [(p.place.line, p.place.column) for p in note.problems]
        assert all(1 <= line <= lines and column >= 1 for line, column in places)
        assert all(1 <= heading.line <= lines for heading in note.headings)
        assert all(1 <= line <= lines for _, line in note.field_lines)
    anchors = [heading.anchor for heading in note.headings]
    assert len(set(anchors)) == len(anchors)
    # `[to do]()` leads nowhere, which `check` tells.
    empty = ("markdown", "image")
    assert all(link.target or link.anchor or link.kind in empty for link in note.links)
    check_safe(note)


def check_safe(note: ParsedNote) -> None:
    """No script, handler, style, frame or unsafe address in any HTML of a note."""
    html = note.html + "".join(slot.html for slot in note.slots if not slot.as_url)
    for tag in re.findall(r"<[^>]*>", html):
        assert not re.match(
            r"(?i)</?(?:script|style|iframe|object|embed|form|button|base|meta|link|svg|template|"
            r"annotation-xml|noscript|frame|frameset|textarea|select|title|xmp|plaintext)\b",
            tag,
        ), tag
        names = re.sub(r"\"[^\"]*\"", '""', tag)
        assert not re.search(r"(?i)\s(?:on\w+|style|srcdoc|formaction|srcset)\s*=", names), tag
        attributes = re.findall(r"([^\s\"=]+)=\"([^\"]*)\"", tag)
        for address in (value for name, value in attributes if name.lower() in ("href", "src")):
            bare = re.sub(r"[\x00-\x20]", "", address).lower()
            assert not re.match(r"(?:javascript|data|vbscript|file|blob):", bare), tag
        if tag.lower().startswith("<img"):
            sources = [value for name, value in attributes if name.lower() == "src"]
            assert all(source.startswith(SLOT_OPEN) for source in sources), tag


PIECES = """[ ] ( ) [[ ]] ![[ ![ ]( [[a]] [[a|b]] [x](y.md) [x][r] [r]:␠y
[^1] [^1]:␠ @ [@a] @a ; # ##␠ #t
\\# * ** _ __ ` `` ``` ~~ == ~~~ $ $$ \\ \\\\ % %% <!-- --> < > <b> </b> <img␠src=a>
<a␠href="b"> </a> <script> </script> <svg> <div> </div> <p> & &amp; &#xfdd0; &#x3c;
| |- \\| --- +++ ... === ␤ ␤␤ - 1. >␠ >
[!note] ␠ ␠␠␠␠ ⇥ : :: a b. Tags:
year::␠ *authors:* title:␠ arxiv:␠1706.03762 doi: http://
https://arxiv.org/abs/1706.03762 arXiv:1706.03762
^x {{x}} é 注 。 🔥 ־ت ␍ ␀ ﷐ javascript: onerror= " ' { } ! - [ ] , 2017""".split()
SIGNS = (("␠", " "), ("␤", "\n"), ("⇥", "\t"), ("␍", "\r"), ("␀", "\0"), ("﷐", SLOT_OPEN))


def _piece(written: str) -> str:
    for sign, character in SIGNS:
        written = written.replace(sign, character)
    return written


pieces = st.lists(st.sampled_from([_piece(piece) for piece in PIECES]), max_size=40).map("".join)
fronts = st.one_of(
    st.just(""),
    pieces.map(lambda text: f"---\n{text}\n---\n"),
    pieces.map(lambda text: f"+++\n{text}\n+++\n"),
    st.just("---\n"),
)


@settings(max_examples=400)
@given(st.builds(lambda front, body: (front + body).encode(errors="replace"), fronts, pieces))
@example(b"")
@example(b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\n")
@example(b"---\ntitle: [" + b"[" * 500 + b"\n---\n")
@example(b"+++\na = " + b"[" * 5000 + b"\n+++\n")
@example(b"<b>&#xfdd0;0&#xfdd1;&#64976;9&#64977;</b> <p title='&#xFDD0;1'>")
@example(b"> [!note]")
@example(b"[!note]() ![a]() [b](#) ![c](#d)")
@example(b"[^1]\n\n[^1]: [^1] [[x]]")
def test_laws_hold_for_any_markdown(data: bytes) -> None:
    note = parse_note(data)
    check_laws(data, note)
    assert parse_note(data) == note


@settings(max_examples=200)
@given(st.one_of(st.binary(), st.text().map(lambda text: text.encode(errors="surrogatepass"))))
@example(bytes(range(256)))
@example(b"\xff\xfe#\x00 \x00[\x00[\x00x\x00]\x00]\x00")
@example(b"\xff\xfe#")
@example(b"---\n\xff: \xfe\n---\n[[\xff]]")
@example(b"\r\r\n\n\r")
def test_laws_hold_for_any_bytes(data: bytes) -> None:
    note = parse_note(data)
    check_laws(data, note)
    assert parse_note(data) == note


# Blocks in which [[k1]], [[k2]] … each stand once: wherever they land, their line is known.
BLOCKS = (
    "Text [[K]] and\nmore [[K]], [[K]].",
    "## Heading [[K]]",
    "Under [[K]]\n-----",
    "- item [[K]]\n  - nested [[K]]\n\n    further [[K]]\n- item [[K]]",
    "1. one [[K]]\n2. two\n   lazy [[K]]",
    "> quote [[K]]\n> more [[K]]\n>\n> - list [[K]]",
    "> [!note] Title [[K]]\n> body [[K]]",
    "> [!tip]-\n> body\n> > [!x] [[K]]\n> > inner [[K]]",
    "| a | [[K]] |\n|---|---|\n| [[K]] | x [[K]] |\n| `[[code]]` | [[K\\|label]] |",
    "```\n[[code]]\n```",
    "Code:\n\n    [[code]]",
    "$$\n[[math]]\n$$",
    "Inline `[[code]]` $[[math]]$ %% [[gone]] %% <!-- [[gone]] --> [[K]]",
    "%%\n[[gone]]\n\n[[gone]]\n%%",
    "<!--\n[[gone]]\n\n-->\nAfter [[K]]",
    "text <!-- [[gone]]\n\n[[gone]] --> after [[K]]",
    "[ref]: y.md\n[other]: <z.md>",
    "<div>\n\ninside [[K]]\n\n</div>",
    "***",
    "Note[^F]\n\n[^F]: Foot [[K]]\n\n    more [[K]]",
    "~~struck\nover [[K]]~~ ==and **[[K]]**==",
    "* a\n* b [[K]]\n\n\n* c",
    "Same paragraph.",
    "\\[[escaped]] \\`[[K]]\\`",
    "- [ ] task [[K]]",
)


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=12),
    st.sampled_from(["", "---\ntitle: T\n---\n", "\ufeff", "+++\n+++\n"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_every_link_has_its_line_and_column(blocks: list[str], front: str, end: str) -> None:
    text = "Start.\n\n" + "\n\n".join(blocks) + "\n"
    numbers = iter(range(10_000))
    text = re.sub(r"\[\[K", lambda _: f"[[k{next(numbers)}", text)
    feet = iter(range(10_000))
    text = re.sub(r"\[\^F\](?=\n\n\[\^F)", lambda _: f"[^f{next(feet)}]", text)
    feet = iter(range(10_000))
    text = re.sub(r"\[\^F\]:", lambda _: f"[^f{next(feet)}]:", text)
    text = front + text
    note = parse_note(text.replace("\n", end).encode())
    places = {
        match[1]: (number, match.start() + 1)
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1)
        for match in re.finditer(r"\[\[(k\d+)", line)
    }
    assert {link.target: (link.line, link.column) for link in note.links} == places


@pytest.mark.parametrize(
    "piece",
    ["[", "*", "`", "$", "|",
     "> ", "#", "](", "[[", "@", "<", "<!--", "%%", "[a][", "[@a;", "&",
     "\\", "# a\n", "===\n", "a\n===\n", "\\#a ", "[^a]", "<b>", "![", "_a", "$$\n", "- ", "{{",
     "\x00", '<img src="', "[x](", "|a|b\n", "(", "http://", "a: b\n", "%%a\n", "```\n", "> - "],
)  # fmt: skip
def test_a_note_of_one_piece_again_and_again(piece: str) -> None:
    data = (piece * (20_000 // len(piece))).encode()
    check_laws(data, parse_note(data))
    front = b"---\ntitle: " + data.replace(b"\n", b" ") + b"\n---\n"
    assert parse_note(front).field_lines in ((("title", 2),), ())


def test_deep_nesting() -> None:
    for mark in ("- ", "> ", "1. "):
        nested = "".join("  " * depth + mark + "[[a]]\n" for depth in range(1000))
        assert any(link.target == "a" for link in parse_note(nested.encode()).links)
    assert parse_note(b"> " * 1000 + b"[[a]]").html
    deep = parse_note(b"---\ntitle: x\na: " + b"[" * 1000 + b"\n---\n")
    assert [problem.code for problem in deep.problems][:1] == ["PKB010"]
    assert deep.fields.work.title == "x"


def test_ten_thousand_links() -> None:
    note = parse_note("\n".join(f"- [[k{n}]] is one." for n in range(10_000)).encode())
    assert [link.line for link in note.links] == list(range(1, 10_001))
    one_line = parse_note(" ".join(f"[[k{n}]]" for n in range(3_000)).encode())
    assert len({link.column for link in one_line.links}) == 3_000


def test_a_note_of_half_a_megabyte() -> None:
    paragraph = "A paragraph with *emphasis*, `code` and [[key]]. #tag\n\n"
    data = (paragraph * (500_000 // len(paragraph))).encode()
    note = parse_note(data)
    assert note.links[-1].line == data.count(b"\n") - 1
    assert len(note.hashtags) == len(note.links)


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    note = parse_note(b"# x\n" + b"a" * MAX_BYTES)
    assert [problem.code for problem in note.problems] == ["PKB005"]
    assert (note.html, note.links) == ("", ())


def test_settings_reach_the_formulas_and_the_fields() -> None:
    text = b"---\nmine: 1\n---\n$\\foo$\n"
    assert [p.code for p in parse_note(text).problems] == ["PKB016", "PKB030"]
    chosen = ParseSettings(macros=(("foo", "x"),), extra_fields=("mine",))
    assert parse_note(text, chosen).problems == ()
    assert "<mi>x</mi>" in parse_note(text, chosen).html


SECRETS = (
    "%% SECRET [[SECRET]] %%",
    "<!-- SECRET @SECRET -->",
    "<!-- `SECRET -->",
    "%%\nSECRET\n\n[[SECRET]] #SECRET\n%%",
    "<!--\nSECRET\n\n[[SECRET]]\n-->",
    "%% SECRET\nSECRET %%",
)
AROUND = (
    "{}",
    "{} text [[a]].",
    "Text {} text [[a]].",
    "# T {}",
    "# T {} [[a]]",
    "- item {}\n- [[a]]",
    "See [[a]]\n{}\n[[b]]",
    "*authors:* A {}\n",
    "year:: 2017 {}",
    "**b {} c** [[a]]",
    "[x {} y](z.md)",
    "<b>x</b>\n\n{}",
    "`code` {} `code` [[a]]",
    "Text\n\n{}\n\nText",
    "> quote {} [[a]]",
    "| {} |\n|---|\n| [[a]] |",
    "| a |\n|---|\n| {} [[a]] |",
    "Foot[^1]\n\n[^1]: x {} [[a]]",
    "> [!note] T {}\n> b",
)


@pytest.mark.parametrize(("around", "secret"), list(product(AROUND, SECRETS)))
def test_comments_leave_no_trace(around: str, secret: str) -> None:
    note = parse_note(around.format(secret).encode())
    assert "SECRET" not in repr(note)


def test_slots_are_what_the_page_fills() -> None:
    note = parse_note(b"[[a]] #t [@b; @c] <img src='d.png'> [x](e.md)")
    assert note.slots == (
        Slot(links=(0,)),
        Slot(tag="t"),
        Slot(links=(1, 2)),
        Slot(links=(3,), html="d.png", as_url=True),
        Slot(links=(4,), html="x"),
    )


def test_a_note_that_is_too_large_is_not_empty() -> None:
    note = parse_note(b"word " * 2_000_000)
    assert [problem.code for problem in note.problems] == ["PKB005"]
    assert not note.is_empty
