"""The browser loads of the index what a query needs, and no more."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.search.files import write_site
from tests.search.memory import Text, index
from tests.search.papers import PAPERS

pytestmark = pytest.mark.browser

SOURCE = index(PAPERS)
SEARCH = """async ([text, options]) => {
  const found = await paperkb.search(text, options);
  const notes = found.map(({key, score, number}) => [key, score, number]);
  return {notes, total: found.total, numbers: found.numbers};
}"""


def _loaded(page: Any) -> list[str]:
    sources = page.evaluate(
        "Array.from(document.head.querySelectorAll('script[src]'), (s) => s.src)"
    )
    names = [source.partition("/search/")[2].partition(".js")[0] for source in sources]
    return sorted(
        name for name in names if name and not name.startswith(("notes/", "shorthand", "meta"))
    )


def _shard(entry: str) -> str:
    starts = ["", *SOURCE.entries("")[3::3]]
    return max(start for start in starts if start <= entry).encode().hex() or "0"


@pytest.mark.parametrize("query", ["hochreiter", "-the hochreiter", "HOCHREITER!"])
def test_a_word_needs_one_file_and_no_order(page: Any, query: str) -> None:
    """Its answer is one note only, so typos are thought of."""
    page.evaluate(SEARCH, [query, {}])
    similar = [name for name in _loaded(page) if name.startswith("similar/")]
    assert [name for name in _loaded(page) if name not in similar] == [
        f"terms/{_shard('hochreiter')}"
    ]
    lengths = {str(len(name)) for name in SOURCE.names}
    assert similar == sorted(f"similar/{n}" for n in range(8, 13) if str(n) in lengths)


@pytest.mark.parametrize(
    ("query", "entries", "others"),
    [
        ("language", ["language"], []),
        ("tag:transformers", ["tag:transformers", "tag:transformers/"], []),
        ("title:bert", ["title:bert"], []),
        ("language models", ["language", "model"], []),
        ("status:read sort:year", ["status:read"], ["order/year-0"]),
        ("status:read OR status:queued", ["status:read", "status:queued"], []),
        ("-language", ["language"], ["all"]),
        ("", [], ["all"]),
        ("sort:title", [], ["all", "order/title-0"]),
        ("language OR status:inbox", ["language", "status:inbox"], []),
        ("recurrent OR status:inbox", ["recurrent", "status:inbox"], []),
        ('title:"language models"', ["title:language", "title:model"], ["places"]),
    ],
)
def test_no_more_is_loaded_than_needed(
    page: Any, query: str, entries: list[str], others: list[str]
) -> None:
    page.evaluate(SEARCH, [query, {}])
    expected = {f"terms/{_shard(entry)}" for entry in entries}
    for other in others:
        places = {f"places/{_shard(entry)}" for entry in entries}
        expected |= places if other == "places" else {other}
    assert set(_loaded(page)) == expected


def test_a_prefix_loads_where_its_words_are_but_no_fields(page: Any) -> None:
    page.evaluate(SEARCH, ["a*", {}])
    starts = ["", *SOURCE.entries("")[3::3]]
    words = [entry for entry in SOURCE.entries("a") if ":" not in entry]
    names = {f"terms/{_shard(entry)}" for entry in words}
    loaded = {name for name in _loaded(page) if name.startswith("terms/")}
    assert names <= loaded
    assert len(loaded - names) <= 4
    assert len(loaded) < sum(start.startswith("a") for start in starts)


def test_ties_after_the_limit_need_no_order(page: Any) -> None:
    page.evaluate(SEARCH, ["recurrent OR status:inbox OR status:read", {"limit": 1}])
    assert not [name for name in _loaded(page) if name.startswith("order/")]


_FIRST = {"tag:often": 100, "tag:late": 2480, "tag:last": 2489, "tag:final": 2492}


@pytest.mark.slow
def test_of_an_order_no_more_is_loaded_than_shows_the_first(browser: Any, tmp_path: Path) -> None:
    """Three parts; what is asked for is in fewer notes than are shown, in two more, in most notes,
    or in twenty at the end."""
    notes: dict[str, dict[str, Text]] = {
        f"n{n:04}": {"facts": [tag for tag, first in _FIRST.items() if n >= first]}
        for n in range(2500)
    }
    source = index(notes)
    page = browser.new_page()
    address = write_site(tmp_path, source, step=100)
    for query, parts in zip(_FIRST, ([0], [0, 1, 2], [], []), strict=True):
        page.goto(address.as_uri())
        found = page.evaluate(SEARCH, [query, {"limit": 9}])
        expected = source.keys_for(query)[:9]
        assert [key for key, *_ in found["notes"]] == expected
        orders = [name for name in _loaded(page) if name.startswith("order/")]
        assert orders == [f"order/key-{part}" for part in parts]
    page.close()


def test_a_range_loads_what_lies_within(browser: Any, tmp_path: Path) -> None:
    notes: dict[str, dict[str, Text]] = {
        str(y): {"facts": [f"year:{y}"]} for y in range(1990, 2020)
    }
    page = browser.new_page()
    page.goto(write_site(tmp_path, index(notes), step=5).as_uri())
    found = page.evaluate(SEARCH, ["year:2001..2006", {}])
    assert [key for key, *_ in found["notes"]] == [str(year) for year in range(2001, 2007)]
    assert _loaded(page) == [f"terms/{f'year:{y}'.encode().hex()}" for y in (2000, 2005)]
    page.close()


@pytest.mark.parametrize(
    ("query", "looked_up"),
    [
        ("wort", {"wort", "work", "word"}),
        ("wort notes", {"wort", "work", "word", "note"}),  # not what notes may be a slip for
        ("nute wort", {"wort", "work", "word", "nute", "mute", "note"}),
    ],
)
def test_a_mistyped_word_loads_two_names_however_many_are_like_it(
    browser: Any, tmp_path: Path, query: str, looked_up: set[str]
) -> None:
    notes: dict[str, dict[str, Text]] = {f"{a}ort": {"title": f"{a}ort notes"} for a in "bfmps"}
    notes |= {"work": {"title": "work"}, "word": {"title": "word"}, "mute": {"title": "mute"}}
    source = index(notes)
    page = browser.new_page()
    page.goto(write_site(tmp_path, source, step=1).as_uri())
    found = page.evaluate(SEARCH, [query, {}])
    assert [key for key, *_ in found["notes"]] == source.keys_for(query)
    starts = ["", *source.entries("")[1:]]
    shards = {max(start for start in starts if start <= word) for word in looked_up}
    loaded = {name for name in _loaded(page) if name.startswith("terms/")}
    assert loaded == {f"terms/{start.encode().hex() or '0'}" for start in shards}
    page.close()


def test_nothing_is_loaded_twice(page: Any) -> None:
    page.evaluate("Promise.all(['bert', 'bert', 'bert*'].map((text) => paperkb.search(text)))")
    before = _loaded(page)
    page.evaluate(SEARCH, ["bert", {}])
    assert _loaded(page) == before
    assert len(set(before)) == len(before)


@pytest.mark.parametrize("missing", ["meta", "terms", "places", "order", "notes", "similar"])
def test_what_is_missing_is_empty(browser: Any, tmp_path: Path, missing: str) -> None:
    address = write_site(tmp_path, SOURCE)
    target = tmp_path / "search" / missing
    target = target if target.is_dir() else target.with_suffix(".js")
    target.rename(tmp_path / "gone")
    page = browser.new_page()
    page.goto(address.as_uri())
    for query in ("bert", '"language models"', "tag:nlp OR bert", "atention", "-bert", "sort:year"):
        page.evaluate(SEARCH, [query, {}])
    page.close()


def test_an_index_of_nothing(browser: Any, tmp_path: Path) -> None:
    address = write_site(tmp_path, index({}))
    page = browser.new_page()
    page.goto(address.as_uri())
    for query in ("", "bert", "-bert", "ber*", "sort:year", "year:2017.."):
        assert page.evaluate(SEARCH, [query, {}])["total"] == 0
    page.close()


# Another index takes this one's place


def test_addresses_tell_the_version(page: Any) -> None:
    page.evaluate(SEARCH, ["bert", {}])
    found = page.evaluate(
        "Array.from(document.head.querySelectorAll('script'), (s) => s.src.split('/search/')[1])"
    )
    loaded = [name for name in found if name and not name.startswith("meta.js?")]
    assert all(name.endswith(".js?1") for name in loaded)
    assert len(loaded) > 1


def test_what_is_gone_makes_the_browser_ask_anew(browser: Any, tmp_path: Path) -> None:
    """A page that is open while the site is renewed."""
    page = browser.new_page()
    page.goto(write_site(tmp_path, SOURCE).as_uri())
    page.evaluate(SEARCH, ["bert", {}])
    shutil.rmtree(tmp_path / "search")
    new = index({"new": {"title": "An unheard word"}, **PAPERS})
    write_site(tmp_path, new, step=1000, version="2")
    found = page.evaluate(SEARCH, ["unheard", {}])
    assert [key for key, *_ in found["notes"]] == ["new"]
    page.close()


def test_a_minute_later_the_browser_asks_anew(browser: Any, tmp_path: Path) -> None:
    page = browser.new_page()
    page.clock.install()
    page.goto(write_site(tmp_path, SOURCE).as_uri())
    assert page.evaluate(SEARCH, ["bert", {}])["total"] > 1
    write_site(tmp_path, index({"new": {"title": "BERT"}}), version="2")
    page.clock.fast_forward(61_000)
    assert page.evaluate(SEARCH, ["bert", {}])["total"] == 1
    page.close()


def test_an_index_of_another_form_is_refused(browser: Any, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(write_site(tmp_path, SOURCE).as_uri())
    (tmp_path / "search/meta.js").write_text('paperkb.add("meta",{"format":1,"size":1});')
    refused = page.evaluate("paperkb.search('bert').catch((error) => error.message)")
    assert refused == "the index has another format"
    page.close()
