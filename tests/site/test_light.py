"""How light pages are, that nothing a reader sees was lost on the way, and that the small scripts do what readers need."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from roadmap.preview.editions import PreviewEdition
from roadmap.project import addresses
from roadmap.project.project import Project
from roadmap.staging import web_fonts
from roadmap.staging.stage import StagedEdition
from tests.conftest import ROOT, copy_project, rest
from tests.site.serving import Server

SENT, RAW = 100_000, 300_000  # bytes of a first visit: as sent, with letters; HTML, styles and scripts as they are
SHADE = 1  # of 255
TALLEST = 8_000  # px of a page that are compared: what is taller is drawn in tiles that differ from time to time
HEAVY = ("index", "where-to-start", "how/stages/initiating/index", "worksheets/portfolio", "glossary")
SEEN = ["en/cases/denmark", *rest("ar/index", "en/index", "en/how/stages/facilitating/index", "en/worksheets/session-plan")]
WAYS = [(320, "light", "screen"), (320, "dark", "screen"), (1280, "light", "screen"), (1280, "dark", "screen"), (1280, "dark", "print")]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both editions as the preview shows them: before they are made light."""
    root = copy_project(tmp_path_factory.mktemp("plain") / "project")
    shutil.copytree(ROOT / "tests" / "editions" / "ar", root / "docs" / "ar")
    web_fonts.provide(root / "overrides" / "assets" / "fonts")
    project = Project(root)
    for code, edition in project.editions.items():
        staged = StagedEdition(edition, project.edition_files())
        shown = PreviewEdition(staged)
        staged.write_files(root / "site" / code)
        for path in staged.paths:
            page = root / "site" / code / addresses.html_path(path)
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(shown.page(addresses.html_path(path)), encoding="utf-8")
        (root / "site" / code / "404.html").write_text(shown.not_found(), encoding="utf-8")
    return root / "site"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", service_workers="block")
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    yield page
    assert page.wrong == []
    page.close()


def pages(site: Path) -> list[Path]:
    return [path for code in ("en", "ar") for path in sorted((site / code).rglob("*.html"))]


def tree(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(path.read_bytes())


# How heavy


def visit(browser: Browser, address: str) -> tuple[int, int, list[str], list[str]]:
    """A first visit: bytes sent, bytes of HTML, styles and scripts, what the first paint waited for, all that was asked."""
    context = browser.new_context(service_workers="block")
    page, answers = context.new_page(), []
    page.on("requestfinished", lambda request: answers.append(request))
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => 0)")
    sent = sum(request.sizes()["responseBodySize"] for request in answers)
    raw = sum(len(request.response().body()) for request in answers if re.search(r"\.(html|css|js)$", request.url))
    waited = page.evaluate("performance.getEntriesByType('resource').filter(r => r.renderBlockingStatus === 'blocking').map(r => r.name)")
    context.close()
    return sent, raw, waited, [urlsplit(request.url).path for request in answers]


@pytest.mark.parametrize("code", ["en", *rest("ar")])
def test_the_first_visit_is_light_whatever_the_page(code: str, browser: Browser, two_editions: Path) -> None:
    edition = two_editions / code
    case = max((edition / "cases").glob("*.html"), key=lambda path: path.stat().st_size)
    largest = max(edition.rglob("*.html"), key=lambda path: path.stat().st_size)
    names = {*HEAVY, *(path.relative_to(edition).with_suffix("").as_posix() for path in (case, largest))}
    with Server(two_editions) as server:
        for address in sorted(f"{server.url}/{code}/{name}.html" for name in names):
            sent, raw, waited, asked = visit(browser, address)
            assert sent <= SENT and raw <= RAW, (address, sent, raw)
            assert [Path(name).suffix for name in waited] == [".css"], waited
            assert len(asked) <= 9 and not [name for name in asked if re.search("bundle|worker|search_index|lunr", name)], asked


def test_the_scales_weigh(browser: Browser, plain: Path) -> None:
    """The same page before it is made light is above the bar for what the first paint waits for."""
    with Server(plain) as server:
        sent, raw, waited, _ = visit(browser, f"{server.url}/en/cases/belgium.html")
    assert len(waited) > 5 and raw > 250_000 and sent > 80_000


def test_every_page_waits_for_one_style_sheet_only(two_editions: Path) -> None:
    for path in pages(two_editions):
        page = tree(path)
        assert len(page.xpath("//link[@rel='stylesheet']")) == 1, path
        assert page.xpath("//style | //script[@src][not(@defer)] | //*[@style]") == [], path
        assert len(page.xpath("//script[not(@src)][not(@type)]")) == 2, path
        assert len(page.xpath("//script[@src][contains(@src, 'assets/site.')]")) == (2 if page.xpath("//*[@data-checklist]") else 1), path


@pytest.mark.parametrize(("code", "stemmers"), [("en", []), ("ar", ["lunr.ar.min.js", "lunr.stemmer.support.min.js"])])
def test_nothing_unused_is_in_an_edition(code: str, stemmers: list[str], two_editions: Path) -> None:
    edition = two_editions / code
    files = {path.relative_to(edition).as_posix() for path in edition.rglob("*") if path.is_file()}
    assert sorted(Path(name).name for name in files if "/lunr/" in name) == stemmers
    assert [name for name in files if re.search(r"\.map$|favicon\.png$|sitemap\.xml\.gz$|assets/style", name)] == []
    assert sum(name.endswith(".css") for name in files) == 1
    style = next(edition.glob("assets/*.css")).read_text(encoding="utf-8")
    for address in re.findall(r'url\("(?!data:)([^"]+)"\)', style):
        assert (edition / "assets" / address).is_file(), address


# What may not be lost


@pytest.mark.parametrize("code", ["en", "ar"])
def test_every_page_is_reached_by_links_alone(code: str, two_editions: Path) -> None:
    edition = (two_editions / code).resolve()
    todo, reached = [edition / "index.html"], set()
    while todo:
        path = todo.pop()
        if path in reached or not path.is_relative_to(edition) or path.suffix != ".html":
            continue
        reached.add(path)
        for address in tree(path).xpath("//a/@href"):
            parts = urlsplit(address)
            if not parts.scheme and parts.path:
                todo.append((path.parent / unquote(parts.path)).resolve())
    assert set(edition.rglob("*.html")) - reached == {edition / "404.html"}


def picture(page: Page, path: Path, width: int, scheme: str, medium: str) -> Image.Image:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, media=medium, reduced_motion="reduce")
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.set_viewport_size({"width": width, "height": min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)})
    page.evaluate("Promise.all([...document.images].map((image) => image.decode().catch(() => {})))")
    page.evaluate("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))")
    return Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def same(page: Page, one: Path, other: Path, way: tuple[int, str, str]) -> bool:
    """Whether two pages look the same. A busy browser may show one of them half painted; a difference of the pages is there
    each time.
    """
    return any(look_alike(page, one, other, way) for _ in range(3))


def look_alike(page: Page, one: Path, other: Path, way: tuple[int, str, str]) -> bool:
    """Whether they do now. Chromium rounds the edge of a curve to one shade or the next."""
    pictures = picture(page, one, *way), picture(page, other, *way)
    if pictures[0].size != pictures[1].size:
        return False
    return max(most for _, most in ImageChops.difference(*pictures).getextrema()) <= SHADE


@pytest.mark.parametrize("name", SEEN)
def test_a_light_page_looks_the_same_to_the_pixel(name: str, page: Page, plain: Path, two_editions: Path) -> None:
    for way in WAYS:
        assert same(page, two_editions / f"{name}.html", plain / f"{name}.html", way), way


def test_a_lost_rule_is_seen(page: Page, plain: Path, two_editions: Path, tmp_path: Path) -> None:
    edition = Path(shutil.copytree(two_editions / "en", tmp_path / "en"))
    sheet = next(edition.glob("assets/*.css"))
    fewer = re.sub(r"\.md-typeset h1::after\{[^}]*\}", "", sheet.read_text(encoding="utf-8"), count=1)
    assert fewer != sheet.read_text(encoding="utf-8")
    sheet.write_text(fewer, encoding="utf-8")
    assert not same(page, edition / "index.html", plain / "en/index.html", WAYS[0])


# What the small scripts do


def scheme(page: Page) -> str:
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return f"{'dark' if paper == 'rgb(31, 27, 23)' else 'light'} where the system is {'dark' if dark else 'light'}"


def test_the_reader_chooses_light_or_dark_for_the_whole_site(page: Page, two_editions: Path) -> None:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto((two_editions / "en/glossary.html").as_uri())
    assert scheme(page) == "dark where the system is dark"
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.wait_for_function("() => document.documentElement.dataset.mdColorScheme === 'default'")  # told a moment later
    assert scheme(page) == "light where the system is light"
    page.get_by_role("button", name="Switch to the dark scheme").press("Enter")
    assert scheme(page) == "dark where the system is light"
    assert page.evaluate("document.activeElement.title") == "Switch to the light scheme"
    for name in ("en/how/index.html", "ar/index.html", "index.html"):
        page.goto((two_editions / name).as_uri())
        assert scheme(page) == "dark where the system is light", name
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto((two_editions / "ar/index.html").as_uri())
    page.locator(".scheme button:visible").click()
    page.goto((two_editions / "en/index.html").as_uri())
    assert scheme(page) == "light where the system is dark"


def test_without_storage_the_switch_works_for_the_page(page: Page, two_editions: Path) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
    page.goto((two_editions / "en/index.html").as_uri())
    page.locator(".scheme button:visible").click()
    assert scheme(page) == "dark where the system is light"


def test_without_script_the_switch_is_not_there(browser: Browser, two_editions: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((two_editions / "en/index.html").as_uri())
    assert page.locator(".scheme button:visible").count() == 0 and page.locator("h1").is_visible()
    page.close()


def test_the_drawer_shuts_when_it_has_led_somewhere(page: Page, two_editions: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((two_editions / "en/what/educare.html").as_uri())
    menu, shelf = page.locator(".drawer-open"), page.locator(".md-sidebar--primary")
    menu.click()
    assert page.locator("#__drawer").is_checked()
    shelf.get_by_role("link", name="VALUE Roadmap").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator("#__drawer").is_checked()
    menu.click()
    shelf.locator(".road-here a").first.click()
    assert not page.locator("#__drawer").is_checked() and "#" in page.url


def test_the_contents_say_where_the_reader_is_and_the_way_up_is_there_for_who_turns_back(page: Page, two_editions: Path) -> None:
    page.goto((two_editions / "en/cases/belgium.html").as_uri())
    here, up = page.locator(".md-nav--secondary [aria-current]"), page.locator(".md-top")
    assert here.count() == 0 and not up.is_visible()
    for heading in page.locator("article h2[id]").all()[1:3]:
        heading.evaluate("h => scrollTo(0, h.getBoundingClientRect().top + scrollY - 60)")
        page.wait_for_function("id => document.querySelector('.md-nav--secondary [aria-current]')?.hash === `#${id}`", arg=heading.get_attribute("id"))
        assert here.count() == 1 and not up.is_visible()
    page.evaluate("scrollBy(0, -200)")
    up.wait_for()
    up.click()
    page.wait_for_function("() => scrollY === 0")
    up.wait_for(state="hidden")


def test_what_is_folded_opens_for_a_link_into_it_and_for_paper(page: Page, two_editions: Path) -> None:
    page.goto((two_editions / "en/cases/belgium.html").as_uri())
    folded = page.locator("article details").first
    folded.evaluate("d => { d.append(Object.assign(document.createElement('b'), { id: 'inside' })); }")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("article details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("article details[open]").count() == 0
    page.evaluate("location.hash = 'inside'")
    page.wait_for_function("() => document.querySelector('article details').open")


def test_on_a_phone_what_was_opened_for_paper_is_folded_at_the_next_touch(browser: Browser, two_editions: Path) -> None:
    with browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto((two_editions / "en/cases/belgium.html").as_uri())
        closed = page.locator("article details:not([open])").count()
        for _ in range(2):  # a second time before the first touch
            page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
            assert closed and page.locator("article details:not([open])").count() == 0
        page.locator("h1").tap()
        assert page.locator("article details:not([open])").count() == closed


# A host that lets no script run


@pytest.mark.parametrize("width", [390, 1280])
def test_a_host_whose_policy_forbids_scripts(width: int, browser: Browser, two_editions: Path) -> None:
    """Everything reads, menus open, and nothing that needs a script is offered or waits for one."""
    forbidden = {"Content-Security-Policy": "script-src 'none'"}
    with Server(two_editions, headers=forbidden) as server, browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{server.url}/index.html")
        page.locator("a", has_text="English").first.click()
        page.wait_for_url("**/en/index.html")
        page.goto(f"{server.url}/en/how/stages/initiating/core-team.html")
        assert page.locator("#tick-Q2-1").is_visible() and page.locator("article h1").is_visible()
        assert page.locator("button:visible").count() == 0 and page.locator("[data-offline] p").inner_text() == ""
        menu = page.locator(".editions-menu").locator("visible=true").first
        menu.locator("summary").click()
        assert menu.locator('a[hreflang="ar"]').is_visible()
        menu.locator("summary").click()
        folded = page.locator("article details").first
        folded.locator("summary").click()
        assert folded.get_attribute("open") is not None
        road = page.locator('.road a[href="../../../where-to-start.html"]').first
        if width == 390:
            page.locator(".drawer-open").click()
        road.click()
        page.wait_for_url("**/where-to-start.html")


# The first page of the site


def test_the_page_that_offers_the_editions_is_light_and_remembers(page: Page, two_editions: Path) -> None:
    with Server(two_editions) as server:
        page.goto(f"{server.url}/ar/index.html")
        page.locator(".editions-menu summary").click()
        page.locator(".editions-menu a[hreflang=ar]").click()
        page.wait_for_load_state("networkidle")
        server.asked.clear()
        page.goto(f"{server.url}/index.html", wait_until="networkidle")
        assert page.locator(".editions li").first.get_attribute("lang") == "ar"
        assert page.locator(".editions [aria-current]").evaluate("a => getComputedStyle(a).borderInlineStartWidth") == "15px"
        assert sorted(name for name in server.asked if name.endswith((".css", ".js"))) == [
            "/assets/scripts/landing-page/choose.js", "/assets/styles/landing-page/choose.css",
        ]
        assert page.locator(".editions a").first.evaluate("a => getComputedStyle(document.body).fontFamily").startswith('"Source Sans 3"')
