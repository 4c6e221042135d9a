"""The sitemap, parsed as XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import pytest

from paperkb.config import Settings
from paperkb.site import sitemap as module
from paperkb.site.build import build_site
from paperkb.site.sitemap import sitemap
from tests.site.conftest import Site
from tests.site.crawl import files
from tests.vaults import load, load_indexed, write_files

NAMES = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(path: Path) -> dict[str, str]:
    """Address → date, or empty."""
    root = ET.parse(path).getroot()
    return {row.findtext(f"{NAMES}loc", ""): row.findtext(f"{NAMES}lastmod", "") for row in root}


def test_it_lists_every_page_that_is_for_people(example_site: Path) -> None:
    pages = {path.relative_to(example_site).as_posix() for path in example_site.rglob("*.html")}
    redirects = {path for path in pages if path.split("/")[0] in ("aliases", "arxiv", "doi")}
    assert redirects
    found = {unquote(address) for address in listed(example_site / "sitemap.xml")}
    assert found == pages - redirects - {"404.html"}


def test_with_an_address_everything_is_absolute_and_dates_are_known(site: Site) -> None:
    config = '[site]\nurl = "https://me.example/repo"\n'
    files = {"paperkb.toml": config, "ü.md": "---\nadded: 2024-01-01\n---\nx", "b.md": "x"}
    page = "https://me.example/repo/notes/%C3%BC.html"
    out = site(files)
    found = listed(out / "sitemap.xml")
    assert (found[page], found["https://me.example/repo/notes/b.html"]) == ("2024-01-01", "")
    assert f'<link rel="canonical" href="{page}">' in (out / "notes/ü.html").read_text()
    site({**files, "ü.md": "---\nadded: 2024-01-01\nfinished: 2024-02-02\n---\nx"})
    assert listed(out / "sitemap.xml")[page] == "2024-02-02"


def test_a_long_one_is_an_index_of_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    index, *parts = sitemap(Settings(url="https://x.org/"), [f"{n}.html" for n in range(5)], {})
    root = ET.fromstring(index.content)
    assert root.tag == f"{NAMES}sitemapindex"
    found = [loc.text for loc in root.iter(f"{NAMES}loc")]
    assert found == [f"https://x.org/{part.path}" for part in parts]
    pages = [loc.text for part in parts for loc in ET.fromstring(part.content).iter(f"{NAMES}loc")]
    assert pages == [f"https://x.org/{n}.html" for n in range(5)]


def test_parts_come_and_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, out, clean = (tmp_path / name for name in ("vault", "site", "clean"))
    write_files(root, {"a.md": "# A"})
    for most, parts in ((30, 0), (4, 4), (8, 3), (40, 0)):
        monkeypatch.setattr(module, "MOST", most)
        write_files(root, {f"{most}-{parts}.md": "# A", f"{most - 1}.md": "# B"})
        build_site(load_indexed(root), out)
        build_site(load(root), clean)
        assert files(out) == files(clean)
        assert len(list(out.glob("sitemap-*.xml"))) == parts
        assert build_site(load_indexed(root), out).written.written == 0
