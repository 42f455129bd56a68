"""When an address is one, and that nothing is claimed while it is a placeholder."""

from __future__ import annotations

import shutil
from pathlib import Path

import lxml.html
import pytest

from macros.site_address import published
from roadmap.project import addresses
from roadmap.project.project import Project
from roadmap.staging.stage import StagedEdition
from roadmap.staging.theme import Theme
from tests.conftest import ADDRESS, ROOT, publish_at
from tests.facts.test_load import change

PLACEHOLDER = "https://value-roadmap.example/en/"


@pytest.mark.parametrize("address", [None, "", PLACEHOLDER, "https://value-roadmap.EXAMPLE:8000/en/", "http://example/", "https://a.b.example./"])
def test_nobody_is_sent_to_a_placeholder(address: str | None) -> None:
    assert published(address) == ""


@pytest.mark.parametrize("address", [f"{ADDRESS}en/", "https://an-example/en/", "https://example.eu/x.example/en/", "http://localhost:8000/"])
def test_an_address_is_kept(address: str) -> None:
    assert published(address) == address


def claims(root: Path) -> tuple[object, ...]:
    """What a checkout says of its address: to pieces, to search engines, and to whoever is lost."""
    project = Project(root)
    site = addresses.site_of(project, project.edition_files())
    lost = Theme(StagedEdition(project.english, project.edition_files())).not_found()
    return project.english.address, site.url, addresses.head(site, "en", "index.md"), 'href="/en/where-to-start.html"' in lost


def test_a_placeholder_is_no_address_anywhere(project: Path) -> None:
    address, url, head, leads_home = claims(project)
    assert (address, url, leads_home) == (f"{ADDRESS}en/", ADDRESS, True) and head
    publish_at(project / "mkdocs.yml", PLACEHOLDER)
    assert claims(project) == ("", "", {}, True)


def foot(root: Path, code: str) -> dict[str, str]:
    """The links at the foot of the pages of an edition: text → address."""
    project = Project(root)
    page = lxml.html.fromstring(Theme(StagedEdition(project.edition(code), project.edition_files())).not_found())
    return {link.text_content(): link.get("href") for link in page.iterfind('.//footer//a')}


def test_readers_find_the_files_of_the_project_once_they_have_an_address(project: Path) -> None:
    shutil.copytree(ROOT / "tests" / "editions" / "ar", project / "docs" / "ar")
    files, nowhere = "https://files.example.org/value?a&b", "https://files.example/value"
    assert len(foot(project, "en")) > 5 and "The project’s files" not in foot(project, "en")
    change('repo_url: ""', f"repo_url: {nowhere}", "mkdocs.yml")(project)
    assert nowhere not in foot(project, "en").values()
    change(nowhere, files, "mkdocs.yml")(project)
    assert foot(project, "en")["The project’s files"] == foot(project, "ar")["ملفات المشروع"] == files
