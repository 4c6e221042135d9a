"""The drawing of a note among its neighbours, and what it is made from."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from paperkb.library.cells import cell
from paperkb.site.cards import Card
from paperkb.site.context import SiteContext
from paperkb.site.local_graph import MOST, LocalGraph, local_graph
from tests.site.conftest import Site
from tests.vaults import Vault


def drawing(context: SiteContext, key: str) -> LocalGraph | None:
    cites, cited_by = context.cites(key), context.citing(key)
    return local_graph(context, context.card(key), context.cards(cites), context.cards(cited_by))


def keys(graph: LocalGraph | None) -> set[str]:
    assert graph is not None
    return {work.card.key for work in graph.works}


def svg(site: Path, page: str) -> str:
    found = re.search(r"<figure class=\"graph\">.*?</figure>", (site / page).read_text(), re.S)
    assert found
    return found[0]


def test_a_note_stands_between_what_it_cites_and_what_cites_it(vault: Vault) -> None:
    context = SiteContext(
        vault({"a.md": "[[b]] [@k] [[c]]", "b.md": "", "c.md": "[[a]]", "d.md": "[[a]]",
               "refs.bib": "@misc{k, title={Known}}"})
    )  # fmt: skip
    graph = drawing(context, "a")
    assert graph is not None
    above = {work.card.key for work in graph.works if work.dot.y < graph.note.dot.y}
    assert (above, keys(graph) - above) == ({"b", "c", "k"}, {"d"})  # c once
    assert graph.left == 0


def test_a_note_without_neighbours_has_none(vault: Vault) -> None:
    assert drawing(SiteContext(vault({"a.md": "x"})), "a") is None


def test_the_most_cited_are_drawn_where_there_are_many(vault: Vault) -> None:
    files = {f"n{n:02}.md": "[[a]]" + "[[famous]] [[n00]]" * (n > 1) for n in range(MOST)}
    context = SiteContext(vault({**files, "a.md": "[[famous]]", "famous.md": ""}))
    graph = drawing(context, "a")
    assert graph is not None
    assert len(graph.works) == MOST - 1
    assert graph.left == 2
    assert {"famous", "n00"} <= keys(graph)


def test_only_many_neighbours_make_it_ask_how_often_they_are_cited(vault: Vault) -> None:
    files = {f"n{n:02}.md": "[[a]]" for n in range(MOST - 1)}
    context = SiteContext(vault({**files, "a.md": "", "b.md": "[[a]]"}))
    context.reads.restart()
    local_graph(context, Card("a", "A"), [], context.cards(["n01", "n02"]))
    assert cell("fame", "n00") not in context.reads.cells
    drawing(context, "a")
    assert cell("fame", "n00") in context.reads.cells


def test_works_are_links_told_apart_by_shape(site: Site) -> None:
    out = site(
        {
            "a.md": "---\nauthors: [Ada Lovelace]\nyear: 1843\n---\n[[b]] [[c]] [@k] [@l]",
            "b.md": "---\ntitle: B <&> b\nstatus: read\n---\n",
            "c.md": "---\nstatus: queued\n---\n",
            "refs.bib": "@misc{k, title={K}, eprint={1706.03762}, archiveprefix={arXiv}}\n"
            "@misc{l, title={L}}",
        }
    )
    text = svg(out, "notes/a.html")
    assert '<a class="read" href="../notes/b.html"><title>B &lt;&amp;&gt; b</title><circle' in text
    assert '<a class="unread" href="../notes/c.html">' in text
    assert '<a class="none" href="https://arxiv.org/abs/1706.03762"><title>K</title><path' in text
    assert '<g class="none"><title>L</title>' in text
    assert ">Lovelace 1843</text>" in text
    assert "style=" not in text


def test_a_drawing_is_small(site: Site) -> None:
    name = "A-long-family-name-{} of Somewhere"
    files = {
        f"n{n:02}.md": f"---\ntitle: {'A title of some length ' * 4}{n}\nyear: {1980 + n}\n"
        f"authors: ['{name.format(n)}']\n---\n[[a]]"
        for n in range(40)
    }
    text = svg(site({**files, "a.md": "# A"}), "notes/a.html")
    assert len(gzip.compress(text.encode())) <= 6 * 1024


def test_hidden_notes_are_not_drawn(site: Site) -> None:
    out = site({"a.md": "[[b]]", "b.md": "", "s.md": "---\nprivate: true\n---\n[[b]] [[a]]"})
    assert "s.html" not in svg(out, "notes/b.html")
