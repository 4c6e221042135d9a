"""Links: what is said about them, and what is no mistake."""

from __future__ import annotations

import pytest

from paperkb.checks.links import check_links
from paperkb.graph.network import ReferenceGraph
from tests.vaults import Vault


def said(vault: Vault, text: str, **files: str) -> list[tuple[str, str]]:
    library = vault({"a.md": text, **{f"{name}.md": body for name, body in files.items()}})
    return [(p.message, p.hint) for p in check_links(library, ReferenceGraph(library))]


@pytest.mark.parametrize(
    "text",
    [
        "https://arxiv.org/abs/2001.00001",  # a paper without a note; its address works
        "[paper](https://doi.org/10.1000/x)",
        "thanks @somebody",
        "[web](https://example.org/x.md)",
        "[mail](mailto:a@b.org)",
        "`[[code]]` and $[[math]]$ and %%[[comment]]%% and <!-- [[comment]] -->",
        "```\n[[fenced]]\n```",
    ],
)
def test_what_is_no_mistake(vault: Vault, text: str) -> None:
    assert said(vault, text) == []


def test_did_you_mean(vault: Vault) -> None:
    assert said(vault, "[[vaswani2017atention]]", vaswani2017attention="x") == [
        ("no note is named «vaswani2017atention»", "Did you mean «vaswani2017attention»?")
    ]
    assert said(vault, "[@vaswani2017attentoin]", vaswani2017attention="x") == [
        (
            "no note or bibliography entry has the citation key «vaswani2017attentoin»",
            "Did you mean «vaswani2017attention»?",
        )
    ]


def test_headings_that_are_there_are_named(vault: Vault) -> None:
    assert said(vault, "[[b#Gone]]", b="text\n# One\n## Two\n# Three") == [
        ("the note «b» has no heading «Gone»", "It has «One», «Two», «Three».")
    ]
    assert said(vault, "[[b#Gone]]", b="text") == [
        ("the note «b» has no heading «Gone»", "It has no headings.")
    ]


def test_all_candidates_are_named(vault: Vault) -> None:
    library = vault({"a.md": "[[b]]", "x/b.md": "1", "y/b.md": "2"})
    (problem,) = check_links(library, ReferenceGraph(library))
    assert problem.message == "«b» could be x/b.md or y/b.md"
