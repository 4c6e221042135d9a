"""Hundreds of queries of the example vault: the browser answers as Python does, from a server and
from disk."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from paperkb.library.find import shown_text
from paperkb.library.search_source import IndexSource
from paperkb.model import STATUSES
from paperkb.search.engine import search
from paperkb.search.query import SORTS, THINGS, QueryError, parse_query
from paperkb.search.snippet import snippet
from paperkb.site.build import build_site
from tests.search.files import SCRIPTS
from tests.search.marks import shown
from tests.vaults import EXAMPLE_VAULT, load

pytestmark = pytest.mark.browser

RANDOM = 600
SHOWN = 3
"""Notes of an answer whose snippets are compared."""
AT_ONCE = 40
"""Queries between two loads of the page: what one loads must not hide what another lacks."""

BY_HAND = """
attention
self-attention transformer
"neural machine translation"
"attention is all you need"
author:hinton year:..2012
tag:nlp -status:read
(bert OR gpt) language
-(bert OR gpt) language sort:year
-bert
-"language model"
the of and
the attention
a* -the
attnetion
tranformer
langauge modle
bert*
GPT4 GPT-4 gpt
A* search
year:>=2017 year:<2020
year:2012..2015 OR rating:5
rating:>=4 sort:rating
added:2026 sort:added
added:<=2025-12
has:code has:tldr -has:pdf
has:note sort:title
sort:cited
sort:year deep learning
#nlp OR #vision
tag:*
topic:*
author:a*
title:a* OR title:t*
venue:neurips
via:blog
自注意力
机
深度学习 OR 学习
e = mc^2
$x$
"
(
x OR
year:x
has:wings
😀 (((
)
--x
-
""
#
*
""".splitlines()

SEARCH = """(queries) => Promise.all(queries.map(async ([text, typing]) => {
  try {
    const found = await paperkb.search(text, {limit: Infinity, typing});
    const shown = (pieces) => pieces.map(([text, is]) => is ? `[${text}]` : text).join("");
    return found.map((note, place) => {
      const snippet = place < 3 ? shown(paperkb.snippet(note, text, {typing})) : null;
      return [note.key, note.score, snippet];
    });
  } catch (error) {
    return `${error.name}: ${error.message} @ ${error.place}`;
  }
}))"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("parity") / "site"
    with patch("paperkb.library.shorthand.FEWEST", 0):  # texts are short, as in a large library
        build_site(load(EXAMPLE_VAULT), out)
    (out / "empty.html").write_text(
        "<!doctype html><meta charset=utf-8><title>Empty</title>", encoding="utf-8"
    )
    return out


@pytest.fixture(scope="module")
def source() -> IndexSource:
    return IndexSource(load(EXAMPLE_VAULT).index, is_public=True)


@pytest.fixture(scope="module")
def addresses(site: Path) -> Iterator[dict[str, str]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {
        "file": site.as_uri(),
        "http": f"http://127.0.0.1:{server.server_address[1]}/{site.name}",
    }
    server.shutdown()


class _Queries:
    """Queries from the words, names and labels of a library."""

    def __init__(self, source: IndexSource, seed: int) -> None:
        self.random = random.Random(seed)
        entries = source.entries("")
        self.words = [entry for entry in entries if ":" not in entry]
        self.facts = {
            name: [entry for entry in entries if entry.startswith(f"{name}:")]
            for name in (
                "title", "author", "venue", "via", "tag", "topic", "year", "rating", "added",
                "arxiv", "doi", "cites", "citedby",
            )
        }  # fmt: skip
        self.labels = self.facts["tag"] + self.facts["topic"]
        self.phrases = [note.work.title for note in load(EXAMPLE_VAULT).notes]
        self.makers: list[Callable[[], str]] = [
            self.word, self.word, self.word, self.typo, self.prefix, self.phrase, self.joined,
            self.fact, self.fact_prefix, self.range, self.status, self.malformed,
        ]  # fmt: skip

    def query(self) -> str:
        """A query of any form."""
        made = self.unary(2)
        for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
            made += self.random.choice((" ", " ", " ", " OR ", "  ")) + self.unary(2)
        if self.random.random() < 0.2:
            made += f" sort:{self.random.choice(SORTS)}"
        return made

    def unary(self, depth: int) -> str:
        minus = "-" * (self.random.random() < 0.15)
        if depth and self.random.random() < 0.2:
            between = self.random.choice((" ", " OR "))
            return f"{minus}({self.unary(depth - 1)}{between}{self.unary(depth - 1)})"
        return minus + self.random.choice(self.makers)()

    def word(self) -> str:
        return self.random.choice(self.words)

    def typo(self) -> str:
        word = list(self.word())
        for _ in range(self.random.randint(1, 2)):
            place = self.random.randrange(len(word))
            if self.random.random() < 0.5:
                word[place] = self.random.choice("aeiou")
            else:
                word.insert(place, word[place - 1])
        return "".join(word)

    def prefix(self) -> str:
        word = self.word()
        return word[: self.random.randint(1, len(word))] + "*"

    def phrase(self) -> str:
        words = self.random.choice(self.phrases).replace('"', "").split()
        start = self.random.randrange(len(words))
        return f'"{" ".join(words[start : start + self.random.randint(1, 4)])}"'

    def joined(self) -> str:
        return self.random.choice("-_/.").join((self.word(), self.word()))

    def fact(self) -> str:
        facts = self.random.choice([found for found in self.facts.values() if found])
        name, _, value = self.random.choice(facts).partition(":")
        return f'{name}:"{value}"' if " " in value else f"{name}:{value}"

    def fact_prefix(self) -> str:
        fact = self.random.choice(self.labels + self.facts["title"] + self.facts["author"])
        name, _, value = fact.partition(":")
        return f'{name}:"{value[: self.random.randint(1, len(value))]}*"'

    def range(self) -> str:
        name = self.random.choice(
            [name for name in ("year", "rating", "added") if self.facts[name]]
        )
        low, high = (self.random.choice(self.facts[name]).partition(":")[2] for _ in "ab")
        if name == "added":
            low = low[: self.random.choice((4, 7, 10))]
        sign = self.random.choice((">", ">=", "<", "<=", ""))
        return f"{name}:{sign}{low}" if self.random.random() < 0.6 else f"{name}:{low}..{high}"

    def status(self) -> str:
        status, thing = self.random.choice(STATUSES), self.random.choice(THINGS)
        return self.random.choice((f"status:{status}", f"has:{thing}"))

    def malformed(self) -> str:
        wrong = ("(", ")", '"', "OR", "-", "year:x", "added:2026-99", "tag:", "sort:x", "()")
        return self.random.choice((*wrong, "the", "of", "&", "x", "y", "z"))


def _expected(source: IndexSource, text: str, typing: bool) -> list[list[Any]] | str:
    try:
        query = parse_query(text, typing=typing)
    except QueryError as error:
        return f"QueryError: {error.message} @ {error.place}"
    hits = search(source, query)
    keys = source.keys_of([hit.number for hit in hits])
    texts = [snippet(_text(keys[hit.number]), query.root) for hit in hits[:SHOWN]]
    return [
        [keys[hit.number], hit.score, shown(texts[place]) if place < SHOWN else None]
        for place, hit in enumerate(hits)
    ]


@cache
def _text(key: str) -> str:
    library = load(EXAMPLE_VAULT)
    return shown_text(library, library.by_key[key])


def _queries(source: IndexSource) -> list[tuple[str, bool]]:
    made = _Queries(source, seed=20)
    random_ones = [made.query() for _ in range(RANDOM)]
    cut = [text[: len(text) // 2 + 1] for text in random_ones[: RANDOM // 6]]
    return [
        *((text, False) for text in BY_HAND),
        *((text, False) for text in random_ones),
        *((text, True) for text in cut),
    ]


@pytest.mark.parametrize("origin", [pytest.param("http", marks=pytest.mark.slow), "file"])
def test_the_browser_answers_as_python_does(
    browser: Any, addresses: dict[str, str], source: IndexSource, origin: str
) -> None:
    base = addresses[origin]
    queries = _queries(source)
    wrong = []
    found_any = 0
    page = browser.new_page()
    for start in range(0, len(queries), AT_ONCE):
        some = queries[start : start + AT_ONCE]
        page.goto(f"{base}/empty.html")
        for name in SCRIPTS:
            page.add_script_tag(url=f"{base}/static/{name}")
        for (text, typing), found in zip(some, page.evaluate(SEARCH, some), strict=True):
            expected = _expected(source, text, typing)
            found_any += bool(found) and not isinstance(found, str)
            if not _is_same(found, expected):
                wrong.append((text, typing, found, expected))
    page.close()
    assert wrong == []
    assert found_any > 300


def _is_same(found: list[list[Any]] | str, expected: list[list[Any]] | str) -> bool:
    if isinstance(found, str) or isinstance(expected, str):
        return found == expected
    return len(found) == len(expected) and all(
        key == other and text == cut and abs(score - more) <= 1e-9
        for (key, score, text), (other, more, cut) in zip(found, expected, strict=True)
    )
