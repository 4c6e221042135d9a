"""Atom and sitemap, parsed as XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

from tests.site.conftest import Site

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def check_atom(feed: ET.Element) -> None:
    """What RFC 4287 asks of a feed and of its entries."""
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = element.findall(f"{ATOM}{name}")
            assert len(found) == 1, name
            assert found[0].text, name
        updated = element.findtext(f"{ATOM}updated", "")
        assert updated.endswith("T00:00:00Z")
        assert (
            len([link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"])
            == 1
        )
    ids = [entry.findtext(f"{ATOM}id", "") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert not any(set(name) & set(' <>"{}|\\^`') for name in ids)
    for entry in feed.findall(f"{ATOM}entry"):
        authors = entry.findall(f"{ATOM}author/{ATOM}name")
        assert authors
        assert all(name.text for name in authors)


def test_the_feed_of_the_example_vault(example_site: Path) -> None:
    feed = ET.parse(example_site / "feed.xml").getroot()
    check_atom(feed)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 50
    updated = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == updated[0]
    for link in feed.iter(f"{ATOM}link"):
        assert (example_site / unquote(link.get("href", ""))).is_file()


def test_a_nasty_feed_is_still_a_feed(site: Site) -> None:
    out = site(
        {
            "paperkb.toml": '[site]\ntitle = "A & <b> \\u0007"\ndescription = "<d>"\n',
            'q"<>&ü x.md': '---\ntitle: "<i>T</i> \\x01 ]]>"\nadded: 2024-01-01\n'
            'tldr: "\\x02 & <x>"\n'
            "authors: ['<a>']\ntags: ['\"t&']\n---\nx",
            "empty.md": "---\nadded: 2024-01-02\n---\n",
        }
    )
    feed = ET.parse(out / "feed.xml").getroot()
    check_atom(feed)
    first, second = feed.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "empty"
    assert second.findtext(f"{ATOM}title") == "<i>T</i> \ufffd ]]>"
    ET.parse(out / "sitemap.xml")


def test_a_vault_without_dates_has_an_empty_feed(site: Site) -> None:
    feed = ET.parse(site({"a.md": "x"}) / "feed.xml").getroot()
    check_atom(feed)
    assert feed.findall(f"{ATOM}entry") == []


def test_with_an_address_everything_is_absolute(site: Site) -> None:
    out = site(
        {
            "paperkb.toml": '[site]\nurl = "https://me.example/repo"\n',
            "ü.md": "---\ntitle: U\nadded: 2024-01-01\n---\nx",
        }
    )
    feed = ET.parse(out / "feed.xml").getroot()
    check_atom(feed)
    page = "https://me.example/repo/notes/%C3%BC.html"
    assert feed.findtext(f"{ATOM}id") == "https://me.example/repo/"
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href") == page  # type: ignore[union-attr]
    addresses = [loc.text for loc in ET.parse(out / "sitemap.xml").getroot().iter(f"{MAP}loc")]
    assert page in addresses
    assert f'<link rel="canonical" href="{page}">' in (out / "notes/ü.html").read_text()


def test_the_sitemap_lists_every_page_but_the_404(example_site: Path) -> None:
    root = ET.parse(example_site / "sitemap.xml").getroot()
    listed = [unquote(loc.text or "") for loc in root.iter(f"{MAP}loc")]
    pages = {path.relative_to(example_site).as_posix() for path in example_site.rglob("*.html")}
    assert len(listed) == len(set(listed))
    assert set(listed) == pages - {"404.html"}
