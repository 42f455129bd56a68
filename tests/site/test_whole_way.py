"""The whole way of a reader: first visit, offline, a newer version, withdrawal; on each kind of host, whatever goes wrong there.

The reader has the whole old copy or the whole new one, never some of each, and the foot says what is true. Once nothing goes
wrong any more, the next visit mends it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from roadmap.project.cache import Memo
from roadmap.publish import service_worker
from tests.conftest import ROOT, edition, rest
from tests.site.faults import FAULTS
from tests.site.serving import Host, Server

NOTHING, SAVING, SAVED, NEWER = "", "Saving this site for offline use …", "Saved for offline use.", "A newer version of this site is ready."
BROKEN = "Saving for offline use broke off. It goes on the next time you are here."
CHANGED = "Not saved for offline use: some pages arrive changed. A filter in this network may be the cause."

HOSTS = {
    "plain": Host(),
    "clean addresses": Host(clean=True, lost="root", cache={"*": "public, max-age=0, must-revalidate"}),
    "below a root": Host(base="/value", bare=True, lost="root", cache={"*": "max-age=600"}),
    "nearest 404": Host(lost="nearest", cache={"*.html": "no-store", "*": "max-age=3600"}),
    "kept for a year": Host(bare=True, cache={"*": "public, max-age=31536000, immutable"}),
}
KEEPING_PAGES = [HOSTS["below a root"], HOSTS["kept for a year"]]  # a browser need not ask for them again
FAULTY = {"the worker": "*/sw.js", "a page": "*/glossary*"}
FOOT = {  # (what is faulty, the fault) → what the foot says at the first visit
    ("the worker", "slow"): NOTHING, ("the worker", "edited"): SAVED,  # a worker whose bytes are others still checks those of all files
    ("a page", "slow"): SAVING, ("a page", "wrong type"): SAVED, ("a page", "truncated"): CHANGED, ("a page", "edited"): CHANGED,
}
SAMPLE = [("clean addresses", "wrong type", "a page"), ("nearest 404", "edited", "a page")]
CELLS = [(host, fault, faulty) for host in HOSTS for fault in FAULTS for faulty in FAULTY]

PAGES = {"index.html": "VALUE Roadmap", "glossary.html": "Glossary", "how/stages/initiating/set-ups.html": "Different set-ups of a pathway"}
FEW = {*PAGES, "404.html", "how/index.html"}
SECOND, LAST = "In its second version", "Without offline use"
SETTLED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration?.update().catch(() => {});
  while (registration?.installing) await new Promise((go) => setTimeout(go, 20));
}"""
ANSWERING = "navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.active))"
GONE = """async () => {
  const left = async () => (await caches.keys()).length + (await navigator.serviceWorker.getRegistrations()).length;
  for (let tries = 0; tries < 6600 && (await left()); tries += 1) await new Promise((go) => setTimeout(go, 50));
  return left();
}"""  # where a page asked the older worker for something meanwhile, Chromium leaves it up to five minutes
LOGO = """async () => {
  const { href } = document.querySelector("link[rel=icon]");
  await Object.assign(new Image(), { src: href }).decode(); // it is none where it comes without its type
  return (await fetch(href)).text();
}"""
A_DAY_PASSES = """async (name) => {
  const cache = await caches.open(name);
  for (const key of await cache.keys()) await cache.put(key, new Response(String(Date.now() - 24 * 60 * 60 * 1000)));
}"""


class Versions(NamedTuple):
    """Folders of a site as it is published, one after the other."""

    first: Path
    second: Path
    withdrawn: Path


def published(site: Path, folder: Path, names: set[str]) -> Versions:
    """The English edition of a site, with the pages of these names, in its versions. Each file that readers see changes."""
    versions = Versions(folder / "first", folder / "second", folder / "withdrawn")
    shutil.copytree(site / "en", versions.first / "en")
    shutil.copytree(site / "assets", versions.first / "assets")
    for path in (versions.first / "en").rglob("*.html"):
        if path.relative_to(versions.first / "en").as_posix() not in names:
            path.unlink()
    only(names, versions.first / "en" / "search" / "search_index.js")
    for folder, words in ((versions.second, SECOND), (versions.withdrawn, LAST)):
        shutil.copytree(versions.first, folder)
        for path in (folder / "en").rglob("*.html"):
            rewrite(path, r"(<h1[^>]*>)[^<]*", rf"\g<1>{words}")
        rewrite(folder / "en" / "assets" / "logo.svg", "$", f"<!-- {words} -->")
        rewrite(folder / "en" / "search" / "search_index.js", '"title":"Glossary"', f'"title":"{words}"')
    for path in (versions.withdrawn / "en").rglob("*.html"):
        rewrite(path, r"(?s)<div class=\"offline .*?</template>\s*</div>", "")
    for folder in (versions.first, versions.second):
        service_worker.write_worker(edition(ROOT, "en"), folder / "en", Memo())
    shutil.copy(ROOT / "overrides" / "sw.js", versions.withdrawn / "en" / "sw.js")
    return versions


def only(names: set[str], index: Path) -> None:
    """Leaves in a search index what stands in these pages."""
    before, sign, text = index.read_text(encoding="utf-8").partition("=")
    found = json.loads(text)
    found["docs"] = [each for each in found["docs"] if each["location"].split("#")[0] in names]
    index.write_text(before + sign + json.dumps(found, separators=(",", ":")), encoding="utf-8")


def rewrite(path: Path, pattern: str, words: str) -> None:
    text, count = re.subn(pattern, words, path.read_text(encoding="utf-8"))
    assert count
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def few_pages(two_editions: Path, tmp_path_factory: pytest.TempPathFactory) -> Versions:
    return published(two_editions, tmp_path_factory.mktemp("few"), FEW)


@pytest.fixture(scope="module")
def every_page(two_editions: Path, tmp_path_factory: pytest.TempPathFactory) -> Versions:
    names = {path.relative_to(two_editions / "en").as_posix() for path in (two_editions / "en").rglob("*.html")}
    return published(two_editions, tmp_path_factory.mktemp("every"), names)


class Reader:
    """Somebody with a browser that has never been here."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.page: Page = context.new_page()
        self.server = server
        self.errors: list[str] = []
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def visit(self, name: str = "index.html") -> None:
        self.page.goto(f"{self.server.url}/en/{name}")

    def opens_another_tab(self) -> None:
        self.page = self.page.context.new_page()
        self.page.goto(f"{self.server.url}/elsewhere")

    def forgets_what_hosts_let_it_keep(self) -> None:
        """Else it is a year until a page comes anew; one of a wrong type is a download until then."""
        self.page.context.new_cdp_session(self.page).send("Network.clearBrowserCache")

    def is_told(self, words: str) -> None:
        expect(self.page.locator("[data-offline] p[role=status]")).to_have_text(words)

    def press(self, words: str) -> None:
        self.page.locator("[data-offline] button", has_text=words).click()

    def heading(self) -> str:
        return self.page.locator("article h1").first.evaluate("e => e.firstChild.textContent.trim()")

    def version(self) -> str:
        """The one version of every page, of a picture and of what search finds."""
        found = set()
        for name, first in PAGES.items():
            self.visit(name)
            found.add(self.heading().replace(first, "first"))
        expect(self.page.locator("figure svg.picture").first).to_be_visible()
        logo = self.page.evaluate(LOGO)
        found.add(logo.split("<!-- ")[-1].removesuffix(" -->") if "<!--" in logo else "first")
        self.page.locator(".search-open").click()
        self.page.keyboard.type("dictionary")
        hit = self.page.locator(".search-hits a[href*='glossary.html']").first
        found.add(SECOND if SECOND in hit.text_content() else "first")
        self.page.keyboard.press("Escape")
        [version] = found
        return version

    def settle(self) -> None:
        """The browser has looked for a newer worker, and done with it what it does."""
        self.page.evaluate(SETTLED)

    def ask(self, question: str) -> object:
        return self.page.evaluate(question)


@pytest.fixture
def reader_of(browser: Browser) -> Iterator[Callable[[Server], Reader]]:
    with browser.new_context() as context:
        yield lambda server: Reader(context, server)


def comes_first(reader: Reader, fault: str, faulty: str) -> None:
    words = FOOT.get((faulty, fault), BROKEN)
    with reader.server.struck(FAULTS[fault], FAULTY[faulty]):
        reader.visit()
        reader.is_told(words)
        assert reader.ask(ANSWERING) == (words == SAVED)
    if fault != "slow":
        reader.visit()
    if words == CHANGED:
        reader.is_told(CHANGED)
        reader.press("Try again")
    reader.is_told(SAVED)


def reads_whatever_the_network_does(reader: Reader, fault: str) -> None:
    with reader.server.struck(FAULTS[fault]):
        assert reader.version() == "first"
        reader.is_told(SAVED)


def gets_a_newer_version(reader: Reader, fault: str, faulty: str, second: Path) -> None:
    reader.server.folder = second
    came = FOOT.get((faulty, fault)) == SAVED
    with reader.server.struck(FAULTS[fault], FAULTY[faulty]):
        reader.visit()
        if fault != "slow":
            reader.settle()
        reader.is_told(NEWER if came else SAVED)
        assert reader.version() == "first"
    if FOOT.get((faulty, fault)) == CHANGED:
        reader.page.evaluate(A_DAY_PASSES, f"value-roadmap-{reader.server.host.base}/en/-refused")
    reader.visit()
    reader.is_told(NEWER)
    assert reader.version() == "first"
    reader.press("Show it")
    expect(reader.page.locator("article h1").first).to_contain_text(SECOND)
    reader.is_told(SAVED)
    assert reader.version() == SECOND


def loses_offline_use(reader: Reader, fault: str, faulty: str, withdrawn: Path) -> None:
    reader.server.folder = withdrawn
    kept_from_it = faulty == "the worker" and fault not in {"slow", "edited"}
    with reader.server.struck(FAULTS[fault], FAULTY[faulty]):
        reader.visit()
        if kept_from_it:
            reader.settle()
            assert reader.version() == SECOND
    if kept_from_it:
        reader.visit()
    reader.opens_another_tab()  # in the first one the page loads itself anew
    assert reader.ask(GONE) == 0
    if reader.server.host in KEEPING_PAGES:
        reader.visit()
        reader.page.wait_for_load_state("networkidle")  # a kept page has the withdrawing worker come once more, and go
        assert reader.ask(GONE) == 0
        reader.forgets_what_hosts_let_it_keep()
    for name in PAGES:
        reader.visit(name)
        expect(reader.page.locator("article h1").first).to_contain_text(LAST)
        expect(reader.page.locator("[data-offline]")).to_have_count(0)
    assert reader.ask(GONE) == 0


def goes(reader: Reader, fault: str, faulty: str, versions: Versions) -> None:
    comes_first(reader, fault, faulty)
    reads_whatever_the_network_does(reader, fault)
    gets_a_newer_version(reader, fault, faulty, versions.second)
    loses_offline_use(reader, fault, faulty, versions.withdrawn)
    assert reader.errors == []


@pytest.mark.parametrize(("host", "fault", "faulty"), [*SAMPLE, *rest(*(cell for cell in CELLS if cell not in SAMPLE))])
def test_the_whole_way(host: str, fault: str, faulty: str, few_pages: Versions, reader_of: Callable[[Server], Reader]) -> None:
    with Server(few_pages.first, host=HOSTS[host]) as server:
        goes(reader_of(server), fault, faulty, few_pages)


@pytest.mark.parametrize("faulty", rest(*FAULTY))
def test_the_whole_way_through_every_page(faulty: str, every_page: Versions, reader_of: Callable[[Server], Reader]) -> None:
    with Server(every_page.first, host=HOSTS["clean addresses"]) as server:
        goes(reader_of(server), "cut", faulty, every_page)
