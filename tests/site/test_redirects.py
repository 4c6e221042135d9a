"""Other names of a note's page: aliases, arXiv ids and DOIs."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from paperkb.paths import segment
from paperkb.site.build import build_site
from paperkb.site.context import SiteContext
from paperkb.site.page import PageId
from paperkb.site.pages.redirects import KIND, is_redirect
from tests.site.conftest import Site
from tests.site.test_metadata import Head
from tests.vaults import EXAMPLE_VAULT, Vault, load, load_indexed, write_files


def redirects(context: SiteContext) -> dict[str, str]:
    """Path → key."""
    found = {}
    for page in KIND.plan(context):
        made = KIND.compose(context, page)
        folder, _, key = page.name.partition("\x1e")
        assert made.path == f"{folder}/index.html"
        address = re.findall(r'<a href="((?:\.\./)+)([^"]*)"', made.content.decode())
        assert address == [("../" * made.path.count("/"), context.note_path(key))]
        found[made.path] = key
    return found


def test_every_other_name_leads_to_its_note(vault: Vault) -> None:
    context = SiteContext(
        vault(
            {
                "a.md": "---\narxiv: 1706.03762v5\naliases: [Transformer, The 'T' / x]\n---\n",
                "b.md": "---\narxiv: hep-th/9901001\ndoi: 10.1016/S0140-6736(05)67889-X\n---\n",
                "2020-01-02-post.md": "",
            }
        )
    )
    assert redirects(context) == {
        "aliases/transformer/index.html": "a",
        "aliases/the-t/x/index.html": "a",
        "aliases/post/index.html": "2020-01-02-post",
        "arxiv/1706.03762/index.html": "a",
        "arxiv/hep-th/9901001/index.html": "b",
        "doi/10.1016/s0140-6736(05)67889-x/index.html": "b",
    }


def test_an_alias_leads_nowhere_once_a_note_of_that_name_comes(tmp_path: Path) -> None:
    root, out = tmp_path / "vault", tmp_path / "site"
    write_files(root, {"a.md": "---\naliases: [b]\n---\n"})
    build_site(load_indexed(root), out)
    assert (out / "aliases/b/index.html").is_file()
    write_files(root, {"b.md": "# B\n"})
    build_site(load_indexed(root), out)
    assert not (out / "aliases").exists()


def test_a_name_of_two_notes_or_of_another_note_leads_nowhere(vault: Vault) -> None:
    context = SiteContext(
        vault(
            {
                "a.md": "---\naliases: [both, B]\narxiv: 1706.03762\n---\n",
                "b.md": "---\naliases: [Both, own]\narxiv: 1706.03762\n---\n",
            }
        )
    )
    assert redirects(context) == {"aliases/own/index.html": "b"}


def test_names_are_safe_and_apart_on_every_file_system(vault: Vault) -> None:
    context = SiteContext(
        vault(
            {
                "a.md": "---\naliases: ['x:y', 'x?y', con, index.html, '../../etc', '..']\n---\n",
                "b.md": "---\ndoi: '10.1000/a<b>:c;d/index.html'\n---\n",
                "c.md": "---\ndoi: '10.1000/a-b-c;d/index-html'\n---\n",
            }
        )
    )
    found = redirects(context)
    assert len({path.casefold() for path in found}) == 8
    for path in found:
        *folders, name = path.split("/")
        assert name == "index.html"
        assert "index.html" not in folders
        assert all(segment(folder) == folder for folder in folders), path


def test_no_private_name_leads_anywhere_nor_hides_one(vault: Vault) -> None:
    secret = "---\nprivate: true\naliases: [codename, shared]\narxiv: 1706.03762\n---\n"
    public = "---\naliases: [shared, secret]\narxiv: 1706.03762\n---\n"
    assert redirects(SiteContext(vault({"secret.md": secret, "a.md": public}))) == {
        "aliases/shared/index.html": "a",
        "aliases/secret/index.html": "a",
        "arxiv/1706.03762/index.html": "a",
    }


def test_the_pages_send_on_and_are_no_results(example_site: Path) -> None:
    notes = {note.work.arxiv for note in load(EXAMPLE_VAULT).notes if note.work.arxiv}
    for arxiv in notes:
        page = example_site / "arxiv" / arxiv / "index.html"
        head = Head(page)
        assert head.one("robots") == "noindex"
        refresh = re.fullmatch(r"0; url=(\S+)", head.meta[""][-1])
        assert refresh
        assert head.links["canonical"] == [refresh[1]]
        assert (page.parent / unquote(refresh[1])).resolve().is_file()


def test_with_an_address_the_canonical_page_is_absolute(site: Site) -> None:
    out = site(
        {"a.md": "---\narxiv: 1706.03762\n---\n", "paperkb.toml": '[site]\nurl="https://x.org"'}
    )
    head = Head(out / "arxiv/1706.03762/index.html")
    assert head.links["canonical"] == ["https://x.org/notes/a.html"]
    assert head.meta[""][-1] == "0; url=../../notes/a.html"


def test_which_paths_are_redirects() -> None:
    assert is_redirect("arxiv/1706.03762/index.html")
    assert not is_redirect("notes/arxiv/1.html")
    assert (
        PageId.read(str(PageId("redirect", "doi/10.1/x\x1ea\x1fb"))).name == "doi/10.1/x\x1ea\x1fb"
    )
