"""One page at a time: rendered or copied, laid beside its place, with what it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperkb.library.cells import cell, is_stale, packed
from paperkb.site.make import Maker, Where, make_pages
from paperkb.site.page import PageId
from paperkb.site.write import open_output
from tests.vaults import Vault, load_indexed, write_files

FILES = {"a.md": "# A\n[[b]] ![](p.png)", "b.md": "# B", "p.png": b"PNG"}
HOME, NOTE, FILE, EMPTY = (
    PageId("home"),
    PageId("note", "a"),
    PageId("file", "p.png"),
    PageId("nojekyll"),
)


def test_a_page_is_staged_with_the_facts_that_it_was_made_from(
    vault: Vault, tmp_path: Path
) -> None:
    with open_output(tmp_path / "site") as output:
        maker = Maker(vault(FILES), output.out)
        made = maker.make(NOTE)
        assert (made.id, made.record.path, made.is_new) == (str(NOTE), "notes/a.html", True)
        assert is_stale(made.record.cells, {cell("work", "b")})
        assert not is_stale(made.record.cells, {cell("notes"), cell("text", "b")})
        other = maker.make(PageId("404"))
        assert other.record.cells == b""  # the note's are not among them
        output.publish([], [made.record.path, other.record.path])
        assert not maker.make(NOTE).is_new


def test_files_are_copied_and_some_are_empty(vault: Vault, tmp_path: Path) -> None:
    with open_output(tmp_path / "site") as output:
        maker = Maker(vault(FILES), output.out)
        staged = [maker.make(page).record.path for page in (FILE, EMPTY)]
        output.publish([], staged)
    assert (tmp_path / "site" / "files" / "p.png").read_bytes() == b"PNG"
    assert (tmp_path / "site" / ".nojekyll").read_bytes() == b""


def test_another_process_needs_the_index_and_a_few_names(tmp_path: Path) -> None:
    write_files(tmp_path / "vault", FILES)
    library = load_indexed(tmp_path / "vault")
    assert library.index.path
    pages = [HOME, NOTE, FILE]
    with open_output(tmp_path / "here") as here, open_output(tmp_path / "there") as there:
        where = Where(1, library.index.path, library.root, library.settings, there.out)
        made = make_pages((where, pages))
        assert made == [Maker(library, here.out).make(page) for page in pages]
        for output in (here, there):
            output.publish([], [one.record.path for one in made])
    for one in made:
        first, second = (tmp_path / side / one.record.path for side in ("here", "there"))
        assert first.read_bytes() == second.read_bytes()


def test_a_page_that_is_not_there_is_an_error(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Maker(vault({}), tmp_path).make(NOTE)


def test_a_page_that_is_composed_already_is_made_from_what_was_read(
    vault: Vault, tmp_path: Path
) -> None:
    from paperkb.site.sitemap import sitemap

    with open_output(tmp_path / "site") as output:
        library = vault(FILES)
        maker = Maker(library, output.out)
        maker.context.reads.cells = {1, 2}
        made = maker.stage(PageId("sitemap"), sitemap(library.settings, ["index.html"], {})[0])
    assert made.record == ("sitemap.xml", packed({1, 2}))
