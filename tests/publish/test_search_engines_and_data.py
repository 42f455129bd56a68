"""Found: what pages say of themselves to search engines and to whoever links to them, and the facts as data."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import lxml.html
import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from PIL import Image
from playwright.sync_api import Browser

from macros.facts.load import Content, read_yaml
from macros.language.translator import Translator
from macros.typesetting import outlines, shaping
from macros.typesetting.fonts import ARABIC
from roadmap.project import addresses
from roadmap.project.addresses import TAGLINE, Site
from roadmap.project.project import Project
from roadmap.publish import open_data, sitemap, social_card
from roadmap.staging import structured_data
from roadmap.staging.structured_data import StructuredData
from tests.conftest import ADDRESS, ROOT, copy_project, edition

MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
NEEDED = {  # kind → what a reader of the structured data counts on
    "Book": {"name", "url"},
    "Chapter": {"name", "url", "position", "inLanguage"},
    "Dataset": {"@id"},
    "DataDownload": {"contentUrl", "encodingFormat"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Person": {"name", "familyName"},
}


@dataclass(frozen=True)
class Head:
    """The head of a built page, and whether the page is English in another edition."""

    path: str
    tree: lxml.html.HtmlElement
    english: bool

    def one(self, path: str) -> str:
        found = self.tree.xpath(path)
        assert len(found) < 2, (self.path, path, found)
        return str(found[0]) if found else ""

    @property
    def title(self) -> str:
        return self.one("head/title/text()")

    @property
    def description(self) -> str:
        return self.one('head/meta[@name="description"]/@content')

    @property
    def canonical(self) -> str:
        return self.one('head/link[@rel="canonical"]/@href')

    @property
    def alternates(self) -> dict[str, str]:
        return {e.get("hreflang"): e.get("href") for e in self.tree.xpath('head/link[@rel="alternate"]')}

    @property
    def linked(self) -> dict[str, Any] | None:
        said = self.one('//script[@type="application/ld+json"]/text()')
        return json.loads(said) if said else None


@cache
def heads_of(edition: Path) -> dict[str, Head]:
    """Path below the edition → head of each page but the one for a lost reader."""
    trees = {p.relative_to(edition).as_posix(): lxml.html.fromstring(p.read_bytes()) for p in edition.rglob("*.html")}
    return {
        path: Head(path, tree, bool(tree.xpath('//article[@lang="en"]')))
        for path, tree in trees.items() if path != "404.html"
    }


def unclear(pages: list[Head]) -> list[str]:
    """Pages whose title or description is missing, too long or that of another page."""
    titles, descriptions = (Counter(getattr(p, name) for p in pages) for name in ("title", "description"))
    return [
        p.path for p in pages
        if titles[p.title] > 1 or not p.title or descriptions[p.description] > 1 or not 0 < len(p.description) <= 155
    ]


def test_every_page_has_a_title_and_a_description_of_its_own(two_editions: Path) -> None:
    english = list(heads_of(two_editions / "en").values())
    assert unclear(english) == []
    assert all(p.title == "VALUE Roadmap" or p.title.endswith(" – VALUE Roadmap") for p in english)
    first, second = english[:2]
    assert unclear([first, second, replace(first, path="again")]) == [first.path, "again"]  # a planted double
    assert unclear([p for p in heads_of(two_editions / "ar").values() if not p.english]) == []


def test_a_page_names_its_address_and_its_other_languages(two_editions: Path) -> None:
    for code in ("en", "ar"):
        for path, page in heads_of(two_editions / code).items():
            if not page.english:
                assert page.canonical == f"{ADDRESS}{code}/{path}"
                assert page.alternates[code] == page.canonical
    home, case = (heads_of(two_editions / "en")[path] for path in ("index.html", "cases/denmark.html"))
    assert home.alternates == {
        "en": f"{ADDRESS}en/index.html", "ar": f"{ADDRESS}ar/index.html", "x-default": f"{ADDRESS}index.html",
    }
    assert case.alternates == dict.fromkeys(("en", "x-default"), f"{ADDRESS}en/cases/denmark.html")


def test_languages_name_each_other(two_editions: Path) -> None:
    pages = {p.canonical: p for code in ("en", "ar") for p in heads_of(two_editions / code).values() if not p.english}
    for page in pages.values():
        assert all(pages[other].alternates == page.alternates for code, other in page.alternates.items() if code != "x-default")


def test_an_english_page_in_another_edition_is_no_translation(two_editions: Path) -> None:
    page = heads_of(two_editions / "ar")["cases/denmark.html"]
    assert page.english
    assert page.canonical == f"{ADDRESS}en/cases/denmark.html"
    assert (page.alternates, page.linked) == ({}, None)
    assert page.one('head/meta[@property="og:locale"]/@content') == "en"


def test_a_lost_reader_is_not_led_here(two_editions: Path) -> None:
    tree = lxml.html.parse(str(two_editions / "en" / "404.html"))
    assert tree.xpath('//meta[@name="robots"]/@content') == ["noindex"]
    assert tree.xpath('//link[@rel="canonical" or @rel="alternate"]') == []
    assert all(not p.one('head/meta[@name="robots"]/@content') for p in heads_of(two_editions / "en").values())


def test_links_elsewhere_show_title_and_picture(two_editions: Path) -> None:
    for code in ("en", "ar"):
        page = heads_of(two_editions / code)["index.html"]
        shown = {m.get("property"): m.get("content") for m in page.tree.xpath("head/meta[@property]")}
        assert shown["og:title"] == page.title
        assert shown["og:description"] == page.description
        assert shown["og:url"] == page.canonical
        assert shown["og:locale"] == code
        assert shown["og:image:alt"]
        assert (two_editions / shown["og:image"].removeprefix(ADDRESS)).is_file()


# Where nobody has said an address, and editions that nobody is offered


@pytest.fixture
def place() -> Site:
    """The site of the project with an edition of one page."""
    english = edition(ROOT, "en")
    danish = english.file.model_copy(update={"name": "dansk", "title": "VALUE-vejen"})
    return Site(ADDRESS, {"en": english.file, "da": danish}, {"en": english.own_pages, "da": frozenset({"index.md"})})


def test_without_an_address_nothing_is_claimed(place: Site, tmp_path: Path) -> None:
    nowhere = replace(place, url=addresses.site_url(""))
    assert addresses.head(nowhere, "en", "index.md") == {}
    sitemap.write_sitemap(tmp_path, nowhere)
    assert list(tmp_path.iterdir()) == []
    assert addresses.head(place, "en", "index.md")["canonical"] == f"{ADDRESS}en/index.html"  # else it is


def test_an_edition_that_is_not_offered_is_not_found(place: Site) -> None:
    assert addresses.head(place, "sl", "index.md") == {"hidden": True}


def test_robots_are_told_at_the_root_of_a_host_only(place: Site, tmp_path: Path) -> None:
    sitemap.write_sitemap(tmp_path, replace(place, url=addresses.site_url("https://example.org/value/en/")))
    assert [p.name for p in tmp_path.iterdir()] == ["sitemap.xml"]
    sitemap.write_sitemap(tmp_path, place)
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (tmp_path / "robots.txt").read_text()


def test_the_sitemap_has_each_page_once_in_each_language(two_editions: Path) -> None:
    tree = etree.parse(two_editions / "sitemap.xml")
    listed = tree.xpath("//s:loc/text()", namespaces=MAP)
    there = {p.canonical: p for code in ("en", "ar") for p in heads_of(two_editions / code).values() if not p.english}
    assert sorted(listed) == sorted([f"{ADDRESS}index.html", *there])
    for url in tree.xpath("//s:url", namespaces=MAP):
        loc = url.findtext("s:loc", namespaces=MAP)
        others = {e.get("hreflang"): e.get("href") for e in url.iterfind("x:link", MAP)}
        assert loc not in there or others == there[loc].alternates
    assert not tree.xpath("//s:lastmod", namespaces=MAP)
    assert list(two_editions.rglob("sitemap.xml*")) == [two_editions / "sitemap.xml"]


def test_the_first_page_leads_to_every_edition(two_editions: Path) -> None:
    page = Head("", lxml.html.parse(str(two_editions / "index.html")).getroot(), False)
    assert page.canonical == f"{ADDRESS}index.html"
    assert page.alternates == heads_of(two_editions / "en")["index.html"].alternates
    assert 0 < len(page.description) <= 155


# The picture


def test_each_edition_has_its_picture(two_editions: Path) -> None:
    english, arabic = (Image.open(two_editions / addresses.social_card(code)).convert("RGB") for code in ("en", "ar"))
    assert english.size == arabic.size == (1200, 630)
    circle = (148, 166)  # the first of the shapes stands where one begins to read
    teal = english.getpixel(circle)
    assert teal == (0x0B, 0x6E, 0x69)
    assert arabic.getpixel((1200 - circle[0], circle[1])) == teal != arabic.getpixel(circle)


def test_the_same_words_make_the_same_picture() -> None:
    assert social_card.draw("VALUE Roadmap", Translator()) == social_card.draw("VALUE Roadmap", Translator())
    assert social_card.draw("VALUE Roadmap", Translator()) != social_card.draw("VALUE Road map", Translator())


@pytest.mark.parametrize("title", ["VALUE", "A road that goes on and on " * 7])
def test_words_stay_inside_the_picture(title: str) -> None:
    drawn = social_card._fitting(title, TAGLINE)
    assert drawn[-1][1] < social_card.HIGH - 30
    assert " ".join(line for line, *_ in drawn) == f"{title.strip()} {TAGLINE}"


def test_a_picture_is_in_one_language() -> None:
    drawn = social_card.draw("VALUE-vejen", Translator("da"))  # which has no translation of the sentence
    assert drawn != social_card.draw("VALUE-vejen", Translator())


def test_letters_that_join_are_joined() -> None:
    apart, x = "", 0.0
    for letter in "فيك":  # from left to right
        apart += outlines.path(letter, x, 0, 40, 400, before=0)
        x += shaping.advance(letter, ARABIC, 400) * 40
    assert outlines.path("كيف", 0, 0, 40, 400, before=0) != apart


# Structured data


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every node of structured data."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from nodes(part)


def faults(told: dict[str, Any], site: Path) -> list[str]:
    """What lacks in structured data, and addresses of the site where nothing is."""
    found = [f"{n['@type']}: no {key}" for n in nodes(told) for key in NEEDED.get(n["@type"], set()) - set(n)]
    for address in re.findall(rf'"{ADDRESS}([^"#]+)[^"]*"', json.dumps(told)):
        if not (site / address).is_file():
            found.append(address)
    return found


def test_structured_data_is_whole_and_leads_somewhere(two_editions: Path) -> None:
    for code in ("en", "ar"):
        for page in heads_of(two_editions / code).values():
            assert page.english or (page.linked and faults(page.linked, two_editions) == []), page.path


def test_planted_faults_of_structured_data_are_caught(two_editions: Path) -> None:
    told = heads_of(two_editions / "en")["index.html"].linked
    part = told["@graph"][0]["hasPart"][0]
    part["url"] = f"{ADDRESS}en/nowhere.html"
    del part["position"]
    assert faults(told, two_editions) == ["Chapter: no position", "en/nowhere.html"]


def test_the_book_has_its_parts_in_order_and_names_the_original(two_editions: Path) -> None:
    english, arabic = (heads_of(two_editions / code)["index.html"].linked["@graph"][0] for code in ("en", "ar"))
    assert english["@type"] == "Book"
    assert [part["name"] for part in english["hasPart"]][:3] == ["Where to start", "Introduction", "What a pathway is about"]
    assert [part["position"] for part in english["hasPart"]] == list(range(1, len(english["hasPart"]) + 1))
    original = english["isBasedOn"]
    assert (len(original["author"]), original["publisher"]["name"], original["datePublished"]) == (7, "VBJK", "2020")
    assert original["author"][0]["name"] == "S. Van der Mespel"
    assert english["workTranslation"][0]["@id"] == arabic["@id"]
    assert arabic["translationOfWork"]["@id"] == english["@id"]
    assert (english["inLanguage"], arabic["inLanguage"]) == ("en", "ar")
    assert "license" not in json.dumps(english)


def test_each_case_is_a_dataset(two_editions: Path) -> None:
    for country, code, years in (("belgium", "BE", "2018/2019"), ("denmark", "DK", None)):
        _, case = heads_of(two_editions / "en")[f"cases/{country}.html"].linked["@graph"]
        assert case["@type"] == "Dataset"
        assert case["spatialCoverage"]["address"]["addressCountry"] == code
        assert case.get("temporalCoverage") == years  # left out where the sources do not name the years
        assert case["distribution"][0]["contentUrl"] == f"{ADDRESS}data/cases/{country}.json"
        assert 50 <= len(case["description"]) <= 5000


def test_no_fact_can_end_the_script(place: Site, published: Content) -> None:
    facts = published.facts.model_copy(update={"cases": tuple(
        case.model_copy(update={"summary": "</script><script>alert(1)</script>"}) for case in published.facts.cases
    )})
    titles = dict.fromkeys(place.pages["en"], "A page")
    told_of = StructuredData("en", place, Translator(), facts, [{"Cases": ["cases/index.md", "cases/denmark.md"]}], titles, titles, "1")
    told = structured_data.script(told_of, "cases/denmark.md")
    assert "<" not in told
    assert json.loads(told)["@graph"][1]["description"] == "</script><script>alert(1)</script>"


def test_structured_data_passes_a_strict_policy(browser: Browser) -> None:
    """Chromium takes a block of data for no script; a script in its place is stopped."""
    page = browser.new_page()
    listen = "window.stopped = []; addEventListener('securitypolicyviolation', e => stopped.push(e.violatedDirective))"
    page.add_init_script(listen)
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'
    for kind, stopped in (("application/ld+json", []), ("text/javascript", ["script-src-elem"])):
        page.goto(f"data:text/html,{policy}<script type='{kind}'>0</script><p>")
        page.locator("p").wait_for(state="attached")
        assert page.evaluate("new Promise(done => setTimeout(() => done(stopped)))") == stopped
    page.close()


# The facts as data


def misfits(file: Path) -> list[str]:
    """Where a data file departs from the schema that it names."""
    told = json.loads(file.read_text(encoding="utf-8"))
    return misfits_of(told, file)


def misfits_of(told: Any, file: Path) -> list[str]:
    schema = json.loads((file.parent / told["$schema"]).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{ADDRESS}data/schema/{Path(told['$schema']).name}"
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(told)]


def test_every_data_file_is_as_its_schema_says(two_editions: Path) -> None:
    files = [p for p in sorted((two_editions / "data").rglob("*.json")) if p.parent.name != "schema"]
    assert len(files) == 6 + 4 + 2
    assert {p.name: misfits(p) for p in files} == {p.name: [] for p in files}
    schemas = {p.stem for p in (two_editions / "data" / "schema").iterdir()}
    assert schemas == {Path(json.loads(p.read_text())["$schema"]).stem for p in files}


@pytest.mark.parametrize(("key", "value"), [("value", "seventy-six"), ("source", []), ("colour", "red")])
def test_a_figure_that_does_not_fit_is_caught(two_editions: Path, key: str, value: object) -> None:
    file = two_editions / "data" / "cases" / "belgium.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    told["case"]["centres"][0]["children"][key] = value
    assert [m.split(".")[:4] for m in misfits_of(told, file)] == [["$", "case", "centres[0]", "children"]]


def test_figures_are_those_of_the_facts_with_their_sources(two_editions: Path, published: Content) -> None:
    with (two_editions / "data" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    by_fact = {(row["case"], row["fact"]): row for row in rows if not row["differs"]}
    for case in published.facts.cases:
        for centre in case.centres:
            row = by_fact[case.id, f"centres/{centre.id}/children"]
            assert (float(row["value"]), row["source"]) == (centre.children.value, "; ".join(centre.children.source))
    known = {source.id for source in published.facts.sources}
    assert {reference.split()[0] for row in rows for reference in row["source"].split("; ")} <= known
    other = [r["value"] for r in rows if r["fact"] == "centres/antwerp/children" and r["differs"]]
    assert other == ["143"]


def test_texts_of_an_edition_are_only_those_it_has(two_editions: Path) -> None:
    english, arabic = (
        json.loads((two_editions / "data" / "texts" / f"{code}.json").read_text(encoding="utf-8"))["texts"]
        for code in ("en", "ar")
    )
    assert english["stages/initiating/title"] == "Initiating a pathway"
    assert 0 < len(arabic) < len(english)
    assert set(arabic) <= set(english)
    assert all(re.search("[\u0600-\u06ff]", text) for text in arabic.values())


@pytest.fixture(scope="module")
def with_arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the test edition."""
    root = copy_project(tmp_path_factory.mktemp("data") / "project")
    shutil.copytree(ROOT / "tests" / "editions" / "ar", root / "docs" / "ar")
    return root


def test_data_is_written_in_the_same_order_each_time(with_arabic: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        project = Project(with_arabic)
        open_data.write_files(tmp_path / name, {**open_data.shared_files(project), **open_data.files_of(project.edition("ar"))})
    one, two = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (tmp_path / "one", tmp_path / "two"))
    assert one == two
    assert list(json.loads(one[Path("data/cases/belgium.json")])["case"])[:3] == ["id", "country", "name"]


def test_the_site_has_the_texts_of_every_edition_and_a_copy_those_of_its_own(two_editions: Path, with_arabic: Path) -> None:
    project = Project(with_arabic)
    english = open_data.shared_files(project)
    whole = {**english, **open_data.files_of(project.edition("ar"))}
    there = {p.relative_to(two_editions).as_posix(): p.read_bytes() for p in (two_editions / "data").rglob("*") if p.is_file()}
    assert there == {path: text.encode() for path, text in whole.items()}
    assert open_data.files_of(project.english) == {}
    assert whole.keys() - english.keys() == {"data/texts/ar.json"}
    assert english.items() <= whole.items()


def test_the_program_on_the_page_runs(two_editions: Path) -> None:
    program = heads_of(two_editions / "en")["about/data.html"].tree.find(".//pre/code").text_content()
    said = subprocess.run([sys.executable, "-c", program], cwd=two_editions, capture_output=True, text=True, check=True)
    assert "De Kameleon 76 ['report 2.1.2'" in said.stdout
    assert len(said.stdout.splitlines()) == 7


def test_the_data_comes_along_in_the_zip(two_editions: Path) -> None:
    links = heads_of(two_editions / "en")["about/data.html"].tree.xpath('//section[@class="data-files"]//a/@href')
    with ZipFile(two_editions / "downloads" / "roadmap-en.zip") as copy:
        there = set(copy.namelist())
    assert len(links) == 8 + 5 + 7 and {f"roadmap-en/{link.removeprefix('../../')}" for link in links} <= there


def test_the_citation_agrees_with_the_project() -> None:
    told, _ = read_yaml(ROOT / "CITATION.cff", "CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= set(told)
    assert told["version"] == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    listed, _ = read_yaml(ROOT / "content" / "sources.yml", "sources.yml")
    sources = {source["id"]: source for source in listed["sources"]}
    for work, id in zip(told["references"], ("roadmap", "report"), strict=True):
        assert (work["title"], work["year"], work["url"]) == tuple(sources[id][key] for key in ("title", "year", "url"))
        authors = [f"{a['family-names']}, {a['given-names'][0]}." for a in work["authors"]]
        assert ", ".join(authors) == sources[id]["authors"]
