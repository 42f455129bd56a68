"""Letters: in which file each comes, that readers see ours, and that nothing moves while a page loads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page, Route

from macros.typesetting import subset
from macros.typesetting.fonts import UPRIGHT, Face
from macros.typesetting.subset import LETTERS
from roadmap.postprocess.built_edition import BuiltPage
from roadmap.postprocess.font_files import letters_of, split_fonts
from roadmap.staging import web_fonts
from roadmap.staging.web_fonts import provide
from tests.conftest import rest
from tests.site.serving import Server

MOVED = 0.03  # of the window, weighed by how far: Google calls up to 0.1 good
TRIES = 5  # another program on the same computer only ever makes letters come later: the best try counts
MOVES = """new PerformanceObserver(list => {
  window.moved = list.getEntries().reduce((sum, entry) => sum + entry.value, window.moved ?? 0);
}).observe({ type: "layout-shift", buffered: true })"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
PAGES = (
    "en/index", "en/how/stages/initiating/index", "en/how/stages/initiating/core-team", "en/cases/denmark", "en/glossary",
    "en/worksheets/session-plan", "ar/index", "ar/how/stages/initiating/core-team", "ar/take-along",
)
THERE = set(TTFont(UPRIGHT).getBestCmap()).intersection(LETTERS)


def has(font: Path) -> set[int]:
    return set(TTFont(BytesIO(font.read_bytes())).getBestCmap())


def test_fonts_that_older_code_cut_are_cut_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    provide(tmp_path)
    font = tmp_path / "source-sans-3-bold.woff2"
    cut = font.read_bytes()
    font.write_bytes(b"as it was")
    provide(tmp_path)
    assert font.read_bytes() == b"as it was"  # nothing is done twice
    other = tmp_path / "other.otf"
    other.write_bytes(UPRIGHT.read_bytes() + b"\0")
    changes = {
        "code_of": lambda package: (package, "older"), "packages": lambda: ("fonttools 1.0",),
        "BUNDLED": web_fonts.BUNDLED | {"source-sans-3-bold": Face(other, 700)}, "subset.LETTERS": subset.LETTERS[:-1],
    }
    for name, value in changes.items():
        with monkeypatch.context() as patch:
            patch.setattr(f"roadmap.staging.web_fonts.{name}", value)
            font.write_bytes(b"as it was")
            provide(tmp_path)
            assert font.read_bytes() != b"as it was", name
    provide(tmp_path)
    assert font.read_bytes() == cut


# In which file


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A style sheet of one face, fitted to a page that shows é, Č and ›, and the folder of its fonts."""
    assets = tmp_path_factory.mktemp("letters") / "assets"
    provide(assets / "fonts")
    styles = '@font-face{font-family:"A";src:url("fonts/source-sans-3-bold.woff2") format("woff2")}a::after{content:"\\203a"}'
    return split_fonts(assets, styles, [letters_of(BuiltPage("a.html", html)) for html in ("<p>caf&eacute;", "<p>Čas")]), assets / "fonts"


def test_the_first_file_has_what_pages_show_and_the_second_all_other_letters(cut: tuple[str, Path]) -> None:
    styles, fonts = cut
    first, rest = has(fonts / "source-sans-3-bold.woff2"), has(fonts / "source-sans-3-bold-rare.woff2")
    assert {ord(letter) for letter in "éČ›aZ?“–"} <= first
    assert first & rest == {ord(mark) for mark in "‹›"}  # one of a pair is drawn with the other from right to left
    assert {ord(letter) for letter in "čžßø"} <= rest and first | rest == THERE
    ranges = re.search(r"rare\.woff2\"\).*unicode-range:([^}]+)}", styles)[1]
    named = {n for part in ranges.split(",") for n in numbers(part)}
    assert named & THERE == rest - {ord("›")}


def numbers(part: str) -> range:
    first, _, last = part.removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


@pytest.mark.parametrize("code", ["en", "ar"])
def test_no_page_of_an_edition_needs_the_second_file(code: str, two_editions: Path) -> None:
    fonts = two_editions / code / "assets" / "fonts"
    shown = {ord(c) for page in (two_editions / code).rglob("*.html") for c in unescape(page.read_text(encoding="utf-8"))}
    for name in ("regular", "bold", "italic"):
        assert shown & THERE <= has(fonts / f"source-sans-3-{name}.woff2")


# What readers see


def fonts_of(page: Page, selector: str) -> set[str]:
    """The fonts that a browser drew an element with; `` for one of its own."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["postScriptName"] if font["isCustomFont"] else "" for font in used}


@pytest.fixture(params=["folder", "served"])
def base(request: pytest.FixtureRequest, two_editions: Path) -> Iterator[str]:
    with Server(two_editions) as server:
        yield two_editions.as_uri() if request.param == "folder" else server.url


@pytest.mark.parametrize(("name", "title"), [("en/glossary", "SourceSans3"), ("ar/where-to-start", "RoadmapArabic")])
def test_readers_see_the_bundled_fonts(name: str, title: str, base: str, browser: Browser) -> None:
    page, wrong = browser.new_page(service_workers="block"), []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(f"{base}/{name}.html", wait_until="networkidle")
    used = {re.sub("-.*", "", font) for font in fonts_of(page, "h1")}
    assert title in used and "" not in used and wrong == []
    early = page.evaluate("performance.getEntriesByType('resource').filter(r => r.initiatorType === 'link').map(r => r.name)")
    fonts = sorted(Path(address).stem for address in early if address.endswith(".woff2"))
    scripts = {"en": ["source-sans-3"], "ar": ["arabic", "source-sans-3"]}[name[:2]]
    assert fonts == ([f"{script}-{weight}" for script in scripts for weight in ("bold", "regular")] if "http" in base else [])
    page.close()


def test_a_note_in_another_language_finds_its_letters(base: str, browser: Browser) -> None:
    page = browser.new_page(service_workers="block")
    page.goto(f"{base}/en/how/stages/initiating/core-team.html")
    page.evaluate("document.querySelector('h1').textContent = 'Õhtul kirjutatud: ŵ ğ ű ẞ'")
    page.wait_for_function("() => [...document.fonts].some(f => f.unicodeRange !== 'U+0-10FFFF' && f.status === 'loaded')")
    assert "" not in fonts_of(page, "h1")
    page.evaluate("document.querySelector('h1').textContent = 'Вечер'")  # a letter that no bundled font has
    assert fonts_of(page, "h1") == {""}
    page.close()


# Nothing moves


def moved(browser: Browser, address: str, width: int) -> float:
    """How much of the window moved while a page loaded whose scripts come late."""
    for _ in range(TRIES):
        if (shift := loaded(browser, address, width)) <= MOVED:
            break
    return shift


def loaded(browser: Browser, address: str, width: int) -> float:
    """The same, once. Scripts come when the page is painted, as they do on a phone."""
    held: list[Route] = []
    page = browser.new_page(viewport={"width": width, "height": 800}, service_workers="block")
    page.add_init_script(MOVES)
    page.route("**/*.js", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.wait_for_function(PAINTED)
    page.route("**/*.js", lambda route: route.continue_())
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))")
    shift = page.evaluate("window.moved ?? 0")
    page.close()
    return shift


@pytest.mark.parametrize(("name", "width"), [*zip(PAGES, cycle((412, 1280))), *rest(*zip(PAGES, cycle((1280, 412))))])
def test_nothing_moves_while_a_page_loads(name: str, width: int, browser: Browser, two_editions: Path) -> None:
    with Server(two_editions) as server:
        assert moved(browser, f"{server.url}/{name}.html", width) <= MOVED


def test_a_move_is_seen(browser: Browser, two_editions: Path, tmp_path: Path) -> None:
    """Tools of a checklist that take their place only when scripts have brought them to life."""
    site = Path(shutil.copytree(two_editions, tmp_path / "site"))
    sheet = next((site / "en" / "assets").glob("*.css"))
    styles = sheet.read_text(encoding="utf-8")
    faulty = styles.replace(".done){visibility:hidden", ".done){display:none")
    assert faulty != styles
    sheet.write_text(faulty, encoding="utf-8")
    with Server(site) as server:
        assert loaded(browser, f"{server.url}/en/how/stages/initiating/index.html#checklist", 412) > MOVED
