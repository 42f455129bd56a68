"""Pages with the theme around them: the navigation, the current page, the language of a page, its table of contents."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement

from roadmap.project.project import Project
from roadmap.staging.stage import StagedEdition
from roadmap.staging.theme import Theme
from tests.conftest import copy_project
from tests.staging.test_editions import CORE_TEAM, danish

GLOSSARY = "glossary.md"


class Edition:
    """An edition with its theme."""

    def __init__(self, root: Path, code: str):
        project = Project(root)
        self.staged = StagedEdition(project.edition(code), project.edition_files())
        self.theme = Theme(self.staged)

    def page(self, path: str) -> HtmlElement:
        return lxml.html.document_fromstring(self.theme.page(self.staged.page(path)))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a Danish edition of one page."""
    root = copy_project(tmp_path_factory.mktemp("theme") / "project")
    danish(root, "da")
    return root


@pytest.fixture(scope="module")
def english(root: Path) -> Edition:
    return Edition(root, "en")


@pytest.fixture(scope="module")
def danish_edition(root: Path) -> Edition:
    return Edition(root, "da")


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def road(page: HtmlElement) -> HtmlElement:
    """The navigation: the stops of the road, and the pages of the stop where one is."""
    [road] = page.find_class("road")
    return road


def stops(page: HtmlElement) -> list[tuple[str, str]]:
    """Address and words of each stop."""
    return [(link.get("href"), text(link)) for link in road(page).xpath("ul/li/a")]


def pages_here(page: HtmlElement) -> list[tuple[str, str]]:
    """Address and words of each further page of the stop where one is."""
    return [(link.get("href"), text(link)) for link in road(page).xpath("ul/li/ul[@class='road-pages']/li/a")]


def contents(page: HtmlElement) -> list[tuple[str, str]]:
    """Anchor and words of each link of the table of contents."""
    [contents] = page.find_class("md-nav--secondary")
    return [(link.get("href"), text(link)) for link in contents.iter("a")]


# Navigation


def test_the_stops_of_the_road_are_named_by_the_titles_of_their_pages(english: Edition) -> None:
    found = stops(english.page(GLOSSARY))
    assert [address for address, _ in found][:4] == ["index.html", "where-to-start.html", "introduction/index.html", "what/index.html"]
    for address, words in found:
        source = english.staged.edition.pages[address.removesuffix(".html") + ".md"]
        assert words == source.headings[0].text, address


def test_the_pages_of_a_stop_are_named_by_their_titles(english: Edition) -> None:
    found = pages_here(english.page(CORE_TEAM))
    assert len(found) == 5 and ("core-team.html", english.staged.edition.pages[CORE_TEAM].headings[0].text) in found
    for address, words in found:
        source = english.staged.edition.pages[f"how/stages/initiating/{address.removesuffix('.html')}.md"]
        assert words == source.headings[0].text, address


def test_links_of_the_navigation_are_right_from_a_page_further_down(english: Edition) -> None:
    addresses = dict(stops(english.page(CORE_TEAM)))
    assert {"../../../index.html", "../../../glossary.html", "../../index.html", "index.html"} <= set(addresses)


def test_another_title_is_in_the_navigation_of_the_other_pages(tmp_path: Path) -> None:
    other = copy_project(tmp_path / "project")
    glossary = other / "docs" / "en" / GLOSSARY
    words = glossary.read_text(encoding="utf-8").split("\n")
    line = next(i for i, each in enumerate(words) if each.startswith("# "))
    words[line] = "# What *words* mean & say { #glossary }"
    glossary.write_text("\n".join(words), encoding="utf-8")
    edition = Edition(other, "en")
    assert ("glossary.html", "What words mean & say") in stops(edition.page("index.md"))
    assert edition.page(GLOSSARY).findtext("head/title").startswith("What words mean & say")


@pytest.mark.parametrize("path", [GLOSSARY, CORE_TEAM, "how/index.md"])
def test_the_page_itself_is_marked_and_no_other(path: str, english: Edition) -> None:
    page = english.page(path)
    title = english.staged.edition.pages[path].headings[0].text
    assert [text(link) for link in road(page).xpath(".//a[@aria-current='page']")] == [title]
    [stop] = road(page).find_class("road-stop active")
    assert title in [text(link) for link in stop.iter("a")]


def test_a_page_is_not_marked_any_more_on_the_next(english: Edition) -> None:
    first = english.theme.page(english.staged.page(GLOSSARY))
    page = english.page("index.md")
    assert [link.get("href") for link in road(page).xpath(".//a[@aria-current='page']")] == ["index.html"]
    assert len(road(page).find_class("road-stop active")) == 1
    assert english.theme.page(english.staged.page(GLOSSARY)) == first


# Languages


def test_an_english_page_in_a_danish_edition_is_marked_as_english(danish_edition: Edition) -> None:
    page = danish_edition.page(GLOSSARY)
    assert page.get("lang") == "da"
    [article] = page.iter("article")
    assert (article.get("lang"), article.get("dir")) == ("en", "ltr")
    assert page.find_class("edition-note")[0].xpath(".//a[contains(@href, 'contribute.html')]"), "it says that it is not translated"


def test_a_translated_page_is_not(danish_edition: Edition, english: Edition) -> None:
    for edition, path, code in ((danish_edition, CORE_TEAM, "da"), (english, GLOSSARY, "en")):
        page = edition.page(path)
        assert page.get("lang") == code
        [article] = page.iter("article")
        assert article.get("lang") is None
    assert not danish_edition.page(CORE_TEAM).find_class("edition-note")[0].xpath(".//a[contains(@href, 'contribute.html')]")
    assert not english.page(GLOSSARY).find_class("edition-note")


def test_the_navigation_says_which_titles_are_english(danish_edition: Edition, english: Edition) -> None:
    page = danish_edition.page(CORE_TEAM)
    languages = {text(link): link.get("lang") for link in road(page).iter("a")}
    own = danish_edition.staged.edition.pages[CORE_TEAM].headings[0].text
    assert languages[own] is None and languages["Glossary"] == languages["How to build a pathway"] == "en"
    assert not road(english.page(CORE_TEAM)).xpath(".//a[@lang]")


# Headings


def test_the_table_of_contents_has_the_headings_of_the_page(english: Edition) -> None:
    source = english.staged.edition.pages[CORE_TEAM]
    wanted = [(f"#{heading.id}", heading.text) for heading in source.headings if heading.level == 2]
    assert len(wanted) > 1 and [each for each in contents(english.page(CORE_TEAM)) if each in wanted] == wanted


def test_a_heading_with_a_call_has_its_text_in_the_table_of_contents(tmp_path: Path) -> None:
    other = copy_project(tmp_path / "project")
    with (other / "docs" / "en" / CORE_TEAM).open("a", encoding="utf-8") as page:
        page.write('\n## Ask {{ term("educare") }} *first* & last { #ask }\n\nText.\n')
    edition = Edition(other, "en")
    [title] = edition.staged.page(CORE_TEAM).headings
    assert "<" not in title["children"][-1]["name"], "what the piece answers is said in text"
    page = edition.page(CORE_TEAM)
    said = dict(contents(page))["#ask"]
    assert said == text(page.get_element_by_id("ask"))
    assert said.startswith("Ask ") and said.endswith(" first & last") and len(said) > len("Ask  first & last")


# The page for addresses that are not there


def test_a_lost_reader_finds_the_way_wherever_one_is(english: Edition) -> None:
    page = lxml.html.document_fromstring(english.theme.not_found())
    addresses = [address for address, _ in stops(page)]
    assert "/en/glossary.html" in addresses and all(address.startswith("/en/") for address in addresses)
    assert not road(page).xpath(".//*[@aria-current] | .//*[contains(@class, 'active')]")


# What a page is known by


def test_the_theme_is_another_when_a_template_or_a_title_changed(root: Path, tmp_path: Path) -> None:
    before = Edition(root, "en").theme.key
    assert Edition(root, "en").theme.key == before
    for number, (file, old, new) in enumerate((
        ("overrides/partials/nav.html", "", "{# more #}"), ("docs/en/glossary.md", "# ", "# A "), ("mkdocs.yml", "site_name: ", "site_name: A "),
    )):
        other = copy_project(tmp_path / str(number))
        danish(other, "da")
        path = other / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        assert Edition(other, "en").theme.key != before, file
