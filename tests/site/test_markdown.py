"""The Markdown copy beside each note's page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from paperkb.notes.frontmatter import split_front_matter
from paperkb.site.context import SiteContext
from paperkb.site.page import PageId
from paperkb.site.pages.markdown import KIND
from tests.site.conftest import Site
from tests.site.crawl import read_site
from tests.site.test_metadata import Head
from tests.vaults import Vault

KNOWN = "@misc{known, title={K}, author={B, A and C, D}, year={1999}, doi={10.1000/x}}"
SECRET = "---\nprivate: true\ntitle: Hidden Thing\naliases: [codename]\narxiv: 1706.03762\n---\nx"


def copied(vault: Vault, text: str, **others: str | bytes) -> str:
    """The text of a copy, below its title."""
    files = {"a.md": f"---\ntitle: T\n---\n\n{text}", "secret.md": SECRET}
    files |= {f"{name}.md": str(body) for name, body in others.items()}
    context = SiteContext(vault({**files, "f.png": b"P", "r.bib": KNOWN}))
    made = KIND.compose(context, PageId("markdown", "a")).content.decode()
    return made.partition("\n# T\n\n")[2].rstrip("\n")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See [[b]] and [[b|this]].",
         "See [Lovelace (1843)](../notes/b.md) and [this](../notes/b.md)."),
        ("See [[Bee]] and [[b#Head]].",
         "See [Bee](../notes/b.md) and [Lovelace (1843) § Head](../notes/b.md)."),
        ("[@b, p. 3; @known] by @b", "([Lovelace, 1843](../notes/b.md), p. 3; [B & C, 1999]"
         "(https://doi.org/10.1000/x)) by [Lovelace (1843)](../notes/b.md)"),
        ("[see -@b]", "(see [1843](../notes/b.md))"),
        ("![a figure](f.png) ![[f.png|300]] [f](f.png)",
         "![a figure](../files/f.png) ![](../files/f.png) [f](../files/f.png)"),
        ("[[gone]] [[#Head]] [@gone2020]", "gone Head (@gone2020)"),
        ("https://arxiv.org/abs/1810.04805 <https://x.org>",
         "https://arxiv.org/abs/1810.04805 <https://x.org>"),
        ("<a href='b.md'>b</a> <img src=f.png width=3>",
         '<a href="../notes/b.md">b</a> <img src="../files/f.png" width=3>'),
        ("a %% remark %% b #tag $x$", "a  b #tag $x$"),
    ],
)  # fmt: skip
def test_links_lead_to_other_copies(vault: Vault, text: str, found: str) -> None:
    b = "---\nauthors: [Ada Lovelace]\nyear: 1843\naliases: [Bee]\n---\n# Head\n"
    assert copied(vault, text, b=b) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A [[secret]] and [[secret|that]].", "A private note and that."),
        ("A [[codename]], ![[secret]], [x](secret.md#y).", "A private note, private note, x."),
        ("A [@secret] and @secret.", "A (private note) and private note."),
        ("<a href='secret.md'>b</a> [c](./secret)", "b</a> c"),
        ("`[[secret]]` and [[secret]]", "`[[secret]]` and private note"),
        ("[see][r]\n\n[r]: secret.md", "see"),  # told from the page's text
        ("| [[secret]] |\n|---|\n| [[secret\\|x]] |", "| private note |\n|---|\n| x |"),
    ],
)
def test_of_a_private_note_only_the_links_text_is_told(vault: Vault, text: str, found: str) -> None:
    assert copied(vault, text) == found


def test_what_cannot_be_told_apart_is_plain_text(vault: Vault) -> None:
    """A name that no link's marks hold, as where a link stands in another's text."""
    made = copied(vault, "[![[secret]] x](https://x.org) *emphasis* [[secret]]")
    assert "secret" not in made
    assert "emphasis" in made


def test_fields_are_front_matter_that_paperkb_reads(vault: Vault) -> None:
    title = 'A: "b" \\ c # d \u2028 é'
    context = SiteContext(
        vault({"x y.md": f"---\ntitle: '{title}'\nauthors: [A B]\nyear: 2017\nrating: 5\n"
               "tags: [x, 'y: z']\nmine: private thing\n---\n\n# One\n\ntext\n"})
    )  # fmt: skip
    made = KIND.compose(context, PageId("markdown", "x y"))
    assert made.path == "notes/x-y.md"
    front = split_front_matter(made.content.decode())
    fields = {field.name: field.value for field in front.fields}
    assert fields["title"] == context.library.notes[0].work.title
    assert fields["authors"] == ["A B"]
    assert (fields["key"], fields["year"], fields["rating"]) == ("x y", "2017", "5")
    assert "mine" not in fields
    assert front.body.endswith("# One\n\ntext\n")


def test_every_page_of_a_note_names_its_copy(example_site: Path) -> None:
    pages = [path for path in read_site(example_site) if path.startswith("notes/")]
    notes = [path for path in pages if "citation_title" in Head(example_site / path).meta]
    assert len(notes) > 70
    for path in notes:
        copy = example_site / f"{path.removesuffix('.html')}.md"
        assert copy.read_text(encoding="utf-8").startswith("---\nkey: ")
        assert f"../notes/{copy.name}" in Head(example_site / path).links["alternate"]


def test_every_link_of_a_copy_leads_somewhere(example_site: Path) -> None:
    from paperkb.notes.parse import parse_note

    links = 0
    for copy in (example_site / "notes").glob("*.md"):
        for link in parse_note(copy.read_bytes()).links:
            if link.kind in ("markdown", "image"):
                assert (copy.parent / unquote(link.target)).is_file(), f"{copy}: {link.target}"
                links += 1
    assert links > 150


def test_nasty_notes_have_copies_too(nasty_site: Path) -> None:
    pages = [path for path in (nasty_site / "notes").rglob("*.html") if path.stem[:5] != "index"]
    assert all(path.with_suffix(".md").is_file() for path in pages)


def test_a_copy_follows_the_notes_that_it_links_to(site: Site) -> None:
    note = {"a.md": "---\ntitle: T\n---\n[[b]]"}
    out = site({**note, "b.md": "# B"})
    assert "[B](../notes/b.md)" in (out / "notes/a.md").read_text()
    site({**note, "b.md": "---\nprivate: true\n---\n# B"})
    assert (out / "notes/a.md").read_text().endswith("# T\n\nprivate note\n")
    assert not (out / "notes/b.md").exists()
