"""The reference graph in the formats of others: JSON, GraphML, GEXF, DOT."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

from paperkb.graph.network import ReferenceGraph

_CONTROL = {n: chr(0x2400 + n) for n in (*range(9), 11, 12, *range(14, 32))}
_CONTROL |= dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")
"""Characters that XML 1.0 cannot hold, even escaped, and what stands for them (␇)."""


def to_json_data(graph: ReferenceGraph) -> dict[str, list[dict[str, Any]]]:
    """``{"nodes": [{id, title, year, kind}], "edges": [{source, target, kind, path, line}]}``.

    Every link has a row in ``edges``, a note's link to itself included: nothing is folded away.
    """
    library = graph.library
    nodes = [
        {"id": n.key, "title": n.work.title, "year": n.work.year, "kind": "note"}
        for n in library.notes
    ]
    for key in graph.known_keys():
        work = library.known_by_key[key].work
        nodes.append({"id": key, "title": work.title, "year": work.year, "kind": "known"})
    edges = [
        {
            "source": reference.source,
            "target": reference.target,
            "kind": reference.kind,
            "path": reference.place.path,
            "line": reference.place.line,
        }
        for reference in graph.references
    ]
    return {"nodes": nodes, "edges": edges}


def _json(graph: ReferenceGraph) -> str:
    return json.dumps(to_json_data(graph), ensure_ascii=False, indent=1) + "\n"


def _flat(graph: ReferenceGraph) -> Any:
    """The graph with plain attributes: formats know no tuples. ``weight`` counts the links."""
    import networkx as nx  # noqa: PLC0415 - takes 0.3 s

    flat: Any = graph.to_networkx()
    for _, data in flat.nodes(data=True):
        data["title"] = data["title"].translate(_CONTROL)
        if data["year"] is None:
            del data["year"]
    for _, _, data in flat.edges(data=True):
        references = data.pop("references")
        data["weight"] = len(references)
        data["kind"] = references[0].kind
        data["path"] = references[0].place.path.translate(_CONTROL)
        data["line"] = references[0].place.line
    return nx.relabel_nodes(flat, {key: key.translate(_CONTROL) for key in flat})


def _graphml(graph: ReferenceGraph) -> str:
    import networkx as nx  # noqa: PLC0415 - takes 0.3 s

    buffer = BytesIO()
    nx.write_graphml_xml(_flat(graph), buffer, encoding="utf-8")
    return buffer.getvalue().decode()


def _gexf(graph: ReferenceGraph) -> str:
    import networkx as nx  # noqa: PLC0415 - takes 0.3 s

    flat = _flat(graph)
    for key, data in flat.nodes(data=True):
        data["label"] = data["title"] or key
    buffer = BytesIO()
    nx.write_gexf(flat, buffer, encoding="utf-8")
    return buffer.getvalue().decode()


def _dot(graph: ReferenceGraph) -> str:
    """Graphviz's language is four lines of writing; networkx wants a binary for it."""
    data = to_json_data(graph)
    lines = ["digraph references {", "  rankdir=BT; node [shape=box, style=rounded];"]
    for node in data["nodes"]:
        label = f"{node['title']}\n{node['year'] or ''}".strip()
        style = "" if node["kind"] == "note" else ", style=dashed"
        lines.append(f"  {_quoted(node['id'])} [label={_quoted(label)}{style}];")
    pairs = dict.fromkeys((edge["source"], edge["target"]) for edge in data["edges"])
    lines.extend(f"  {_quoted(source)} -> {_quoted(target)};" for source, target in pairs)
    return "\n".join((*lines, "}")) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


FORMATS: dict[str, Callable[[ReferenceGraph], str]] = {
    "json": _json,
    "graphml": _graphml,
    "gexf": _gexf,
    "dot": _dot,
}
