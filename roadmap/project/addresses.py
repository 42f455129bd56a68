"""Where each page of the site will stand, and what its head says of that. Writes nothing.

A page that an edition has not translated is the English page once more: it names the English one as
the true address and is no translation of it. Otherwise a search engine would take it for a copy, or
show English to who asked for another language. Where nobody has said an address, a head names none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from roadmap.project import edition_file, mkdocs_config
from roadmap.project.edition_file import ENGLISH, EditionFile
from roadmap.publish import social_card

HOME = "index.md"


@dataclass(frozen=True)
class Site:
    """The address of the site, with a slash at its end, or empty; the editions on offer; which
    pages each has.
    """

    root: str
    offered: Mapping[str, EditionFile]
    pages: Mapping[str, frozenset[str]]

    def has(self, code: str, page: str) -> bool:
        """Whether an edition on offer has a page in its own language."""
        return code in self.offered and page in self.pages[code]

    def address(self, code: str, page: str) -> str:
        """Of a page of an edition; of the English one where the edition has none."""
        there = code if self.has(code, page) else ENGLISH
        return f"{self.root}{there}/{page.removesuffix('.md')}.html"

    def alternates(self, page: str) -> dict[str, str]:
        """A page in every language that it is offered in; `x-default` is for everybody else."""
        found = {code: self.address(code, page) for code in self.offered if self.has(code, page)}
        return {**found, "x-default": f"{self.root}index.html" if page == HOME else found[ENGLISH]}


def site_of(root: Path, offered: Mapping[str, EditionFile]) -> Site:
    """The site of a project."""
    pages = {code: edition_file.pages_of(root, code) for code in edition_file.codes(root)}
    return Site(
        root_of(mkdocs_config.config(root / "mkdocs.yml")["site_url"] or ""), offered, pages
    )


def root_of(address: str) -> str:
    """Where the site stands, whose English edition stands at an address; empty where nobody has
    said.
    """
    return address and urljoin(address, "../")


def head(site: Site, code: str, page: str) -> dict[str, Any]:
    """What the head of a page of an edition says, for overrides/partials/head.html."""
    if code not in site.offered:
        return {"hidden": True}
    if not site.root:
        return {}
    if not site.has(code, page):
        return {"canonical": site.address(code, page)}
    picture = f"{site.root}{social_card.file(code)}"
    return {
        "canonical": site.address(code, page),
        "alternates": site.alternates(page),
        "picture": picture,
    }
