"""The graph in the formats of others, read back."""

from __future__ import annotations

import json
import re
from io import BytesIO

import networkx as nx
import pytest

from paperkb.graph.export import FORMATS, to_json_data
from paperkb.graph.network import ReferenceGraph
from tests.vaults import Vault

NASTY = {
    "a.md": '---\ntitle: "Quotes \\" <b>&amp; back\\\\slash \\x01\\x0e\\uFFFE 😀"\n'
    "year: 2017\n---\n"
    "[[b]] [[b]] [[a]] [[bell\x07]] [[known]]",
    "b.md": "[[a]]",
    "bell\x07.md": "# Bell",
    'quo"te\\.md': "[[b]]",
    "refs.bib": "@misc{known, title={A \\& B}}",
}


def test_json_has_exactly_this_shape(vault: Vault) -> None:
    graph = ReferenceGraph(
        vault({"a.md": "---\ntitle: A\nyear: 2017\n---\n[[known]]\n[[a]]",
               "refs.bib": "@misc{known, title={K}}"})
    )  # fmt: skip
    assert json.loads(FORMATS["json"](graph)) == {
        "nodes": [
            {"id": "a", "title": "A", "year": 2017, "kind": "note"},
            {"id": "known", "title": "K", "year": None, "kind": "known"},
        ],
        "edges": [
            {"source": "a", "target": "known", "kind": "wikilink", "path": "a.md", "line": 5},
            {"source": "a", "target": "a", "kind": "wikilink", "path": "a.md", "line": 6},
        ],
    }


def test_json_ends_where_the_other_nodes_are(vault: Vault) -> None:
    data = to_json_data(ReferenceGraph(vault(NASTY)))
    ids = {node["id"] for node in data["nodes"]}
    assert len(ids) == len(data["nodes"]) == 5
    assert {end for edge in data["edges"] for end in (edge["source"], edge["target"])} <= ids


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_xml_formats_are_read_back(vault: Vault, form: str) -> None:
    graph = ReferenceGraph(vault(NASTY))
    read = nx.read_graphml if form == "graphml" else nx.read_gexf
    made = read(BytesIO(FORMATS[form](graph).encode()))
    assert set(made) == {"a", "b", "bell␇", 'quo"te\\', "known"}
    title = made.nodes["a"]["title"]
    assert title == 'Quotes " <b>&amp; back\\slash ␁␎\ufffd 😀'
    assert made.nodes["a"]["year"] == 2017
    assert "year" not in made.nodes["b"]
    assert made.nodes["known"]["kind"] == "known"
    assert set(made.edges()) == {
        ("a", "b"), ("a", "a"), ("a", "bell␇"), ("a", "known"), ("b", "a"), ('quo"te\\', "b"),
    }  # fmt: skip
    assert made.edges["a", "b"]["weight"] == 2
    assert made.edges["a", "b"]["path"] == "a.md"
    assert made.edges["a", "b"]["line"] == 5


_ID = r'"((?:[^"\\]|\\.)*)"'


def test_dot_is_lines_of_quoted_names(vault: Vault) -> None:
    graph = ReferenceGraph(vault(NASTY))
    first, _, *lines, last = FORMATS["dot"](graph).splitlines()
    assert (first, last) == ("digraph references {", "}")
    nodes = [re.fullmatch(rf"  {_ID} \[label={_ID}(, style=dashed)?\];", line) for line in lines]
    edges = [re.fullmatch(rf"  {_ID} -> {_ID};", line) for line in lines]
    assert all(bool(node) != bool(edge) for node, edge in zip(nodes, edges, strict=True))
    assert [m[1] for m in nodes if m] == ["a", "b", "bell\x07", 'quo\\"te\\\\', "known"]
    assert [m[1] for m in nodes if m and m[3]] == ["known"]
    assert len([m for m in edges if m]) == 6


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_graph_is_a_graph(vault: Vault, form: str) -> None:
    assert FORMATS[form](ReferenceGraph(vault({}))).strip()
