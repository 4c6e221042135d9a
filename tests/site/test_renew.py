"""What is planned and made when a site is renewed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperkb.library import stale_pages
from paperkb.site import plan, renew
from paperkb.site.build import build_site
from paperkb.site.make import Maker
from paperkb.site.renew import plan_pages
from tests.site.conftest import SEARCH
from tests.site.crawl import files
from tests.site.test_made_again import VAULT
from tests.vaults import Vault, load_indexed, write_files


def test_as_many_files_are_planned_as_are_made(vault: Vault, tmp_path: Path) -> None:
    library = vault(VAULT)
    build_site(library, tmp_path / "site")
    assert plan_pages(library) == len(files(tmp_path / "site"))


def test_a_kind_is_planned_again_only_if_a_fact_of_its_plan_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = tmp_path / "vault", tmp_path / "site"
    write_files(root, VAULT)
    build_site(load_indexed(root), out)
    planned: list[str] = []

    def counted(name: str, kind: plan.PageKind) -> plan.PageKind:
        return kind._replace(plan=lambda context: (planned.append(name), kind.plan(context))[1])

    kinds = {name: counted(name, kind) for name, kind in plan.KINDS.items()}
    monkeypatch.setattr(renew, "KINDS", kinds)
    always = {"home", "topics", "tags", "years", "404", "feed", "words", "static", "venues"}
    always |= {
        "results",
        "status",
        "missing",
        "nojekyll",
        "json-feed",
        "papers-bib",
        "papers-json",
        "llms",
    }
    write_files(root, {"a.md": f"{VAULT['a.md']}\nMore words.\n"})
    build_site(load_indexed(root), out)
    assert set(planned) - SEARCH == always
    planned.clear()
    write_files(root, {"a.md": f"{VAULT['a.md']}\nMore #words.\n"})
    build_site(load_indexed(root), out)
    assert set(planned) - SEARCH == {*always, "tag"}


@pytest.mark.parametrize("fails", [False, True])
def test_after_an_edit_another_process_looks_for_what_is_stale_and_makes_some_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool
) -> None:
    """What it took and did not make, is made here."""
    root, out, clean = tmp_path / "vault", tmp_path / "site", tmp_path / "clean"
    papers = {f"n{n:02}.md": f"# Paper {n}\nAs [[hub]] says. #tag\n" for n in range(20)}
    write_files(root, {**papers, "hub.md": "# Hub"})
    build_site(load_indexed(root), out)
    beside = tmp_path / "beside"
    here = os.getpid()

    def told(what: Callable[..., Any]) -> Callable[..., Any]:
        def marked(*given: Any) -> Any:
            if os.getpid() != here:
                with beside.open("a") as file:
                    file.write(f"{what.__name__}\n")
                if fails:
                    raise ValueError
            return what(*given)

        return marked

    monkeypatch.setattr("paperkb.beside.can_fork", lambda: True)
    monkeypatch.setattr(renew, "can_fork", lambda: True)
    monkeypatch.setattr(Maker, "make", told(Maker.make))
    monkeypatch.setattr(stale_pages, "that_read", told(stale_pages.that_read))
    monkeypatch.setattr("paperkb.site.manifest.LARGE", 0)
    write_files(root, {"hub.md": "# A better name"})
    written = build_site(load_indexed(root), out, jobs=2).written.written
    assert written >= renew.SHARED_FROM
    assert beside.read_text().startswith("that_read\n")
    build_site(load_indexed(root), clean)
    assert files(out) == files(clean)


def test_if_this_process_fails_the_other_one_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = tmp_path / "vault", tmp_path / "site"
    papers = {f"n{n:02}.md": f"# Paper {n}\nAs [[hub]] says.\n" for n in range(20)}
    write_files(root, {**papers, "hub.md": "# Hub"})
    build_site(load_indexed(root), out)
    child = tmp_path / "child"
    here = os.getpid()

    def make(_maker: Maker, page: Any) -> None:
        if os.getpid() != here:
            (tmp_path / "new").write_text(str(os.getpid()))
            (tmp_path / "new").rename(child)
            signal.pause()
        while not child.exists():
            os.sched_yield()
        raise ValueError(page)

    monkeypatch.setattr("paperkb.beside.can_fork", lambda: True)
    monkeypatch.setattr(renew, "can_fork", lambda: True)
    monkeypatch.setattr(Maker, "make", make)
    write_files(root, {"hub.md": "# A better name"})
    with pytest.raises(ValueError, match="home"):
        build_site(load_indexed(root), out, jobs=2)
    with pytest.raises(ProcessLookupError):
        os.kill(int(child.read_text()), 0)


def test_the_sitemap_is_written_if_there_are_other_pages(tmp_path: Path) -> None:
    root, out = tmp_path / "vault", tmp_path / "site"
    write_files(root, VAULT)
    build_site(load_indexed(root), out)
    write_files(root, {"a.md": f"{VAULT['a.md']}\nMore words.\n"})
    before = (out / "sitemap.xml").stat()
    assert build_site(load_indexed(root), out).written.written >= 1
    assert (out / "sitemap.xml").stat() == before
    write_files(root, {"new.md": "# New"})
    build_site(load_indexed(root), out)
    assert "notes/new.html" in (out / "sitemap.xml").read_text()
    (root / "new.md").unlink()
    build_site(load_indexed(root), out)
    assert "notes/new.html" not in (out / "sitemap.xml").read_text()


def test_a_note_without_a_word_counts_in_the_search_too(tmp_path: Path) -> None:
    """It adds no entry to the index: only the number of notes is another."""
    root, out = tmp_path / "vault", tmp_path / "site"
    write_files(root, {"b.md": "# Attention\n"})
    build_site(load_indexed(root), out)
    write_files(root, {"a.md": ""})
    build_site(load_indexed(root), out)
    assert '"size":2' in (out / "search" / "meta.js").read_text(encoding="utf-8")
