"""Feeds: Atom, parsed as XML, and JSON Feed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.site.conftest import Site

ATOM = "{http://www.w3.org/2005/Atom}"
JSON_FEED = {
    "version", "title", "home_page_url", "feed_url", "description", "authors", "language", "items",
}  # fmt: skip
JSON_ITEM = {
    "id", "url", "external_url", "title", "content_text", "date_published", "date_modified",
    "authors", "tags",
}  # fmt: skip


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


def check_json(out: Path) -> dict[str, Any]:
    """What JSON Feed 1.1 asks for, and nothing that it does not know."""
    feed: dict[str, Any] = json.loads((out / "feed.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {"version", "title", "items"} <= feed.keys() <= JSON_FEED
    for item in feed["items"]:
        assert {"id", "url", "title", "content_text"} <= item.keys() <= JSON_ITEM
        assert all(isinstance(item[name], str) for name in ("id", "url", "title", "content_text"))
        assert all(author["name"] for author in item.get("authors", ()))
        for name in ("date_published", "date_modified"):
            assert re.fullmatch(
                r"\d{4}-\d\d-\d\dT00:00:00Z", item.get(name, "0000-00-00T00:00:00Z")
            )
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    return feed


def test_both_feeds_have_the_same_entries(example_site: Path) -> None:
    atom = ET.parse(example_site / "feed.xml").getroot().findall(f"{ATOM}entry")
    items = check_json(example_site)["items"]
    assert [entry.findtext(f"{ATOM}id") for entry in atom] == [item["id"] for item in items]
    assert all((example_site / unquote(item["url"])).is_file() for item in items)


def test_every_topic_has_a_feed_that_its_page_names(example_site: Path) -> None:
    pages = [
        path for path in (example_site / "topics").rglob("*.html") if path.name != "index.html"
    ]
    assert len(pages) > 10
    for page in pages:
        feed = ET.parse(page.with_suffix(".xml")).getroot()
        check_atom(feed)
        for link in feed.iter(f"{ATOM}link"):
            href = link.get("href", "")
            assert href.startswith("https://") or (page.parent / unquote(href)).is_file()
        assert f'type="application/atom+xml" title="{feed.findtext(f"{ATOM}title")}"' in (
            page.read_text(encoding="utf-8")
        )


def test_a_topics_feed_is_in_order_of_time_and_has_what_is_nested(site: Site) -> None:
    def entries(finished: str) -> list[str]:
        out = site(
            {
                "a.md": "---\ntopics: [x/y]\nadded: 2024-01-01\n---\n",
                "b.md": f"---\ntopics: [x]\nadded: 2023-01-01\nfinished: {finished}\n---\n",
                "c.md": "---\ntopics: [x]\n---\n",
                "d.md": "---\ntopics: [z]\nadded: 2024-01-01\n---\n",
            }
        )
        feed = ET.parse(out / "topics" / "x.xml").getroot()
        return [entry.findtext(f"{ATOM}title", "") for entry in feed.findall(f"{ATOM}entry")]

    assert entries("2023-05-05") == ["a", "b"]
    assert entries("2024-05-05") == ["b", "a"]


def test_the_feed_of_the_example_vault(example_site: Path) -> None:
    feed = ET.parse(example_site / "feed.xml").getroot()
    check_atom(feed)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 50
    updated = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == updated[0]
    for link in feed.iter(f"{ATOM}link"):
        if link.get("rel") != "related":
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
    check_json(out)


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
    assert feed.find(f"{ATOM}link").get("href") == "https://me.example/repo/feed.xml"  # type: ignore[union-attr]
    whole = check_json(out)
    assert whole["home_page_url"] == "https://me.example/repo/"
    assert whole["feed_url"] == "https://me.example/repo/feed.json"
    assert whole["items"][0]["url"] == page
    assert f'<link rel="canonical" href="{page}">' in (out / "notes/ü.html").read_text()
