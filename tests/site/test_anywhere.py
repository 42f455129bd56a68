"""The main ways through the site, from a folder and served, with the network cut after one visit, in two browsers."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import rest
from tests.site.serving import Server
from tests.site.ways import Firefox, Hand, chromium_hand, firefox_hand

CODES = ("en", "ar")
WAYS_THERE = [  # edition, place, browser: each two of them come together in a way of the sample; `make audit` goes all ways
    ("en", "folder", "Chromium"), ("en", "served", "Firefox"), ("ar", "served", "Chromium"), ("ar", "folder", "Firefox"),
    *rest(("en", "served", "Chromium"), ("en", "folder", "Firefox"), ("ar", "folder", "Chromium"), ("ar", "served", "Firefox")),
]
LIST = "how/stages/initiating/core-team.html"
PICTURES = "how/stages/initiating/set-ups.html"
WORDS = {"en": "mixed", "ar": "مختلطة"}  # stand on the page of pictures
DIRECTION = {"en": "ltr", "ar": "rtl"}
SCHEME = "document.documentElement.dataset.mdColorScheme"
SAID = "document.querySelector('[data-offline] [role=status]').textContent"
SAVED = f"""{SAID} === document.querySelector('[data-offline] template').content
    .querySelector('[data-word=saved]').textContent.trim()"""


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def fox(downloads: Path) -> Iterator[Firefox]:
    with firefox_hand(downloads) as hand:
        yield hand


@pytest.fixture(params=["Chromium", "Firefox"])
def hand(request: pytest.FixtureRequest, browser: Browser, downloads: Path) -> Iterator[Hand]:
    if request.param == "Firefox":
        yield request.getfixturevalue("fox")
        return
    with chromium_hand(browser, downloads) as hand:
        yield hand


def own(folder: Path, target: Path) -> Path:
    """The site in a place where no browser has been."""
    return Path(shutil.copytree(folder, target, copy_function=os.link))


@pytest.fixture(scope="module")
def base(request: pytest.FixtureRequest, two_editions: Path, code: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site in two editions, for the ways through one of them."""
    folder = own(two_editions, tmp_path_factory.mktemp("base") / "site")
    with Server(folder) as server:
        yield folder.as_uri() if request.param == "folder" else server.url


@pytest.fixture(scope="module")
def reader(request: pytest.FixtureRequest, base: str, browser: Browser, downloads: Path) -> Iterator[Hand]:
    """One reader for all ways through an edition: the same window, which keeps what it saved."""
    if request.param == "Firefox":
        yield request.getfixturevalue("fox")
        return
    with chromium_hand(browser, downloads) as hand:
        yield hand


# The ways


def by_the_menu(hand: Hand, base: str, code: str) -> None:
    """From the first page of an edition to a page of a stage."""
    hand.visit(f"{base}/{code}/index.html")
    hand.click("a.next-step")
    hand.arrive(f"/{code}/where-to-start.html")
    hand.click('.road a[href="how/stages/initiating/index.html"]')
    hand.arrive(f"/{code}/how/stages/initiating/index.html")
    hand.click('.road a[href="core-team.html"]')
    hand.arrive(f"/{code}/{LIST}")
    assert hand.ask("document.documentElement.lang") == code
    assert hand.ask("document.querySelector('.road [aria-current=page]').textContent.trim()") == hand.ask(
        "document.querySelector('h1').firstChild.textContent.trim()"
    )


def to_the_other_language(hand: Hand, base: str, code: str) -> None:
    """The same page, at the same place."""
    [other] = set(CODES) - {code}
    hand.visit(f"{base}/{code}/{LIST}#keep-in-view")
    hand.unfold(".editions-menu")
    hand.click(f'.editions-menu a[hreflang="{other}"]')
    hand.arrive(f"/{other}/{LIST}#keep-in-view")
    page = hand.ask("[document.documentElement.lang, getComputedStyle(document.querySelector('article')).direction]")
    assert page == [other, DIRECTION[other]]


def into_the_dark(hand: Hand, base: str, code: str) -> None:
    """Dark stays dark on the next page; not in a Firefox that reads from a folder, where each file keeps its own."""
    hand.visit(f"{base}/{code}/{PICTURES}")
    hand.click('button[data-scheme="slate"]')
    hand.until(f"{SCHEME} === 'slate'")
    light = hand.ask("getComputedStyle(document.querySelector('h1')).color")
    assert sum(map(int, light[4:-1].split(","))) > 500  # light letters
    forgets = hand.name == "Firefox" and base.startswith("file:")
    hand.click("a.next-step")
    hand.arrive("/facilitating/index.html")
    assert hand.ask(SCHEME) == ("default" if forgets else "slate")
    hand.visit(f"{base}/{code}/{PICTURES}")
    assert hand.ask(SCHEME) == "slate"


def by_a_search(hand: Hand, base: str, code: str) -> None:
    """A word, a hit, the page that holds it."""
    hand.visit(f"{base}/{code}/index.html")
    hand.click(".search-open")
    hand.write("dialog.search input", WORDS[code])
    hand.click('.search-hits a[href*="set-ups.html"]')
    hand.arrive(f"/{code}/{PICTURES}")
    assert WORDS[code] in hand.ask("document.querySelector('article').textContent")


def with_a_checklist(hand: Hand, base: str, code: str) -> None:
    """Ticked, noted, still there the next time, and taken along as a file."""
    note = f"Žana {code} “why?” <b>"
    hand.visit(f"{base}/{code}/{LIST}")
    hand.click("#tick-Q2-1")
    hand.click('[data-question="Q2.1"] summary')
    hand.write("#note-Q2-1", note)
    hand.visit(f"{base}/{code}/index.html")
    hand.visit(f"{base}/{code}/{LIST}")
    assert hand.ask("[document.querySelector('#tick-Q2-1').checked, document.querySelector('#note-Q2-1').value]") == [True, note]
    file = hand.download('[data-do="save"]')
    [copy] = json.loads(file.read_text(encoding="utf-8"))["copies"]
    answer = copy["answers"]["Q2.1"]
    assert file.name.startswith("value-roadmap-") and (answer["ticked"], answer["note"]) == (True, note)


def with_a_picture(hand: Hand, base: str, code: str) -> None:
    """The same in words."""
    hand.visit(f"{base}/{code}/{PICTURES}")
    words = "document.querySelector('figure:has(svg.picture) details')"
    assert not hand.ask(f"{words}.open")
    hand.click("figure:has(svg.picture) details summary")
    hand.until(f"{words}.open && {words}.innerText.trim().split('\\n').length > 3")


def with_a_picture_file(hand: Hand, base: str, code: str) -> None:
    """Saved from a server; from a folder, where it is a file already, shown."""
    hand.visit(f"{base}/{code}/{PICTURES}")
    if base.startswith("file:"):
        hand.click("figure a[data-picture]")
        hand.arrive(".svg")
        assert hand.ask("document.documentElement.localName") == "svg"
    else:
        picture = hand.download("figure a[data-picture]")
        assert picture.suffix == ".svg" and picture.read_bytes().startswith(b"<?xml")


WAYS = (by_the_menu, to_the_other_language, into_the_dark, by_a_search, with_a_checklist, with_a_picture)


@pytest.mark.parametrize(("code", "base", "reader"), WAYS_THERE, indirect=["base", "reader"], scope="module")
@pytest.mark.parametrize("way", (*WAYS, with_a_picture_file), ids=lambda way: way.__name__)
def test_a_way_through(way, reader: Hand, base: str, code: str) -> None:
    way(reader, base, code)


@pytest.mark.parametrize(("code", "hand"), [
    ("en", "Firefox"), *rest(("ar", "Chromium"), ("en", "Chromium"), ("ar", "Firefox")),
], indirect=["hand"])
def test_every_way_goes_on_when_the_network_is_cut_after_one_visit(hand: Hand, code: str, two_editions: Path) -> None:
    with Server(two_editions) as server:
        for edition in CODES:
            hand.visit(f"{server.url}/{edition}/index.html")
            hand.until(SAVED)
    for way in WAYS:
        way(hand, server.url, code)


@pytest.mark.parametrize(("place", "hand"), [
    ("folder", "Firefox"), ("served", "Chromium"),
    *rest(("folder", "Chromium"), ("served", "Firefox")),
], indirect=["hand"])
def test_a_sheet_is_a_click_away(place: str, hand: Hand, site: Path, tmp_path: Path) -> None:
    folder = own(site, tmp_path / "site")
    with Server(folder) as server:
        base = folder.as_uri() if place == "folder" else server.url
        hand.visit(f"{base}/en/worksheets/follow-up.html")
        hand.click('article a[href$="follow-up.pdf"]')
        hand.arrive("/en/worksheets/follow-up.pdf")
        assert hand.ask("document.contentType") == "application/pdf"


def test_a_cut_network_is_cut(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    with Server(tmp_path) as server:
        hand.visit(f"{server.url}/a.html")
    with pytest.raises(Exception, match=r"(?i)connection.?(refused|failure)"):
        hand.visit(f"{server.url}/a.html")
