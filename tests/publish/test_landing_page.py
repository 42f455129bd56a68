"""The pages above the editions, as files: the page for lost readers. How a host shows it: `tests/site/test_hosts.py`."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from roadmap.project import addresses
from roadmap.project.project import Project
from roadmap.publish import landing_page
from roadmap.translation import catalogue
from tests.conftest import publish_at
from tests.staging.test_editions import danish


@pytest.mark.parametrize("base", ["/", "/roadmap/"])
def test_the_page_for_the_lost_works_at_any_depth_and_leads_into_every_edition(base: str, project: Path, tmp_path: Path) -> None:
    publish_at(project / "mkdocs.yml", f"https://host.example.org{base}en/")
    danish(project, "da")
    page = lxml.html.fromstring(not_found(project, tmp_path))
    found = [*page.xpath("//@src"), *page.xpath("//link/@href"), *page.xpath("//a/@href")]
    assert found and all(address.startswith(base) for address in found), found
    below = [address.removeprefix(base) for address in found]
    assert [path for path in below if path.startswith("assets/") and not (tmp_path / path).is_file()] == []
    assert [path for path in below if not path.startswith("assets/")] == ["en/index.html", "da/index.html"]
    assert f"`{base}assets/fonts/${{name}}.woff2`" in page.xpath("string(//script[not(@src)])")


def test_the_page_for_the_lost_is_no_page_to_a_search_engine_and_says_what_is_english(project: Path, tmp_path: Path) -> None:
    danish(project, "da")
    page = lxml.html.fromstring(not_found(project, tmp_path))
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//li/@lang") == ["en", "da"] and page.xpath("//li//strong/text()") == ["English", "Dansk"]
    assert page.xpath("//li[@lang='da']//span[@lang='en']/text()") == ["Go to the first page"]
    assert page.xpath("//li[@lang='en']//span[@lang]") == []


def not_found(root: Path, folder: Path) -> str:
    """404.html of a site with every edition of a project, written into a folder."""
    project = Project(root)
    site = addresses.site_of(project, project.edition_files())
    words = {code: catalogue.marked_theme_words(edition) for code, edition in project.editions.items()}
    landing_page.write_pages(project, folder, site, words, project.memo("site"))
    return (folder / "404.html").read_text(encoding="utf-8")
