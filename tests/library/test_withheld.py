"""``[publish] exclude``."""

from __future__ import annotations

import pytest

from paperkb.checks.publish import check_withheld
from paperkb.graph.network import ReferenceGraph
from paperkb.library.withheld import Withheld
from tests.vaults import Vault


@pytest.mark.parametrize(
    ("pattern", "held", "free"),
    [
        ("drafts/**", "drafts/deep/a.md", "drafts.md"),
        ("drafts", "drafts/a.png", "drafts2/a.md"),
        ("Drafts/", "dRAFTS/a.md", "x/drafts/a.md"),
        ("./drafts/*", "drafts/a.md", "a.md"),
        ("/inbox/*", "inbox/x/a.md", "inbox2/a.md"),
        ("papers\\secret-*.md", "papers/secret-1.md", "papers/secret-1.png"),
        ("*.pdf", "a/b.PDF", "a/b.pdf.md"),
        ("u\u0308ber.md", "\u00fcber.md", "uber.md"),
        ("a?[bc].md", "axb.md", "axd.md"),
    ],
)
def test_patterns_of_paths(pattern: str, held: str, free: str) -> None:
    withheld = Withheld((pattern,))
    assert withheld.file(held)
    assert withheld.note(held, ())
    assert not withheld.file(free)
    assert not withheld.note(free, ("drafts",))


def test_tags_and_what_is_nested_in_them() -> None:
    withheld = Withheld(("#NLP/secret",))
    assert withheld.note("a.md", ("x", "nlp/Secret"))
    assert withheld.note("a.md", ("nlp/secret/deep",))
    assert not withheld.note("a.md", ("nlp", "nlp/secrets"))
    assert not withheld.file("#NLP/secret")


@pytest.mark.parametrize("patterns", [(), ("",), (".",), ("/",), ("#",)])
def test_patterns_of_nothing(patterns: tuple[str, ...]) -> None:
    assert not Withheld(patterns).note("a.md", ("tag",))


def test_a_pattern_that_withholds_nothing_is_a_problem(vault: Vault) -> None:
    patterns = '["draft", "drafts", "#Tag", "#tags", "x.png", "*.bib", ""]'
    library = vault({
        "paperkb.toml": f"[publish]\nexclude = {patterns}",
        "drafts/a.md": "#tag", "x.png": "", "x.bib": "",
    })  # fmt: skip
    found = [problem.message for problem in check_withheld(library, ReferenceGraph(library))]
    assert [text.partition("«")[2] for text in found] == ["draft»", "#tags»", "»"]
    assert all(note.fields.private for note in library.notes)
