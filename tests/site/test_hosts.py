"""The kinds of hosts of PUBLISHING.md: first page, a page deep down, an address that is not there, and offline use."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, expect

from roadmap.build import build
from tests.conftest import copy_project, made_once, publish_at, rest
from tests.site.serving import Host, Server

YEAR = "max-age=31536000, immutable"
HOSTS = {  # as their documents tell, or as PUBLISHING.md sets them
    "GitHub Pages, GitLab Pages": Host(bare=True, base="/roadmap", lost="root", cache={"*": "max-age=600"}),
    "Cloudflare Pages": Host(clean=True, lost="nearest", cache={"*": "public, max-age=0, must-revalidate"}),
    "Netlify": Host(bare=True, lost="root", cache={"*": "public, max-age=0, must-revalidate"}),
    "nginx, Apache": Host(base="/roadmap", lost="root", cache={"*/assets/site.*": YEAR, "*": "no-cache"}),
}
SAMPLE = "Cloudflare Pages"
LOOKS = """() => {
  const broken = [...document.images].filter((image) => !image.complete || !image.naturalWidth);
  const letters = document.fonts.check("16px 'Source Sans 3'");
  return { letters, broken: broken.length, sheets: [...document.styleSheets].filter((sheet) => sheet.cssRules.length).length };
}"""


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English site without PDFs, for an address below that of a host."""
    def make(root: Path) -> Path:
        publish_at(copy_project(root) / "mkdocs.yml", "https://host.example.org/roadmap/en/")
        return build(root, lambda _: None, pdf=False)
    return made_once(tmp_path_factory, "below", make)


def status_and_title(page: Page, url: str) -> tuple[int, str]:
    return page.goto(url).status, page.locator("h1").first.evaluate("e => e.firstChild.textContent.trim()")


@pytest.mark.parametrize("kind", [SAMPLE, *rest(*(kind for kind in HOSTS if kind != SAMPLE))])
def test_a_host_of_each_kind(kind: str, two_editions: Path, below: Path, browser: Browser) -> None:
    host = HOSTS[kind]
    with Server(below if host.base else two_editions, host=host) as server, browser.new_context() as context:
        page, complaints = context.new_page(), []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" and "404" not in said.text else None)
        # lost, before anything is saved: the page of the site, styled, at any depth, and its link leads on
        for path in ("x", "x/y/z.html", "en/how/stages/x"):
            assert status_and_title(page, f"{server.url}/{path}") == (404, "This page is not here")
            page.evaluate("document.fonts.load('16px \"Source Sans 3\"').then(() => true)")
            looks = page.evaluate(LOOKS)
            assert looks["letters"] and looks["broken"] == 0 and looks["sheets"] >= 1, (path, looks)
        page.locator("main a[href$='en/index.html'], article a[href$='index.html']").first.click()
        page.wait_for_url(f"{server.url}/en/**")
        # a page deep down, as it is linked and without its ending
        assert status_and_title(page, f"{server.url}/en/cases/denmark.html") == (200, "Denmark")
        if host.clean or host.bare:
            assert status_and_title(page, f"{server.url}/en/cases/denmark") == (200, "Denmark")
        # saved: the worker answers, and knows who is lost
        expect(page.locator("[data-offline] p[role=status]")).to_have_text("Saved for offline use.")
        assert status_and_title(page, f"{server.url}/en/cases/x/y.html") == (404, "This page is not here")
        assert page.evaluate(LOOKS)["sheets"] >= 1
        assert complaints == []


def test_the_page_for_the_lost_names_every_edition_in_its_language(two_editions: Path) -> None:
    page = lxml.html.parse(str(two_editions / "404.html"))
    [english, arabic] = page.xpath("//li")
    assert (english.get("lang"), arabic.get("lang"), arabic.get("dir")) == ("en", "ar", "rtl")
    assert english.xpath("string(a/span[not(*)])") == "Go to the first page"
    assert arabic.xpath("string(a/span/span[@lang='en'])") == "Go to the first page"  # which the sample has not translated
    assert page.xpath("//@href[starts-with(., '/ar/')]") and page.xpath('//meta[@name="robots"]/@content') == ["noindex"]
