from __future__ import annotations

from paperkb.library.cells import cell
from paperkb.library.search_source import ORDERS
from paperkb.site.context import SiteContext
from paperkb.site.search_facts import ORDERED_BY
from tests.vaults import Vault


def test_shards_change_their_names_when_their_notes_do(vault: Vault) -> None:
    before = SiteContext(vault({"a.md": "# A\n\nsome words"})).search.shards()
    after = SiteContext(vault({"a.md": "# A\n\nsome other words"})).search.shards()
    assert [shard.start for shard in before] == [shard.start for shard in after]
    assert before != after


def test_what_is_asked_for_is_taken_down(vault: Vault) -> None:
    context = SiteContext(vault({"a.md": "---\ntags: [t]\n---\n# A"}))
    assert context.search.size() == 1
    assert context.search.facet("tag") == [("t", "t", [0])]
    assert context.reads.cells == {cell("keys"), cell("groups", "tag")}


def test_an_order_is_made_from_what_it_orders_by(vault: Vault) -> None:
    context = SiteContext(vault({"a.md": "# B", "b.md": "# A"}))
    assert {*ORDERED_BY} == {*ORDERS}
    for name in ORDERS:
        context.reads.restart()
        numbers = context.search.order(name)
        columns = {cell("column", column) for column in ORDERED_BY[name]}
        assert context.reads.cells - {cell("references")} == {cell("keys"), *columns}
        assert (cell("references") in context.reads.cells) == (name == "cited")
        assert sorted(numbers) == context.search.numbers()
        assert all(column in ORDERS[name] for column in ORDERED_BY[name])


def test_the_version_follows_what_is_published(vault: Vault) -> None:
    def version(files: dict[str, str]) -> str:
        return SiteContext(vault(files)).search.version()

    notes = {"a.md": "# A\n\n[@cited]", "b.md": "# B"}
    bibliography = {"refs.bib": "@misc{cited, title={C}}"}
    first = version({**notes, **bibliography, "c.md": "---\nprivate: true\n---\n# C"})
    assert version({**notes, **bibliography, "c.md": "---\nprivate: true\n---\n# D"}) == first
    assert version({**notes, "refs.bib": "@misc{cited, title={C}} @misc{other}"}) == first
    assert version({**notes, "refs.bib": "@misc{other}"}) != first
    assert version({**notes, **bibliography, "b.md": "# B."}) != first
