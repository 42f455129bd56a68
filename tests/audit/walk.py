"""Shows pages in every way a reader may see them: light, dark, forced colours; narrow, wide; menus and search open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.audit import axe, policy, weight
from tests.audit.finding import Finding, Row, merged
from tests.audit.tools import chromium
from tests.site.serving import Server

SCHEMES = {
    "light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}, "forced colours": {"forced_colors": "active"},
}
WIDE, NARROW, HEIGHT = 1280, 320, 800
QUERY = "team"  # found in every edition: at least one page of each is English
WATCH = """addEventListener("securitypolicyviolation", (e) => {
  (window.refused ??= []).push(e.violatedDirective + " " + (e.blockedURI || "inline"));
})"""

KEPT = """async () => [
  ...document.cookie.split("; ").filter(Boolean).map((cookie) => `cookie: ${cookie}`),
  ...Object.keys(localStorage).map((key) => `localStorage: ${key}`),
  ...Object.keys(sessionStorage).map((key) => `sessionStorage: ${key}`),
  ...(await indexedDB.databases()).map((base) => `indexedDB: ${base.name}`),
]"""


def walk(site: Path, names: list[str]) -> list[Row]:
    """A row for each page of a site, its HTML unchecked. Opens a server and a browser of its own."""
    with sync_playwright() as playwright, Server(site) as server:
        browser = chromium(playwright)
        rows = [visit(browser, server, name) for name in names]
        browser.close()
    return rows


def visit(browser: Browser, server: Server, name: str, schemes: tuple[str, ...] = tuple(SCHEMES)) -> Row:
    """One page, visited for the first time once for each scheme."""
    row = Row(name, findings=policy.judge(name, (server.folder / name).read_bytes()))
    unsure: list[Finding] = []
    for scheme in schemes:
        context = browser.new_context(
            viewport={"width": WIDE, "height": HEIGHT}, service_workers="block", reduced_motion="reduce", **SCHEMES[scheme]
        )
        elsewhere = _watch(context, server)
        page = context.new_page()
        server.asked.clear()
        page.goto(f"{server.url}/{name}", wait_until="networkidle")
        row.findings += [Finding(name, "requests", "kept in the browser", what, "keep nothing unasked") for what in page.evaluate(KEPT)]
        row.raw, row.packed = weight.weigh(server.folder, server.asked)
        for state in _states(page):
            faults, questions = axe.judge(page, name, f"{scheme} {state}")
            row.findings += faults
            unsure += questions
        row.findings += [Finding(name, "requests", "request to another host", url, "leave it out") for url in elsewhere]
        row.findings += _refused(page, name)
        context.close()
    row.findings, row.open_questions = merged(row.findings), merged(unsure)
    return row


def _watch(context: BrowserContext, server: Server) -> list[str]:
    """Collects what is asked of other hosts from now on."""
    elsewhere: list[str] = []
    ours = (server.url, "data:", "blob:", "about:")
    context.on("request", lambda request: None if request.url.startswith(ours) else elsewhere.append(request.url))
    context.add_init_script(WATCH)
    return elsewhere


def _refused(page: Page, name: str) -> list[Finding]:
    refused = dict.fromkeys(page.evaluate("window.refused ?? []"))
    return [Finding(name, "policy", "policy refuses", what, "a page must not need what it forbids") for what in refused]


def _states(page: Page) -> Iterator[str]:
    """Brings the page from one state into the next and names it."""
    yield f"{WIDE}"
    for opened in _opened(page, ("languages", "search")):
        yield f"{WIDE} {opened}"
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    yield f"{NARROW}"
    for opened in _opened(page, ("languages", "search", "menu")):
        yield f"{NARROW} {opened}"


def _opened(page: Page, parts: tuple[str, ...]) -> Iterator[str]:
    for part in parts:
        opener, closer = OPENERS[part]
        if opener(page):
            yield f"{part} open"
            closer(page)


def _languages(page: Page) -> bool:
    return _click(page, ".editions-menu > summary")


def _menu(page: Page) -> bool:
    if not _click(page, ".drawer-open"):
        return False
    page.locator(".road-link").first.wait_for(state="visible")
    return True


def _search(page: Page) -> bool:
    if not _click(page, ".search-open"):
        return False
    page.keyboard.type(QUERY)
    page.locator(".search-hits a").first.wait_for(state="visible")
    return True


def _click(page: Page, selector: str) -> bool:
    found = page.locator(selector)
    if not found.count():
        return False
    found.click()
    return True


def _close_search(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator("dialog.search").wait_for(state="hidden")


def _close_menu(page: Page) -> None:
    page.keyboard.press("Escape")


OPENERS = {
    "languages": (_languages, _languages), "search": (_search, _close_search), "menu": (_menu, _close_menu),
}
