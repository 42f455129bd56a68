"""Without a mouse: every stop of a page shows where one is and lies in sight; search, menus, checklist and downloads work."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from tests.conftest import look, rest

STOPS = 400  # more than any page has
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const shows = [e, ...(e.labels ?? [])].find((one) => one.checkVisibility() && one.getBoundingClientRect().width > 4) ?? e;
  const box = shows.getBoundingClientRect(), points = [];
  for (const x of [0.1, 0.5, 0.9]) for (const y of [0.1, 0.5, 0.9]) {
    const found = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
    points.push(!!found && (shows.contains(found) || found.contains(shows) && found !== document.body && !found.matches("main *")));
  }
  e.dataset.stop ??= String(window.stops = (window.stops ?? 0) + 1);
  const style = getComputedStyle(shows);
  return {
    stop: e.dataset.stop,
    what: `${e.localName}.${e.className} ${(e.textContent || e.ariaLabel || e.id).trim().slice(0, 40)}`,
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: points.some(Boolean),
    box: { x: box.x, y: box.y, width: box.width, height: box.height },
  };
}"""
PAGES = ("en/index", "en/how/stages/initiating/index", "en/worksheets/session-plan", "en/cases/denmark", "ar/where-to-start")


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width = getattr(request, "param", 1280)
    context = browser.new_context(viewport={"width": width, "height": 700}, reduced_motion="reduce", accept_downloads=True)
    yield context.new_page()
    context.close()


def stops(page: Page) -> Iterator[dict[str, Any]]:
    """Every stop of the Tab key, from the first to where the round begins again."""
    seen: set[str] = set()
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None:
            continue
        if here["stop"] in seen:
            return
        seen.add(here["stop"])
        yield here


def tab_to(page: Page, selector: str) -> None:
    """Goes on with the Tab key until the focus is there."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the Tab key does not lead to {selector}")


@pytest.mark.parametrize(("name", "width"), [*zip(PAGES, cycle((320, 1280))), *rest(*zip(PAGES, cycle((1280, 320))))])
def test_every_stop_shows_where_one_is_and_nothing_lies_above_it(name: str, width: int, window: Page, two_editions: Path) -> None:
    page = look(window, two_editions / f"{name}.html", width, reduced_motion="reduce")
    found = list(stops(page))
    assert len(found) > 10
    assert [stop["what"] for stop in found if stop["ring"] < 2] == []
    assert [stop["what"] for stop in found if not stop["seen"]] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_ring_is_on_the_screen(width: int, window: Page, two_editions: Path) -> None:
    """The first stops of a page, compared as pixels with and without the focus."""
    page = look(window, two_editions / "en" / "index.html", width, reduced_motion="reduce")
    for stop in (stop for stop, _ in zip(stops(page), range(12), strict=False)):
        around = {"x": max(0, stop["box"]["x"] - 6), "y": max(0, stop["box"]["y"] - 6)}
        around |= {"width": stop["box"]["width"] + 12, "height": stop["box"]["height"] + 12}
        focused = page.screenshot(clip=around)
        page.evaluate("(window.last = document.activeElement).blur()")
        without = page.screenshot(clip=around)
        page.evaluate("window.last.focus()")
        assert changed(focused, without) > 40, stop["what"]


def changed(one: bytes, other: bytes) -> int:
    """How many pixels of two pictures differ plainly."""
    pictures = [Image.open(BytesIO(data)).convert("L") for data in (one, other)]
    return sum(ImageChops.difference(*pictures).histogram()[40:])


def test_a_stop_without_ring_or_below_something_is_seen(window: Page, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        """<!doctype html><title>x</title><style>#plain { outline: none } div { position: fixed; inset: 0 0 auto; height: 9em; background: red }</style>
        <p><a href="#" id="plain">no ring</a></p><p style="margin-top: 20em"><a href="#">good</a></p><div></div>""", encoding="utf-8",
    )
    page = look(window, tmp_path / "bad.html", 1280, reduced_motion="reduce")
    found = {stop["what"]: stop for stop in stops(page)}
    assert found["a. no ring"]["ring"] == 0 and not found["a. no ring"]["seen"]
    assert found["a. good"]["ring"] > 0 and found["a. good"]["seen"]


# What one does with it


@pytest.mark.parametrize("page", [320, 1280], indirect=True)
def test_search_from_the_first_key_to_the_page(page: Page, two_editions: Path) -> None:
    page.goto((two_editions / "en" / "index.html").as_uri())
    tab_to(page, ".search-open")
    page.keyboard.press("Enter")
    page.keyboard.type("learning lab")
    page.wait_for_selector(".search-hits a")
    tab_to(page, ".search-hits a")
    assert page.evaluate(HERE)["ring"] >= 2
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/index.html" not in url.split("?")[0])
    assert "lab" in page.locator("h1").inner_text().lower()


def test_escape_shuts_the_search_and_leads_back(page: Page, two_editions: Path) -> None:
    page.goto((two_editions / "en" / "index.html").as_uri())
    tab_to(page, ".search-open")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.search-open')")


@pytest.mark.parametrize("page", [320], indirect=True)
def test_the_menu_opens_leads_on_and_shuts(page: Page, two_editions: Path) -> None:
    page.goto((two_editions / "en" / "index.html").as_uri())
    tab_to(page, ".drawer-open")
    assert page.evaluate(HERE)["ring"] >= 2
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('.road').getBoundingClientRect().left >= 0")
    here = page.evaluate(HERE)
    assert here["what"].startswith("a.road-link") and here["seen"] and here["ring"] >= 2
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelector('.road').getBoundingClientRect().right <= 0")
    assert page.evaluate("document.activeElement.matches('.drawer-open')")
    page.keyboard.press("Space")
    tab_to(page, ".road-stops > li:nth-child(2) > a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/where-to-start.html")


@pytest.mark.parametrize(("width", "there"), [(320, True), (1280, False)])
def test_the_menu_is_offered_only_where_it_is_folded(width: int, there: bool, window: Page, two_editions: Path) -> None:
    page = look(window, two_editions / "en" / "where-to-start.html", width, reduced_motion="reduce")
    assert page.locator(".drawer-open").is_visible() == there
    assert page.locator(".road-link").first.is_visible()


def test_languages_by_keyboard(page: Page, two_editions: Path) -> None:
    page.goto((two_editions / "en" / "where-to-start.html").as_uri())
    tab_to(page, ".editions-menu > summary")
    page.keyboard.press("Enter")
    tab_to(page, ".editions-menu a[lang=ar]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/where-to-start.html")


def test_a_checklist_is_ticked_and_noted(page: Page, two_editions: Path) -> None:
    page.goto((two_editions / "en" / "how" / "stages" / "initiating" / "index.html").as_uri())
    tab_to(page, ".question input[type=checkbox]")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.checked")
    tab_to(page, ".question summary")
    page.keyboard.press("Enter")
    tab_to(page, ".question textarea")
    page.keyboard.type("Ask the cooks")
    assert page.evaluate("document.activeElement.value") == "Ask the cooks"
    assert page.evaluate(HERE)["ring"] >= 2


def test_a_sheet_is_fetched(page: Page, site: Path) -> None:
    page.goto((site / "en" / "worksheets" / "session-plan.html").as_uri())
    tab_to(page, ".sheet-files a[href$='.pdf']")
    with page.expect_event("requestfinished", lambda request: request.url.endswith(".pdf")):
        page.keyboard.press("Enter")
