"""When an address is one, and that nothing is claimed while it is a placeholder."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.site_address import published
from roadmap.project import addresses
from roadmap.project.project import Project
from roadmap.staging.stage import StagedEdition
from roadmap.staging.theme import Theme
from tests.conftest import ADDRESS, publish_at

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
