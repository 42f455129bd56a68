"""The built site as a reader meets it: opened from a folder in Chromium, with the network off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import look

SAMPLE = ("index", "how/stages/initiating/index", "how/stages/initiating/set-ups", "cases/index", "cases/denmark")


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that keeps what it asked for and what went wrong. `param`: width."""
    width = getattr(request, "param", 1280)
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    page = context.new_page()
    page.asked, page.failed, page.errors = [], [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("requestfailed", lambda request: page.failed.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    context.close()


def open_page(page: Page, site: Path, name: str) -> None:
    page.goto((site / "en" / f"{name}.html").as_uri())
    page.wait_for_load_state()


@pytest.mark.parametrize("name", SAMPLE)
def test_a_page_opens_from_a_folder_without_network(name: str, page: Page, site: Path) -> None:
    open_page(page, site, name)
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert page.failed == [] and page.errors == []
    assert page.evaluate("document.fonts.check('16px \"Source Sans 3\"', 'č š ž ø å ã õ')")
    assert page.evaluate("[...document.fonts].some(f => f.status === 'loaded')")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (768, "dark"), (1280, "light")])
@pytest.mark.parametrize("name", SAMPLE)
def test_no_page_scrolls_sideways(name: str, width: int, scheme: str, window: Page, site: Path) -> None:
    page = look(window, site / "en" / f"{name}.html", width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reader_walks_from_the_home_page_along_the_road(page: Page, site: Path) -> None:
    open_page(page, site, "index")
    for _ in range(4):
        before = page.url
        page.locator("a.next-step").last.click()
        page.wait_for_url(lambda url, before=before: url != before)
        assert page.locator("h1").is_visible()
    assert page.url.endswith("introduction/why.html")


@pytest.mark.parametrize("page", [390], indirect=True)
def test_an_assisting_practitioner_finds_her_way_in_from_the_home_page(page: Page, site: Path) -> None:
    open_page(page, site, "index")
    entry = page.locator(".roles").get_by_text("Works beside the core practitioner")
    entry.scroll_into_view_if_needed()
    box = entry.bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 5)  # the whole entry is the link
    page.wait_for_url("**/where-to-start.html#assisting-practitioner")
    title = page.get_by_role("heading", name="You are an assisting practitioner")
    assert title.bounding_box()["y"] < 400


def test_labels_of_pictures_are_at_least_12_px_on_the_narrowest_phone(window: Page, site: Path) -> None:
    for name in ("how/stages/initiating/set-ups", "cases/denmark", "how/stages/facilitating/learning-labs"):
        page = look(window, site / "en" / f"{name}.html", 320)
        sizes = page.evaluate(
            """[...document.querySelectorAll('svg.picture text')].map(
                 t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"""
        )
        assert sizes and min(sizes) >= 12, (name, min(sizes))


def test_words_of_pictures_stay_inside_as_the_browser_draws_them(window: Page, site: Path) -> None:
    for name in SAMPLE:
        page = look(window, site / "en" / f"{name}.html", 1280)
        outside = page.evaluate(
            """[...document.querySelectorAll('svg.picture text tspan')].filter(t => {
                 const words = t.getBoundingClientRect(), picture = t.closest('svg').getBoundingClientRect();
                 return words.left < picture.left - 1 || words.right > picture.right + 1
                     || words.bottom > picture.bottom + 1;
               }).map(t => t.textContent)"""
        )
        assert outside == []


def test_a_picture_has_a_name_and_the_same_in_words(page: Page, site: Path) -> None:
    open_page(page, site, "cases/denmark")
    for figure in page.locator("figure:has(svg.picture)").all():
        svg = figure.locator("svg.picture").first
        assert svg.get_attribute("role") == "img"
        assert figure.locator(f"[id='{svg.get_attribute('aria-labelledby')}']").text_content().strip()
        figure.locator("summary").first.click()
        assert figure.locator("details").first.inner_text().strip().count("\n") >= 1


def test_sources_open_where_they_are_named(page: Page, site: Path) -> None:
    open_page(page, site, "cases/slovenia")
    table = page.locator(".facts-table")
    assert "722" in table.first.inner_text() or table.filter(has_text="722").count()
    note = page.locator(".source-note").first
    note.locator("summary").click()
    assert "report" in note.inner_text().lower()


@pytest.mark.parametrize("name", ["glossary", "how/stages/initiating/core-team"])
def test_whatever_one_types_behind_an_address_no_script_stumbles(name: str, page: Page, site: Path) -> None:
    for typed in ("#%", "#%E0%A4%A", "#%00", "?q=%", "?q=%E0%A4%A#%", "#" + "x" * 5000):
        page.goto((site / "en" / f"{name}.html").as_uri() + typed)
        page.wait_for_load_state()
        page.evaluate("location.hash = '#%'")
        page.evaluate("new Promise((done) => setTimeout(done))")
        assert page.errors == [], typed
