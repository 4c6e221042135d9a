"""axe-core's rules, the keyboard, and less motion: on a page of each kind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.site.quality.sites import Published
from tests.site.serving import visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
MOST_STOPS = 150
"""Tab stops that are tried on one page."""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(
    browser: Any, published: Published, scheme: str, size: dict[str, int]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    base = published.addresses["file"]
    with visiting(browser, base, color_scheme=scheme, viewport=size) as (page, _):
        broken = []
        for path in published.examples():
            page.goto(f"{base}/{path}")
            found = axe.run(page).response["violations"]
            broken += [(path, fault["id"], fault["nodes"][0]["html"]) for fault in found]
    assert broken == []


# What a reader can operate; what had the focus, and whether that could be seen.
_WATCH = """(most) => {
  const known = [...document.querySelectorAll(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((e) => !e.disabled && e.tabIndex >= 0)
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .slice(0, most);
  const had = new Set([document.activeElement]);
  const unseen = [];
  document.addEventListener('focusin', ({ target }) => {
    const style = getComputedStyle(target);
    const around = target.closest('.search-bar') ?? target;
    const box = target.getBoundingClientRect();
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    had.add(target);
    if (!(outlined || getComputedStyle(around).boxShadow !== 'none')
        || !box.width || !box.height || box.bottom <= 0 || box.top >= innerHeight)
      unseen.push(target.outerHTML.slice(0, 120));
  });
  window.result = () => [unseen, known.filter((e) => e.isConnected && !had.has(e)
    && e.checkVisibility({ visibilityProperty: true })).map((e) => e.outerHTML.slice(0, 120))];
  return known.length;
}"""


def test_tab_reaches_everything_and_the_focus_is_seen(browser: Any, published: Published) -> None:
    base = published.addresses["http"]
    with visiting(browser, base, viewport=DESKTOP, reduced_motion="reduce") as (page, wrong):
        for path in published.examples():
            page.goto(f"{base}/{path}", wait_until="networkidle")
            stops = page.evaluate(_WATCH, MOST_STOPS)
            # One round, which may begin in a field; a second, as stops may come while it goes on.
            for _ in range(2):
                for _ in range(stops + 3):
                    page.keyboard.press("Tab")
                unseen, missed = page.evaluate("window.result()")
                if not missed:
                    break
            assert (unseen, missed) == ([], []), path
    assert wrong == []


def test_nothing_moves_for_those_who_want_no_motion(browser: Any, published: Published) -> None:
    moving = """() => [...document.querySelectorAll('*')].filter((e) => {
      const s = getComputedStyle(e);
      const long = (times) => times.split(',').some((time) => parseFloat(time) > 0.01);
      return long(s.transitionDuration) || (s.animationName !== 'none' && long(s.animationDuration))
        || s.scrollBehavior === 'smooth';
    }).map((e) => e.outerHTML.slice(0, 120))"""
    base = published.addresses["file"]
    with visiting(browser, base, reduced_motion="reduce") as (page, _):
        for path in published.examples():
            page.goto(f"{base}/{path}")
            assert page.evaluate(moving) == [], path
