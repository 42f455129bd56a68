"""The copy that one takes along: the same bytes each time, whole in itself, and a first page that helps whoever did not unpack."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from playwright.sync_api import Browser, Page

from macros.language.translator import Translator
from roadmap.postprocess.built_edition import BuiltEdition
from roadmap.postprocess.bundle import Bundles
from roadmap.project.project import Edition, Project
from roadmap.publish import open_data, zip_copy
from roadmap.staging import stage
from tests.conftest import copy_project, edition

WINDOWS = re.compile(r"(?:(?!\.\.?/)[\w.-]*[\w-]/)*[\w.-]*[\w-]", re.ASCII)  # no name that Windows or a path out would spoil
RESERVED = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)", re.IGNORECASE)
LONGEST = 140  # of the 260 characters of a path on Windows
LOADED = "//@href | //@src"


def archive(site: Path, code: str) -> Path:
    return site / "downloads" / f"roadmap-{code}.zip"


def unpack(packed: Path, target: Path) -> Path:
    """The copy in a folder with a name as people give it."""
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(target)
    return (target / packed.stem).rename(target / "Naša mapa č")


@pytest.fixture(scope="module")
def copy_of(two_editions: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The copies of both editions, unpacked; the site is out of their reach."""
    return {c: unpack(archive(two_editions, c), tmp_path_factory.mktemp(f"copy-{c}")) for c in ("en", "ar")}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without network that keeps what it asked for in vain, and what went wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.failed, page.errors = [], []
    page.on("requestfailed", lambda request: page.failed.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    context.close()


def dead(folder: Path) -> list[str]:
    """What the pages of a folder lead to that is not in it."""
    def leads_out(path: Path, address: str) -> bool:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https", "mailto", "data"} or not parts.path:
            return False
        target = (path.parent / unquote(parts.path)).resolve()
        return bool(parts.scheme) or not (target.is_file() and target.is_relative_to(folder.resolve()))

    pages = {path: lxml.html.parse(str(path)) for path in folder.rglob("*.html")}
    return [f"{p.name}: {a}" for p, tree in pages.items() for a in tree.xpath(LOADED) if leads_out(p, a)]


# The file


def finished(site: Path, tmp_path: Path, name: str) -> Path:
    """The folder of an edition as it is before it is packed, its files of another day."""
    work = tmp_path / name
    shutil.copytree(site / "en", work / "en")
    for number, path in enumerate(sorted(work.rglob("*"), key=lambda path: (name, hash(path)))):
        os.utime(path, (number * 1000, number * 1000))
        path.chmod(0o755)
    return work / "en"


BUNDLES = Bundles("assets/site.css", "assets/site.js", (), {})


def packed(own: Edition, folder: Path) -> Path:
    """The copy of an edition that stands in a folder."""
    data = {**open_data.shared_files(own.project), **open_data.files_of(own)}
    return zip_copy.write_zip(own, BuiltEdition.read(folder), BUNDLES, data)


def test_the_same_edition_gives_the_same_bytes(two_editions: Path, tmp_path: Path) -> None:
    own = edition(two_editions.parent, "en")
    folders = [finished(two_editions, tmp_path, name) for name in ("one", "two")]
    first, second = (packed(own, folder).read_bytes() for folder in folders)
    assert first == second
    page = folders[1] / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</h1>", "!</h1>", 1), encoding="utf-8")
    assert packed(own, folders[1]).read_bytes() != first


@pytest.mark.parametrize("code", ["en", "ar"])
def test_every_name_unpacks_on_every_system(code: str, two_editions: Path) -> None:
    with zipfile.ZipFile(archive(two_editions, code)) as packed:
        names = packed.namelist()
        assert packed.testzip() is None
        assert {entry.date_time for entry in packed.infolist()} == {zip_copy.WHEN}
        assert {(entry.create_system, entry.external_attr >> 16) for entry in packed.infolist()} == {(3, 0o644)}
    assert names == sorted(set(names)) and len(names) == len({name.lower() for name in names})
    assert {name.split("/")[0] for name in names} == {f"roadmap-{code}"}
    assert [n for n in names if not WINDOWS.fullmatch(n) or RESERVED.search(n) or len(n) > LONGEST] == []


@pytest.mark.parametrize("name", ["../x", "a/../x", "/x", "a\\x", "č.html", "a:b", "a b", "a./x", "aux.html"])
def test_a_name_that_would_not_is_caught(name: str) -> None:
    assert not WINDOWS.fullmatch(name) or RESERVED.search(name)


def test_it_holds_the_whole_edition_with_its_pdfs(site: Path) -> None:
    with zipfile.ZipFile(archive(site, "en")) as packed:
        names = {name.removeprefix("roadmap-en/") for name in packed.namelist()}
        assert packed.read("roadmap-en/downloads/roadmap-en.pdf") == (site / "downloads/roadmap-en.pdf").read_bytes()
    there = {path.relative_to(site).as_posix() for path in (site / "en").rglob("*") if path.is_file()}
    assert there - names == {"en/404.html", "en/sw.js", "en/manifest.webmanifest"}
    assert {"start.html", "en/worksheets/learning-lab.pdf", "en/worksheets/learning-lab-fillable.pdf"} <= names


# The folder


@pytest.mark.parametrize("code", ["en", "ar"])
def test_nothing_in_it_leads_out_of_it(code: str, copy_of: dict[str, Path]) -> None:
    assert dead(copy_of[code]) == []
    pages = [path.read_text(encoding="utf-8") for path in copy_of[code].rglob("*.html")]
    assert len(pages) > 60 and not any("editions-menu" in text or 'rel="alternate"' in text for text in pages)
    assert not any("../en/" in text or "../ar/" in text for text in pages)


def test_the_page_on_data_leads_to_it(two_editions: Path, copy_of: dict[str, Path]) -> None:
    def files(folder: Path) -> list[str]:
        return lxml.html.parse(str(folder / "ar" / "about" / "data.html")).xpath("//article//a[contains(@href, '/data/')]/@href")

    assert files(copy_of["ar"]) == files(two_editions) != []


def test_a_link_that_leads_out_is_caught(copy_of: dict[str, Path], tmp_path: Path) -> None:
    folder = shutil.copytree(copy_of["ar"], tmp_path / "copy")
    (folder / "ar" / "index.html").write_text('<a href="../en/index.html">x</a><img src="/logo.svg">', encoding="utf-8")
    (folder / "ar" / "assets" / "logo.svg").unlink()
    assert {"index.html: ../en/index.html", "index.html: /logo.svg"} < set(dead(folder))


@pytest.mark.parametrize(("page", "link", "stays"), [
    ("index.html", "../en/index.html#read", False), ("a/index.html", "../../en/index.html", False),
    ("a/index.html", "../en/index.html", True), ("index.html", "../data/cases.json", True),
    ("index.html", "../downloads/roadmap-ar.pdf", True), ("index.html", "https://www.issa.nl/", True),
])
def test_a_link_to_another_edition_is_a_word_in_the_copy(
    page: str, link: str, stays: bool, two_editions: Path, tmp_path: Path
) -> None:
    head = '<!doctype html><meta charset="utf-8"><title>T</title>'
    (tmp_path / "ar" / "a").mkdir(parents=True)
    (tmp_path / "ar" / "index.html").write_text(head, encoding="utf-8")
    (tmp_path / "ar" / page).write_text(f'{head}<p><a href="{link}" hreflang="en">Read</a> on', encoding="utf-8")
    with zipfile.ZipFile(packed(edition(two_editions.parent, "ar"), tmp_path / "ar")) as copy:
        text = copy.read(f"roadmap-ar/ar/{page}").decode()
    assert (link in text) is stays and "Read" in text


def test_the_site_itself_keeps_its_menu_and_its_links(two_editions: Path) -> None:
    text = (two_editions / "en" / "glossary.html").read_text(encoding="utf-8")
    assert "editions-menu" in text and "../ar/glossary.html" in text


@pytest.mark.parametrize(("code", "query"), [("en", "learning lab"), ("ar", "المسار")])
def test_one_opens_it_without_network(code: str, query: str, page: Page, copy_of: dict[str, Path]) -> None:
    page.goto((copy_of[code] / "start.html").as_uri())
    assert page.locator("main a").first.is_visible() and page.locator(".start-note").is_hidden()
    assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == [
        "rtl" if code == "ar" else "ltr", code,
    ]
    page.locator(".next-step").click()
    page.wait_for_url("**/index.html")
    page.locator(".search-open").click()
    page.keyboard.type(query)
    page.wait_for_selector(".search-hits > li > a")
    page.goto((copy_of[code] / code / "glossary.html").as_uri())
    page.locator("footer a[href$='take-along.html']").click()
    page.wait_for_url("**/take-along.html")
    assert page.locator(".take-along").inner_text().strip() and page.locator(".take-along a").count() == 0
    assert page.failed == [] and page.errors == []


@pytest.mark.parametrize("code", ["en", "ar"])
def test_whoever_did_not_unpack_is_told(code: str, page: Page, copy_of: dict[str, Path], tmp_path: Path) -> None:
    alone = Path(shutil.copy(copy_of[code] / "start.html", tmp_path))
    page.goto(alone.as_uri())
    note = page.locator(".start-note")
    assert note.is_visible() and "ZIP" in note.inner_text()
    assert page.locator("h1").inner_text()


def test_the_first_page_follows_the_colours_of_the_device(browser: Browser, copy_of: dict[str, Path]) -> None:
    def paper(scheme: str) -> str:
        page = browser.new_page(color_scheme=scheme)
        page.goto((copy_of["en"] / "start.html").as_uri())
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.close()
        return colour

    assert (paper("light"), paper("dark")) == ("rgb(251, 248, 243)", "rgb(31, 27, 23)")


def test_a_first_page_is_never_half_translated(two_editions: Path, tmp_path: Path) -> None:
    built = BuiltEdition.read(two_editions / "ar", has_pdfs=False)

    def start_page(root: Path) -> lxml.html.HtmlElement:
        return lxml.html.fromstring(zip_copy.start_page(edition(root, "ar"), built, BUNDLES, has_book=False))

    own = start_page(two_editions.parent)
    assert (own.get("lang"), own.get("dir")) == ("ar", "rtl")
    untranslated = tmp_path / "docs" / "ar"
    untranslated.mkdir(parents=True)
    shutil.copy(two_editions.parent / "docs" / "ar" / "edition.yml", untranslated)
    english = start_page(tmp_path)
    assert (english.get("lang"), english.get("dir")) == ("en", "ltr")
    assert english.xpath("string(//h1/@lang)") == "ar" and english.xpath("//a[@href='ar/index.html']")


# The card on the page


def card(site: Path, code: str = "en") -> lxml.html.HtmlElement:
    return lxml.html.parse(str(site / code / "take-along.html")).getroot().find_class("take-along")[0]


def shown(card: lxml.html.HtmlElement) -> dict[str, str]:
    """The downloads of a card and how big it says they are."""
    return {
        link.get("href").rpartition("/")[2]: link.getparent().xpath("string(.//*[contains(@class, 'size')])")
        for link in card.xpath(".//a")
    }


@pytest.mark.parametrize(("language", "size", "said"), [
    ("en", 12_449_999, "12.4 MB"), ("en", 12_450_001, "12.5 MB"), ("da", 12_400_000, "12,4 MB"), ("en", 3_000_000, "3 MB"),
    ("en", 400, "0.1 MB"), ("ar", 1_600_000, "1.6 م.ب"),
])
def test_sizes_are_written_as_the_edition_writes_them(language: str, size: int, said: str) -> None:
    assert zip_copy.size(size, Translator(language)) == said


def test_the_card_says_how_big_the_files_are(site: Path) -> None:
    found = shown(card(site))
    assert set(found) == {"roadmap-en.zip", "roadmap-en.pdf"}
    for name, said in found.items():
        assert float(said.removesuffix(" MB")) == round((site / "downloads" / name).stat().st_size / 1e6, 1)
    assert "worksheets" in card(site).text_content()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_without_pdfs_it_offers_none(code: str, two_editions: Path) -> None:
    assert list(shown(card(two_editions, code))) == [f"roadmap-{code}.zip"]
    assert shown(card(two_editions, code))[f"roadmap-{code}.zip"]
    assert "PDF" not in card(two_editions, code).text_content()
    with zipfile.ZipFile(archive(two_editions, code)) as packed:
        assert not [name for name in packed.namelist() if name.endswith(".pdf")]
        assert b"PDF" not in packed.read(f"roadmap-{code}/start.html")


def test_in_the_copy_the_card_offers_no_copy(site: Path, tmp_path: Path) -> None:
    folder = unpack(archive(site, "en"), tmp_path)
    assert dead(folder) == []
    assert list(shown(card(folder))) == ["roadmap-en.pdf"]
    assert "This is the copy that you took along." in card(folder).text_content()


def test_an_english_page_offers_the_copy_of_its_edition(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    (root / "docs" / "da").mkdir()
    (root / "docs" / "da" / "edition.yml").write_text(
        "name: Dansk\nenglish_name: Danish\ntitle: VALUE\nteam: [Nobody yet]\n", encoding="utf-8"
    )
    project = Project(root)
    text = stage.StagedEdition(project.edition("da"), project.edition_files()).page("take-along.md").html
    assert "downloads/roadmap-da.zip" in text and "roadmap-en.zip" not in text


# What the privacy page says


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_policy_on_the_privacy_page_is_that_of_the_page(code: str, two_editions: Path) -> None:
    tree = lxml.html.parse(str(two_editions / code / "about" / "privacy.html"))
    [carried] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    policy = re.sub(r"'sha256-[^']+'", "'sha256-…'", carried)
    assert policy in tree.xpath("//article//code/text()")
