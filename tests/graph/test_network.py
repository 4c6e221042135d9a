"""What cites what."""

from __future__ import annotations

from paperkb.graph.network import ReferenceGraph
from paperkb.model import Place
from tests.vaults import Vault

BIB = "@misc{bert, title={BERT}, year={2018}, eprint={1810.04805}, archivePrefix={arXiv}}"


def rows(graph: ReferenceGraph) -> list[tuple[str, str, str, int]]:
    return [(r.source, r.target, r.kind, r.place.line) for r in graph.references]


def test_every_link_has_a_row_with_its_kind_and_place(vault: Vault) -> None:
    graph = ReferenceGraph(
        vault(
            {
                "a.md": "---\ncites: [b]\n---\n[[b]] and [b](b.md)\n\n[@b; @bert] [[bert]]",
                "b.md": "text",
                "refs.bib": BIB,
            }
        )
    )
    assert rows(graph) == [
        ("a", "b", "wikilink", 4),
        ("a", "b", "markdown", 4),
        ("a", "b", "citation", 6),
        ("a", "bert", "citation", 6),
        ("a", "bert", "wikilink", 6),
        ("a", "b", "cites", 2),
    ]
    assert graph.references[1].place == Place("a.md", 4, 11)
    assert graph.known_keys() == ("bert",)


def test_links_to_oneself_are_rows_but_not_citations(vault: Vault) -> None:
    graph = ReferenceGraph(vault({"a.md": "[[a]] [[#Here]]\n# Here"}))
    assert rows(graph) == [("a", "a", "wikilink", 1)]
    assert graph.cites("a") == {}
    assert graph.cited_by("a") == {}


def test_the_address_of_the_notes_own_paper_is_no_link(vault: Vault) -> None:
    note = "---\narxiv: 1706.03762\n---\nhttps://arxiv.org/abs/1706.03762v2"
    assert rows(ReferenceGraph(vault({"a.md": note}))) == []


def test_cycles_are_no_trouble(vault: Vault) -> None:
    graph = ReferenceGraph(vault({"a.md": "[[b]]", "b.md": "[[c]]", "c.md": "[[a]]"}))
    assert [list(graph.cites(key)) for key in "abc"] == [["b"], ["c"], ["a"]]
    assert [list(graph.cited_by(key)) for key in "abc"] == [["c"], ["a"], ["b"]]


def test_cites_in_order_of_mention_and_cited_by_in_order_of_paths(vault: Vault) -> None:
    graph = ReferenceGraph(
        vault({"z.md": "[[m]] [[b]] [[m]]", "b.md": "[[m]]", "a/x.md": "[[m]]", "m.md": "text"})
    )
    assert {key: len(found) for key, found in graph.cites("z").items()} == {"m": 2, "b": 1}
    assert list(graph.cites("z")) == ["m", "b"]
    assert list(graph.cited_by("m")) == ["x", "b", "z"]


def test_a_reference_keeps_the_sentence_around_it(vault: Vault) -> None:
    graph = ReferenceGraph(
        vault({"a.md": "First. It builds on [[b|that]] a lot. Last.", "b.md": "x"})
    )
    (reference,) = graph.cited_by("b")["a"]
    assert reference.sentence == "It builds on that a lot."


def test_missing_and_ambiguous_links_are_kept_apart(vault: Vault) -> None:
    graph = ReferenceGraph(
        vault(
            {
                "a.md": "[[gone]] [[twin]] [[lost.png]] mail @somebody see @smith2020",
                "x/twin.md": "",
                "y/twin.md": "",
            }
        )
    )
    assert [row.link.target for row in graph.missing_of(graph.library.by_key["a"])] == [
        "gone",
        "smith2020",
    ]
    assert [
        (row.link.target, row.candidates) for row in graph.ambiguous_of(graph.library.by_key["a"])
    ] == [("twin", ("x/twin", "y/twin"))]
    assert rows(graph) == []


def test_a_digraph_of_works_with_the_links_on_each_edge(vault: Vault) -> None:
    graph = ReferenceGraph(
        vault({"a.md": "---\ntitle: A\nyear: 2020\n---\n[[b]] [[b]] [[bert]]", "b.md": "# B",
               "refs.bib": BIB})
    )  # fmt: skip
    made = graph.to_networkx()
    assert dict(made.nodes(data=True)) == {
        "a": {"title": "A", "year": 2020, "kind": "note"},
        "b": {"title": "B", "year": None, "kind": "note"},
        "bert": {"title": "BERT", "year": 2018, "kind": "known"},
    }
    assert sorted(made.edges) == [("a", "b"), ("a", "bert")]
    assert made.edges["a", "b"]["references"] == graph.references[:2]
