"""Search as a reader meets it: nothing is fetched before it is used, then it answers, in a folder and from a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from marionette_driver import By, Wait
from marionette_driver.marionette import Marionette
from playwright.sync_api import Browser, Page, Route

from roadmap.check import browser_search, search_queries
from roadmap.postprocess import search_index
from roadmap.postprocess.built_edition import BuiltEdition
from tests.conftest import PATIENCE, ROOT, edition
from tests.site.firefox import firefox
from tests.site.serving import Server

PARTS = ("finder.js", "search_index.js", "workers/search.", "iframe-worker", "bundle.", "lunr")
ANSWERED, FIRST_ANSWER = ".search-hits[aria-busy=false]", ".search-hits > li > a"
built = pytest.mark.xdist_group("site")

# What it knows


PAGE = """<!doctype html><html lang="en"><body><nav>Menu</nav><article>
<h1 id="top">Portfolios<a class="headerlink" href="#top">&para;</a></h1><p>A <em>learning</em>-portfolio &lt;b&gt;.</p>
<svg><title>Picture</title></svg><details data-search-exclude>Sources</details> Tail.<!-- unseen --> After.
<h2 id="use">How to use it</h2><ul><li>One</li><li>Two</li></ul><p class="next-step">Next: Glossary</p>
</article></body></html>"""


def test_the_index_holds_the_prose_below_each_heading_once(tmp_path: Path) -> None:
    for name in ("p.html", "404.html"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    search_index.write_index(BuiltEdition.read(tmp_path), {"lang": ["en"]}, {"p.html": ["diary"]})
    written = (tmp_path / "search" / "search_index.js").read_text(encoding="utf-8")
    assert json.loads(written.removeprefix("var __index=")) == {
        "config": {"lang": ["en"]},
        "docs": [
            {"location": "p.html", "title": "Portfolios¶", "text": "A learning-portfolio &lt;b&gt;. Tail. After.", "tags": ["diary"]},
            {"location": "p.html#use", "title": "How to use it", "text": "One Two"},
        ],
    }
    assert "¶" in written, "as it is read, not as an escape"


# Chromium


@contextmanager
def opened(folder: Path, world: str) -> Iterator[tuple[str, Server | None]]:
    """The address of a folder in one of the worlds, and its server where there is one."""
    with ExitStack() as stack:
        server = stack.enter_context(Server(folder)) if world == "served" else None
        yield (server.url if server else folder.resolve().as_uri()), server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(service_workers="block")  # one would save search for later, page by page
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    yield page
    assert page.wrong == []
    context.close()


def ask(page: Page, query: str) -> list[str]:
    """The addresses that search answers with."""
    if not page.locator(".search[open]").count():
        page.locator(".search-open").click()
    page.locator(".search input").fill(query)
    page.wait_for_selector(ANSWERED, state="attached")
    return [link.get_attribute("href") for link in page.locator(FIRST_ANSWER).all()]


def fetched(server: Server) -> set[str]:
    return {part for part in PARTS for path in server.asked if part in path}


@built
def test_nothing_of_search_is_fetched_before_it_is_used(page: Page, site: Path) -> None:
    with Server(site) as server:
        page.goto(f"{server.url}/en/how/index.html", wait_until="networkidle")
        page.mouse.move(5, 5)
        page.keyboard.press("Tab")
        assert fetched(server) == set()
        assert ask(page, "portfolio")
        assert fetched(server) == {"finder.js", "search_index.js", "workers/search."}
        asked = len(server.asked)
        assert ask(page, "observation") and len(server.asked) == asked
    assert ask(page, "reflection"), "the network is cut, and it goes on answering"


@built
def test_a_word_without_end_is_neither_sought_nor_marked(page: Page, site: Path) -> None:
    endless = "x" * 60_000  # the index would work for half a minute, and the browser takes no such pattern
    page.goto((site / "en/glossary.html").as_uri())
    assert ask(page, f"portfolio {endless}") == ask(page, "portfolio") != []
    assert ask(page, endless) == []
    page.evaluate("(words) => roadmap.search.mark(words)", ["glossary", endless])
    assert page.locator("article mark").first.inner_text().lower() == "glossary"


@built
def test_in_a_folder_the_frame_is_loaded_in_place_of_the_worker(page: Page, site: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "en/how/index.html").as_uri())
    assert not [url for url in asked if any(part in url for part in PARTS)]
    assert ask(page, "portfolio")
    assert all(url.startswith("file:") for url in asked) and any("iframe-worker.js" in url for url in asked)


@built
def test_every_query_is_answered_from_a_server(browser: Browser, site: Path) -> None:
    asked = search_queries.queries(edition(ROOT, "en"))
    with Server(site) as server:
        given = list(browser_search.answers(f"{server.url}/en/index.html", [each.query for each in asked], browser))
    missed = [(each.query, pages[:3]) for each, pages in zip(asked, given, strict=True) if each.page not in pages[:3]]
    assert missed == []


@built
def test_what_is_typed_while_it_loads_is_kept_and_answered(page: Page, site: Path) -> None:
    held: list[Route] = []
    with Server(site) as server:
        page.route("**/finder.js", lambda route: held.append(route))
        page.goto(f"{server.url}/en/index.html")
        page.locator(".search-open").click()
        assert page.locator(".search-said").inner_text() == "The search is being loaded …"
        page.keyboard.type("observation")
        assert not page.locator(FIRST_ANSWER).count()
        held[0].continue_()
        page.wait_for_selector(FIRST_ANSWER)
        assert page.locator(".search input").input_value() == "observation"
        assert page.locator(".search-said").inner_text().startswith("Pages shown")


@built
def test_it_says_that_it_could_not_be_loaded_and_can_be_opened_again(page: Page, site: Path) -> None:
    with Server(site) as server:
        page.goto(f"{server.url}/en/index.html")
        page.route("**/finder.js", lambda route: route.abort())
        page.locator(".search-open").click()
        page.wait_for_function("() => document.querySelector('.search-said').textContent.includes('could not be loaded')")
        page.keyboard.press("Escape")
        page.unroute("**/finder.js")
        assert ask(page, "portfolio")


@built
@pytest.mark.parametrize("world", ["folder", "served"])
def test_by_keyboard_alone(world: str, page: Page, site: Path) -> None:
    with opened(site, world) as (url, _):
        page.goto(f"{url}/en/index.html")
        page.locator(".search-open").focus()
        page.keyboard.press("Enter")
        page.keyboard.type("no time for portfolios")
        page.wait_for_selector(FIRST_ANSWER)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.className") == "search-open" and not page.locator(".search[open]").count()
        page.keyboard.press("Control+k")
        assert page.evaluate("document.activeElement.value") == "no time for portfolios"
        links = page.locator(".search-hits a")
        for key, here in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
            page.keyboard.press(key)
            assert links.nth(here).evaluate("link => link === document.activeElement")
        assert links.first.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")  # in the field: the first answer
        page.wait_for_url("**/portfolios.html?h=*")


@built
def test_sections_stand_below_their_page_and_lead_to_their_heading(page: Page, site: Path) -> None:
    page.goto((site / "en/index.html").as_uri())
    first = ask(page, "homework between the labs")[0]
    below = [link.get_attribute("href") for link in page.locator(".search-hits > li:first-child ul a").all()]
    assert below and {address.split("?")[0] for address in below} == {first.split("?")[0]}
    assert any(address.endswith("#homework") for address in below)
    page.locator(".search-hits ul a[href$='#homework']").click()
    page.wait_for_url("**/learning-labs.html?h=*#homework")
    page.wait_for_selector("article mark")
    assert "homework" in {text.lower() for text in page.locator("article mark").all_inner_texts()}
    assert page.locator("#homework").is_visible() and not page.locator("h1 script, svg mark, template mark").count()


@built
def test_an_address_can_hold_a_query(page: Page, site: Path) -> None:
    page.goto((site / "en/index.html").as_uri() + "?q=Grosuplje")
    page.wait_for_selector(FIRST_ANSWER)
    assert "slovenia.html" in page.locator(FIRST_ANSWER).first.get_attribute("href")


@built
@pytest.mark.parametrize("world", ["folder", "served"])
def test_the_edition_from_right_to_left_answers_in_its_language(world: str, page: Page, two_editions: Path) -> None:
    with opened(two_editions, world) as (url, _):
        page.goto(f"{url}/ar/index.html")
        assert any("follow-up.html" in address for address in ask(page, "متابعة"))
        assert page.locator(".search-said").inner_text().startswith("الصفحات")
        assert any("learning-labs.html" in address for address in ask(page, "learning labs")), "what is not translated yet is found in English"
        assert ask(page, "ظظظظظظ") == [] and "نجد" in page.locator(".search-said").inner_text()
    assert page.locator(".search").evaluate("e => getComputedStyle(e).direction") == "rtl"


# Firefox


@pytest.fixture(scope="module")
def fox() -> Iterator[Marionette]:
    with firefox(dom__serviceWorkers__enabled=False) as driver:
        yield driver


def wait(fox: Marionette, script: str) -> Any:
    return Wait(fox, timeout=PATIENCE).until(lambda driver: driver.execute_script(f"return ({script})()"))


@built
@pytest.mark.parametrize("world", ["folder", "served"])
def test_every_query_is_answered_in_firefox(world: str, fox: Marionette, site: Path) -> None:
    asked, missed = search_queries.queries(edition(ROOT, "en")), []
    with opened(site, world) as (url, server):
        home = f"{url}/en/index.html"
        fox.navigate(home)
        assert server is None or fetched(server) == set()
        fox.find_element(By.CSS_SELECTOR, ".search-open").click()
        wait(fox, browser_search.ANSWERED)
        for each in asked:
            fox.execute_script(f"({browser_search.ASK})(arguments[0])", [each.query])
            wait(fox, browser_search.ANSWERED)
            given = [browser_search.page_path(home, link) for link in fox.execute_script(f"return ({browser_search.ANSWERS})()")]
            if each.page not in given[: search_queries.FIRST]:
                missed.append((each.query, given[: search_queries.FIRST]))
    assert missed == []
