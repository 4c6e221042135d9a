from __future__ import annotations

from paperkb.library.cells import cell
from paperkb.site.context import SiteContext
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
    assert context.reads.cells == {cell("notes"), cell("groups", "tag")}


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
