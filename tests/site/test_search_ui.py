"""Search in a real browser: the dialog of every page, and the search page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.site.searching import NOTE, open_answer, shown_titles, type_query

pytestmark = pytest.mark.browser

both = pytest.mark.parametrize("base", ["file", "http"], indirect=True)


@pytest.fixture
def base(request: pytest.FixtureRequest, addresses: dict[str, str]) -> str:
    """The site below a path of a server; from disk too where a test is marked so."""
    return addresses[getattr(request, "param", "http")]


@pytest.fixture
def page(browser: Any, base: str) -> Iterator[Any]:
    """A page that in the end has logged nothing and asked nobody but its own site."""
    with_watch = browser.new_context(viewport={"width": 1280, "height": 800})
    made = with_watch.new_page()
    wrong: list[str] = []
    made.set_default_timeout(5000)
    made.on("console", lambda message: wrong.append(f"console: {message.text}"))
    made.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    made.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    made.on("request", lambda r: None if r.url.startswith(f"{base}/") else wrong.append(r.url))
    made.on("response", lambda r: wrong.append(r.url) if r.status >= 400 else None)
    yield made
    with_watch.close()
    assert wrong == []


def _query(page: Any) -> str:
    return parse_qs(urlsplit(page.url).query).get("q", [""])[0]


def _wait_for_query(page: Any, query: str) -> None:
    page.wait_for_function(
        "q => (new URLSearchParams(location.search).get('q') ?? '') === q", arg=query
    )


# Everywhere


@both
def test_any_page_can_search_at_once(page: Any, base: str) -> None:
    page.goto(f"{base}/topics/language/translation.html")
    keys = page.evaluate(
        "paperkb.search('attention is all you need').then((found) => found.map((n) => n.key))"
    )
    assert keys[0] == "vaswani2017attention"
    counts = page.evaluate(
        "paperkb.search('attention').then(async (found) => {"
        "  const years = await paperkb.facet('year', found.numbers);"
        "  return [found.total, years.reduce((sum, [, , count]) => sum + count, 0)]; })"
    )
    assert counts[0] == counts[1] > 3


def test_a_page_loads_small_scripts_until_somebody_searches(page: Any, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if r.url.endswith(".js") else None)
    page.goto(f"{base}/{NOTE}")
    page.wait_for_timeout(100)
    names = ("theme", "words", "search-ui", "note", "previews")
    assert asked == [f"{base}/static/{name}.js" for name in names]


# The dialog


@both
def test_slash_opens_and_arrows_and_enter_go_to_a_note(page: Any, base: str) -> None:
    type_query(page, base, "residual learning", at="notes/index.html")
    page.locator(".hit").first.wait_for()
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "true"
    assert page.locator(".hit-title mark").count()
    assert page.locator(".hit .snippet").first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.locator(".hit[aria-selected=true]")
    assert chosen.count() == 1
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert "Deep Residual Learning" in chosen.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/notes/he2015deep.html")
    assert "Deep Residual Learning" in page.locator("h1").inner_text()


def test_escape_closes_and_gives_the_focus_back(page: Any, base: str) -> None:
    page.goto(f"{base}/{NOTE}")
    page.locator("nav a", has_text="Tags").focus()
    page.keyboard.press("Control+k")
    assert page.get_by_role("combobox").is_visible()
    page.keyboard.type("a/b")  # a slash in the box is a slash
    assert page.get_by_role("combobox").input_value() == "a/b"
    page.keyboard.press("Escape")
    assert not page.locator(".search-dialog").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Tags"


def test_a_click_opens_and_a_click_beside_closes(page: Any, base: str) -> None:
    page.goto(f"{base}/{NOTE}")
    page.locator("#pkb\\:search").click()
    assert page.get_by_role("combobox").evaluate("box => box === document.activeElement")
    page.mouse.click(20, 780)
    assert not page.locator(".search-dialog").is_visible()


def test_the_number_of_results_is_said_and_leads_to_all(page: Any, base: str) -> None:
    type_query(page, base, "learning")
    status = page.locator(".search-dialog [role=status]")
    total = page.evaluate(
        "paperkb.search('learning', {typing: true}).then(({total}) => `${total} notes`)"
    )
    page.wait_for_function(
        "said => document.querySelector('.search-dialog [role=status]').textContent === said",
        arg=total,
    )
    said = re.fullmatch(r"(\d+) notes", status.inner_text())
    assert said
    assert status.get_attribute("aria-live") == "polite"
    assert page.locator(".hit").count() == 8
    everything = page.get_by_role("link", name=f"All {said[1]} results")
    assert everything.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=learning")
    page.locator(".found li").first.wait_for()
    assert page.locator("#pkb\\:total").inner_text() == f"{said[1]} notes found"


def test_a_mistake_is_said_where_it_is_and_results_stay(page: Any, base: str) -> None:
    type_query(page, base, "attention")
    page.locator(".hit").first.wait_for()
    before = page.locator(".hit").count()
    page.keyboard.type(" (bert")
    mistake = page.locator(".search-mistake")
    mistake.wait_for()
    assert mistake.inner_text() == "Missing ), at character 11: attention (bert"
    assert mistake.locator("mark").inner_text() == "("
    assert page.locator(".hit").count() == before
    page.keyboard.type(")")
    mistake.wait_for(state="hidden")


def test_a_phrase_is_searched_before_its_last_quote_is_typed(page: Any, base: str) -> None:
    type_query(page, base, '"machine translation')
    page.locator(".hit").first.wait_for()
    assert not page.locator(".search-mistake").is_visible()
    whole = page.evaluate("paperkb.search('\"machine translation\"').then(({total}) => total)")
    assert page.locator(".hit").count() == min(whole, 8)


@pytest.mark.parametrize("late", ["found", "engine"])
def test_what_is_typed_while_a_script_still_loads_is_answered(
    page: Any, base: str, late: str
) -> None:
    """A mistake, which another script shows than the one that finds it."""
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route(f"**/search-{late}.js", hold)
    page.goto(f"{base}/{NOTE}")
    page.keyboard.press("/")
    loaded = "(end) => performance.getEntriesByType('resource').some((it) => it.name.endsWith(end))"
    for name in {"query", "index", "marks", "found", "engine"} - {late}:
        page.wait_for_function(loaded, arg=f"search-{name}.js")
    page.keyboard.type("attention (x")
    page.evaluate("() => new Promise((done) => setTimeout(done, 50))")  # behind the pause's timer
    for route in held:
        route.continue_()
    page.locator(".search-mistake").wait_for()


def test_what_a_mistyped_word_was_taken_for_is_said(page: Any, base: str) -> None:
    open_answer(page, base, "atention")
    said = page.locator(".search-remarks")
    assert said.inner_text() == "Few notes have this spelling; also looked for: attention."
    open_answer(page, base, "attention")
    assert said.inner_text() == ""


def test_nothing_found_is_said(page: Any, base: str) -> None:
    type_query(page, base, "zzqqxxyyww")
    page.locator(".search-nothing", has_text="zzqqxxyyww").wait_for()
    assert page.locator(".search-dialog [role=status]").inner_text() == "No notes"


# The search page


@both
def test_a_group_narrows_and_chips_and_back_undo_it(page: Any, base: str) -> None:
    open_answer(page, base, "attention")
    before = shown_titles(page)
    group = page.locator(".facet[data-kind=tag]")
    assert group.locator("li").count() == 0  # not counted before it is opened
    group.locator("summary").click()
    button = group.get_by_role("button", name=re.compile(r"^nlp \d+$"))
    count = int(button.locator(".count").inner_text())
    button.click()
    _wait_for_query(page, "tag:nlp attention")
    chip = page.get_by_role("button", name="Remove tag nlp")
    chip.wait_for()
    assert page.locator("#pkb\\:total").inner_text().startswith(f"{count} note")
    assert len(shown_titles(page)) == count < len(before)
    page.go_back()
    _wait_for_query(page, "attention")
    chip.wait_for(state="detached")
    assert shown_titles(page) == before
    page.go_forward()
    chip.click()
    _wait_for_query(page, "attention")
    chip.wait_for(state="detached")
    assert shown_titles(page) == before


@pytest.mark.parametrize(
    ("kind", "name", "query"),
    [
        ("author", "Ashish Vaswani", 'author:"Ashish Vaswani" attention'),
        ("topic", "language/translation", 'topic:"language/translation" attention'),
        ("year", "2017", "year:2017 attention"),
        ("status", "read", "status:read attention"),
    ],
)
def test_each_kind_of_group_finds_what_it_counted(
    browser: Any, addresses: dict[str, str], kind: str, name: str, query: str
) -> None:
    page = browser.new_page()
    open_answer(page, addresses["file"], "attention")
    group = page.locator(f".facet[data-kind={kind}]")
    if kind in ("author", "topic"):
        group.locator("summary").click()
    button = group.locator(f'button[value="{name}"]')
    if kind == "author" and not button.is_visible():
        group.locator(".facet-more").click()
    count = button.locator(".count").inner_text()
    button.click()
    _wait_for_query(page, query)
    page.locator(".chips button").wait_for()
    assert page.locator("#pkb\\:total").inner_text().split()[0] == count
    assert button.get_attribute("aria-pressed") == "true"
    page.close()


@both
def test_an_address_is_a_search(page: Any, base: str) -> None:
    open_answer(page, base, "tag:vision+year:2015..+sort:year")
    assert page.locator("#pkb\\:query").input_value() == "tag:vision year:2015.. sort:year"
    assert page.locator("#pkb\\:sort").input_value() == "year"
    years = [
        int(line.rsplit("· ", 1)[1]) for line in page.locator(".found .byline").all_inner_texts()
    ]
    assert years == sorted(years, reverse=True)
    assert years[-1] >= 2015
    page.locator("#pkb\\:sort").select_option("title")
    _wait_for_query(page, "sort:title tag:vision year:2015..")


@both
def test_what_is_typed_is_in_the_address_and_enter_begins_a_new_entry(page: Any, base: str) -> None:
    open_answer(page, base, "bert")
    page.keyboard.press("/")
    page.keyboard.type("diffusion")
    _wait_for_query(page, "diffusion")
    page.keyboard.press("Enter")
    page.go_back()
    _wait_for_query(page, "bert")
    assert page.locator("#pkb\\:query").input_value() == "bert"
    page.go_forward()
    _wait_for_query(page, "diffusion")
    page.locator(".found h2", has_text="iffusion").first.wait_for()


def test_more_results_come_on_demand(page: Any, base: str) -> None:
    open_answer(page, base, "")
    assert page.locator("#pkb\\:total").inner_text() == "82 notes"
    first = shown_titles(page)
    assert len(first) == 10
    page.get_by_role("button", name="Show 10 more").click()
    page.wait_for_function("() => document.querySelectorAll('.found h2').length === 20")
    assert shown_titles(page)[:10] == first
    assert page.evaluate("document.activeElement.textContent") == shown_titles(page)[10]


def test_a_mistake_in_an_address_is_said(page: Any, base: str) -> None:
    page.goto(f"{base}/search.html?q=year:20x")
    mistake = page.locator(".search-mistake")
    mistake.wait_for()
    assert mistake.inner_text() == "Not a year, at character 6: year:20x"


def test_where_nothing_is_found_there_is_something_to_browse(page: Any, base: str) -> None:
    open_answer(page, base, "zzqqxxyyww")
    assert page.locator("#pkb\\:total").inner_text() == "No notes found"
    assert page.locator("#pkb\\:browse a[rel=tag]").first.is_visible()


def test_either_is_kept_together_when_it_is_narrowed(page: Any, base: str) -> None:
    open_answer(page, base, "gan+OR+diffusion")
    page.locator('.facet[data-kind=status] button[value="read"]').click()
    _wait_for_query(page, "status:read (gan OR diffusion)")
    page.get_by_role("button", name="Remove status read").wait_for()


@both
def test_without_scripts_tags_topics_and_years_stand_in(browser: Any, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/{NOTE}")
    page.locator("#pkb\\:search").click()
    assert page.url == f"{base}/search.html"
    assert not page.locator("form").is_visible()
    for heading in ("Topics", "Tags", "Years"):
        assert page.locator("section", has=page.get_by_role("heading", name=heading)).is_visible()
    page.locator("section a[rel=tag]").first.click()
    assert "/tags/" in page.url
    context.close()
