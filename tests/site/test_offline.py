"""Offline use: after one visit a browser has the whole edition, until the reader asks for a newer one."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from marionette_driver import Wait
from marionette_driver.errors import JavascriptException
from playwright.sync_api import Browser, BrowserContext, Page, expect

from macros.facts.problem import Problems
from roadmap.build import build
from roadmap.project.cache import Memo
from roadmap.publish import service_worker
from tests.conftest import PATIENCE, ROOT, edition, rest
from tests.facts.test_load import change
from tests.site.firefox import firefox
from tests.site.serving import Server

SAVING, SAVED, NEWER = "Saving this site for offline use …", "Saved for offline use.", "A newer version of this site is ready."
BROKEN = "Saving for offline use broke off. It goes on the next time you are here."
CHANGED = "Not saved for offline use: some pages arrive changed. A filter in this network may be the cause."
LOOKED = "An unknown error occurred when fetching the script."  # Chromium, when it looks for a newer worker in vain
ASK = re.compile("^Your browser asks sites to save data")
WATCH = """
addEventListener("DOMContentLoaded", () => {
  window.seen = [];
  const place = document.querySelector("[data-offline]");
  new MutationObserver(() => seen.push([place.querySelector("p").textContent, place.querySelector("progress").value]))
    .observe(place, { attributes: true, childList: true, subtree: true });
});
"""
ANSWERING = "navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.active))"
CACHES = "caches.keys().then((names) => names.sort())"
VERSIONS = "caches.keys().then((names) => names.filter((name) => !name.endsWith('-agreed')).sort())"
BUSY = """() => {
  const ask = () => fetch("../../../glossary.html").then(() => setTimeout(ask, 2), () => {});
  ask();
}"""
UNTIL_WAITING = """async (whether) => {
  const isWaiting = async () => Boolean((await navigator.serviceWorker.getRegistration("/en/")).waiting);
  while ((await isWaiting()) !== whether) await new Promise((go) => setTimeout(go, 50));
}"""


@pytest.fixture
def folder(two_editions: Path, tmp_path: Path) -> Path:
    """The site in two editions, to change."""
    return Path(shutil.copytree(two_editions, tmp_path / "site"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never been here. Whatever a page complains of fails the test, unless the test expects it."""
    context = browser.new_context()
    context.complaints = []
    context.on("weberror", lambda error: context.complaints.append(str(error.error)))
    context.on("console", lambda said: context.complaints.append(said.text) if said.type == "error" else None)
    yield context
    context.close()


def says(page: Page, words: str | re.Pattern) -> None:
    expect(page.locator("[data-offline] p[role=status]")).to_have_text(words)


def visit(page: Page, server: Server, path: str = "en/index.html", words: str | re.Pattern = SAVED) -> None:
    page.goto(f"{server.url}/{path}")
    says(page, words)


def leave(context: BrowserContext, server: Server) -> None:
    """Every page of the English edition is closed. Then the browser puts the newer worker in place of the older."""
    pages = list(context.pages)
    outside = context.new_page()
    outside.goto(f"{server.url}/index.html")
    for page in pages:
        page.close()
    outside.evaluate(UNTIL_WAITING, False)


def heading(page: Page) -> str:
    return page.locator("article h1").first.evaluate("e => e.firstChild.textContent.trim()")


def renew(folder: Path, code: str = "en", words: str = "In its second version") -> None:
    """A newer version of an edition on the server: one page says something else."""
    page = folder / code / "glossary.html"
    text = re.sub(r"(<h1 id=[^>]*>)[^<]*", rf"\g<1>{words}", page.read_text(encoding="utf-8"))
    page.write_text(text, encoding="utf-8")
    service_worker.write_worker(edition(ROOT, code), folder / code, Memo())


# What is saved


@pytest.mark.parametrize("code", ["en", "ar"])
def test_an_edition_saves_at_most_1_mib(code: str, two_editions: Path) -> None:
    files = list(service_worker.listed(two_editions / code))
    names = {path.relative_to(two_editions / code).as_posix() for path in files}
    pages = {path.relative_to(two_editions / code).as_posix() for path in (two_editions / code).rglob("*.html")}
    assert pages <= names and {"assets/logo.svg", "manifest.webmanifest", "assets/icons/icon-192.png"} <= names
    assert not [name for name in names if name.endswith((".pdf", ".map")) or name.startswith("pictures/")]
    assert sum(service_worker._compressed(path.read_bytes(), Memo()) for path in files) <= 1024 * 1024


def test_an_edition_that_weighs_more_is_not_built(tmp_path: Path) -> None:
    heavy = tmp_path / "en" / "heavy.woff2"
    heavy.parent.mkdir()
    heavy.write_bytes(b"".join(number.to_bytes(4) for number in range(2**20)))
    with pytest.raises(Problems) as raised:
        service_worker.write_worker(edition(ROOT, "en"), heavy.parent, Memo())
    assert re.search(r"site/en:1: \d{4} KiB, compressed.*at most 1024 KiB", str(raised.value.problems[0]))
    assert not (heavy.parent / "sw.js").exists()


def test_the_same_files_give_the_same_worker(two_editions: Path, folder: Path) -> None:
    written = [(each / "en" / "sw.js").read_bytes() for each in (two_editions, folder)]
    service_worker.write_worker(edition(ROOT, "en"), folder / "en", Memo())
    assert {(folder / "en" / "sw.js").read_bytes(), *written} == {written[0]}
    renew(folder)
    assert (folder / "en" / "sw.js").read_bytes() != written[0]


def test_an_edition_can_be_installed(context: BrowserContext, folder: Path) -> None:
    with Server(folder) as server:
        page = context.new_page()
        visit(page, server, "ar/index.html", re.compile("."))
        devtools = context.new_cdp_session(page)
        found = devtools.send("Page.getAppManifest")
        refused = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert found["errors"] == [] and json.loads(found["data"])["dir"] == "rtl"
    assert [each["errorId"] for each in refused if each["errorId"] != "in-incognito"] == []
    assert context.complaints == []


# One visit


def test_one_visit_is_enough(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    page.add_init_script(WATCH)
    with Server(folder) as server:
        visit(page, server)
    seen = page.evaluate("seen")
    parts = [part for words, part in seen if words == SAVING]
    assert parts == sorted(parts) and len(set(parts)) > 20 and seen[-1][0] == SAVED
    # and now the network is off
    page.goto(f"{server.url}/en/cases/denmark.html?h=Randers#randers")
    assert heading(page) == "Denmark" and page.evaluate("document.fonts.check('16px \"Source Sans 3\"')")
    assert page.evaluate("getComputedStyle(document.querySelector('.site-foot ul')).display") == "flex"
    says(page, SAVED)
    for address, ends in (("en/how/stages?h=a", "how/stages/?h=a"), ("en/how/stages/", "stages/"), ("en/", "en/")):
        assert page.goto(f"{server.url}/{address}").ok
        assert page.url.endswith(ends) and page.locator("article h1").is_visible()
    assert page.goto(f"{server.url}/en/glosary.html").status == 404
    assert heading(page) == "This page is not here" and page.locator("[data-unsaved]").is_hidden()
    says(page, SAVED)
    page.locator("article a").first.click()
    page.wait_for_url("**/en/index.html")
    page.locator(".search-open").click()
    page.keyboard.type("homework")
    page.locator(".search-hits a[href*='learning-labs.html']").first.click()
    page.wait_for_url("**/learning-labs.html?h=*")
    assert [said for said in context.complaints if "404" not in said and said != LOOKED] == []


def test_a_sheet_is_kept_once_it_was_opened(context: BrowserContext, folder: Path) -> None:
    for name in ("opened", "other"):
        (folder / "en" / f"{name}.pdf").write_bytes(b"%PDF-1.4 " + name.encode())
    page = context.new_page()
    read = "(path) => fetch(path).then((answer) => answer.text(), () => '')"
    with Server(folder) as server:
        visit(page, server)
        page.evaluate(read, "opened.pdf")
        page.evaluate(read, "pictures/setup-diagram-randers.svg")
    assert page.evaluate(read, "opened.pdf") == "%PDF-1.4 opened"
    assert "Randers" in page.evaluate(read, "pictures/setup-diagram-randers.svg")
    page.goto(f"{server.url}/en/other.pdf")
    expect(page.locator("[data-unsaved]")).to_be_visible()
    portal = folder.parent / "portal"
    shutil.copytree(folder, portal)
    for path in [*portal.rglob("*.html"), *portal.rglob("*.js")]:
        path.write_text("Log in to this network", encoding="utf-8")
    (portal / "en" / "opened.pdf").unlink()
    with Server(portal, server.port):  # a network that answers, and lies
        page.goto(f"{server.url}/en/glossary.html")
        assert heading(page) == "Glossary"
        assert page.evaluate(read, "opened.pdf") == "%PDF-1.4 opened"


def test_a_reader_who_saves_data_is_asked(context: BrowserContext, folder: Path) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page = context.new_page()
    with Server(folder) as server:
        visit(page, server, words=ASK)
        assert page.evaluate(CACHES) == [] and "/en/sw.js" not in server.asked
        page.get_by_role("button", name="Keep it").press("Enter")
        says(page, SAVED)
        assert page.evaluate("document.activeElement.id") == "offline-line"  # the button is gone, the reader is not lost
        visit(page, server, "en/glossary.html")


def test_a_browser_that_refuses_is_left_alone(context: BrowserContext, folder: Path) -> None:
    context.add_init_script("if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(new DOMException('', 'SecurityError'))")
    page = context.new_page()
    with Server(folder) as server:
        page.goto(f"{server.url}/en/index.html", wait_until="networkidle")
    assert page.locator("[data-offline] p").inner_text() == "" and context.complaints == []


def test_nothing_happens_in_a_page_from_a_folder(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    page.goto((folder / "en" / "index.html").as_uri(), wait_until="networkidle")
    assert page.locator("[data-offline] p").inner_text() == "" and context.complaints == []
    assert page.locator("link[rel=manifest]").count() == 0


# When saving breaks off


def spoil_missing(page: Path) -> None:
    page.unlink()


def spoil_log_in(page: Path) -> None:
    """Another page, to which one is led."""
    page.unlink()
    page.mkdir()
    (page / "index.html").write_text("Log in to this network", encoding="utf-8")


def spoil_lie(page: Path) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", "<script src=filter.js></script></body>"), encoding="utf-8")


@pytest.mark.parametrize(("spoil", "words"), [(spoil_missing, BROKEN), (spoil_log_in, BROKEN), (spoil_lie, CHANGED)])
def test_half_an_edition_is_never_shown(spoil: Callable, words: str, context: BrowserContext, folder: Path) -> None:
    page, spoilt = context.new_page(), folder / "en" / "where-to-start.html"
    whole = spoilt.read_bytes()
    spoil(spoilt)
    with Server(folder) as server:
        visit(page, server, words=words)
        assert not page.evaluate(ANSWERING)
        shutil.rmtree(spoilt) if spoilt.is_dir() else spoilt.unlink(missing_ok=True)
        spoilt.write_bytes(whole)
        before = len(server.asked)
        visit(page, server, words=CHANGED if words == CHANGED else SAVED)
        if words == CHANGED:
            page.locator("[data-offline] button", has_text="Try again").click()
            says(page, SAVED)
        again = [path for path in server.asked[before:] if path.endswith(".html")]
    assert "/en/where-to-start.html" in again and len(again) < 25  # what was saved is not asked for again
    assert page.goto(f"{server.url}/en/where-to-start.html").ok


def test_what_is_changed_on_the_way_is_not_asked_for_at_each_visit(context: BrowserContext, folder: Path) -> None:
    page, spoilt = context.new_page(), folder / "en" / "where-to-start.html"
    whole = spoilt.read_bytes()
    spoil_lie(spoilt)
    with Server(folder) as server:
        visit(page, server, words=CHANGED)
        before = len(server.asked)
        visit(page, server, "en/glossary.html", CHANGED)
        assert [path for path in server.asked[before:] if path.endswith(".html")] == ["/en/glossary.html"]
        spoilt.write_bytes(whole)
        renew(folder)  # another version: it is worth another try
        visit(page, server, "en/glossary.html")


# Clean addresses


@pytest.mark.parametrize("first", ["en/where-to-start/", *rest("en/", "en/where-to-start", "en/where-to-start.html", "en/how/index.html")])
def test_a_host_with_clean_addresses(first: str, context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    server = Server(folder, clean=True)
    visit(page, server, first)
    server.cut()
    for address in ("where-to-start", "where-to-start.html", "where-to-start/", "where-to-start.html?from=mail#page-where-to-start"):
        page.goto(f"{server.url}/en/{address}")
        assert heading(page) == "Where to start"
        page.locator('.road a[href="how/stages/initiating/index.html"]').locator("visible=true").first.click()
        page.wait_for_url("**/how/stages/initiating/**")
        assert heading(page) == "Initiating a pathway"
    for address in ("how", "how/", "how/index.html"):
        page.goto(f"{server.url}/en/{address}")
        assert page.url.startswith(f"{server.url}/en/how/") and heading(page) == "How to build a pathway"
    page.goto(f"{server.url}/en/no-such-page")
    assert heading(page) == "This page is not here"


def test_a_network_lost_in_the_middle(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    server = Server(folder, patience=60)
    visit(page, server, words=BROKEN)
    assert not page.evaluate(ANSWERING)
    answered = {path for path in server.asked[server.asked.index("/en/sw.js") : 60] if path.endswith(".html")}
    server.cut()
    with server.again() as server:
        context.set_offline(True)
        context.set_offline(False)  # the browser notices that the network is back
        says(page, SAVED)
    assert answered and not answered & set(server.asked)  # what was saved is not asked for again
    page.goto(f"{server.url}/en/glossary.html")
    assert heading(page) == "Glossary"


def test_a_device_without_room(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    with Server(folder) as server:
        context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": 400_000})
        visit(page, server, words="There is not enough room on this device to save the site for offline use.")
        assert not page.evaluate(ANSWERING)


# A newer version


def test_a_newer_version_waits_for_the_reader(context: BrowserContext, folder: Path) -> None:
    notes, page = context.new_page(), context.new_page()
    loads = []
    with Server(folder) as server:
        visit(page, server, "en/glossary.html")
        visit(notes, server, "en/how/stages/initiating/index.html")
        old = page.evaluate(VERSIONS)
        renew(folder)
        for name in ("value-roadmap-/en/-", "value-roadmap-/preview/en/-1", "somebody-else"):
            page.evaluate("(name) => caches.open(name)", name)
        before = len(server.asked)
        visit(page, server, "en/glossary.html", NEWER)
        assert heading(page) == "Glossary" and len([path for path in server.asked[before:] if path.endswith(".html")]) == 1
        page.reload()
        assert heading(page) == "Glossary"
        says(notes, NEWER)
        notes.locator("[data-checklist] details.note summary").first.click()
        notes.locator("[data-checklist] textarea").first.fill("We begin in May")
        notes.on("framenavigated", lambda frame: loads.append(frame.url))
        says(page, NEWER)
        notes.evaluate(BUSY)
        page.get_by_role("button", name="Show it").click()
        expect(page.locator("article h1")).to_contain_text("In its second version")
        says(notes, SAVED)
        expect(notes.locator("[data-checklist] textarea").first).to_have_value("We begin in May")
    names = page.evaluate(VERSIONS)
    assert len(loads) == 1 and not set(old) & set(names)
    assert {"value-roadmap-/preview/en/-1", "somebody-else"} < set(names) and len(names) == 3
    page.goto(f"{server.url}/en/sources.html")
    assert heading(page) == "Sources" and context.complaints == []


@pytest.mark.parametrize("network", [True, *rest(False)])
def test_closing_every_tab_is_not_agreeing(network: bool, context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    with Server(folder) as server:
        visit(page, server)
        old = page.evaluate(VERSIONS)
        renew(folder)
        visit(page, server, words=NEWER)
        leave(context, server)
        if not network:
            server.cut()
        page, other = context.new_page(), context.new_page()
        for each in (page, other, page):
            visit(each, server, "en/glossary.html", NEWER)
            assert heading(each) == "Glossary"
        assert set(old) < set(page.evaluate(VERSIONS))
        page.get_by_role("button", name="Show it").click()
        for each in (page, other):
            expect(each.locator("article h1")).to_contain_text("In its second version")
            says(each, SAVED)
        assert len(page.evaluate(VERSIONS)) == 1 and old != page.evaluate(VERSIONS)
    assert [said for said in context.complaints if said != LOOKED] == []


@pytest.mark.audit
def test_a_third_version_while_the_second_is_not_agreed_to(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    with Server(folder) as server:
        visit(page, server)
        renew(folder)
        visit(page, server, words=NEWER)
        leave(context, server)
        page = context.new_page()
        visit(page, server, "en/glossary.html", NEWER)
        old, before = page.evaluate(VERSIONS), len(server.asked)
        assert heading(page) == "Glossary" and len(old) == 2
        renew(folder, words="In its third version")
        page.reload()
        page.evaluate(UNTIL_WAITING, True)
        says(page, NEWER)
        assert heading(page) == "Glossary"
        assert [path for path in server.asked[before:] if path.endswith(".html")] == ["/en/glossary.html"]
        page.get_by_role("button", name="Show it").click()
        expect(page.locator("article h1")).to_contain_text("In its third version")
        says(page, SAVED)
        assert len(page.evaluate(VERSIONS)) == 1 and not set(old) & set(page.evaluate(VERSIONS))
    assert context.complaints == []


def test_a_newer_version_that_is_taken_back(context: BrowserContext, folder: Path, two_editions: Path) -> None:
    page = context.new_page()
    with Server(folder) as server:
        visit(page, server)
        renew(folder)
        visit(page, server, words=NEWER)
        for name in ("glossary.html", "sw.js"):
            shutil.copy(two_editions / "en" / name, folder / "en" / name)
        visit(page, server, "en/glossary.html", SAVED)
        visit(page, server, "en/glossary.html", SAVED)
        assert heading(page) == "Glossary"


def test_editions_keep_out_of_each_others_way(context: BrowserContext, folder: Path) -> None:
    english, arabic = context.new_page(), context.new_page()
    with Server(folder) as server:
        visit(english, server)
        visit(arabic, server, "ar/index.html", re.compile("."))
        arabic.wait_for_function("() => navigator.serviceWorker.controller")
        both = english.evaluate(VERSIONS)
        assert [name.rsplit("-", 1)[0] for name in both] == ["value-roadmap-/ar/", "value-roadmap-/en/"]
        renew(folder)
        visit(english, server, words=NEWER)
        english.get_by_role("button", name="Show it").click()
        says(english, SAVED)
        assert both[0] in english.evaluate(VERSIONS) and both[1] not in english.evaluate(VERSIONS)
    assert arabic.goto(f"{server.url}/ar/worksheets/index.html").ok
    assert english.goto(f"{server.url}/en/worksheets/index.html").ok


# Withdrawn


def test_offline_use_can_be_withdrawn(context: BrowserContext, folder: Path, project: Path) -> None:
    change("offline: true", "offline: false", "mkdocs.yml")(project)
    withdrawn = build(project, say=lambda _: None, only=["en"], pdf=False)
    page = context.new_page()
    with Server(folder) as server:
        visit(page, server)
        visit(page, server, "ar/index.html", re.compile("."))
        page.wait_for_function("() => navigator.serviceWorker.controller")
        page.goto(f"{server.url}/en/index.html")
        page.evaluate("caches.open('somebody-else')")
        shutil.rmtree(folder / "en")
        shutil.copytree(withdrawn / "en", folder / "en")
        page.goto(f"{server.url}/en/glossary.html")
        page.wait_for_function("() => !document.querySelector('[data-offline]')")  # it is shown anew, from the server
        page.goto(f"{server.url}/en/index.html", wait_until="networkidle")
        assert page.locator("[data-offline], link[rel=manifest]").count() == 0
        assert not page.evaluate("Boolean(navigator.serviceWorker.controller)")
        names = page.evaluate(CACHES)
    assert names[0] == "somebody-else" and {name.rsplit("-", 1)[0] for name in names[1:]} == {"value-roadmap-/ar/"}
    assert context.complaints == []


# Firefox


def test_one_visit_is_enough_in_firefox(folder: Path) -> None:
    def until(driver, words: str) -> None:
        read = "return document.querySelector('[data-offline] p')?.textContent"
        wait = Wait(driver, timeout=PATIENCE, ignored_exceptions=JavascriptException)  # the page is loaded anew meanwhile
        wait.until(lambda driver: driver.execute_script(read) == words)

    with firefox() as driver:
        with Server(folder) as server:
            driver.navigate(f"{server.url}/en/index.html")
            until(driver, SAVED)
            renew(folder)
            driver.navigate(f"{server.url}/en/glossary.html")
            until(driver, NEWER)
        # and now the network is off
        read = "return document.querySelector('article h1').firstChild.textContent.trim()"
        driver.navigate(f"{server.url}/en/glossary.html?h=term")
        assert driver.execute_script(read) == "Glossary"
        until(driver, NEWER)
        driver.execute_script("document.querySelector('[data-offline] button').click()")
        until(driver, SAVED)
        driver.navigate(f"{server.url}/en/glossary.html")
        assert driver.execute_script(read) == "In its second version"
        driver.navigate(f"{server.url}/en/no-such-page.html")
        assert driver.execute_script(read) == "This page is not here"
