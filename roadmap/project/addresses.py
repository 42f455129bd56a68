"""URLs of pages, and what a page says of them in its head: canonical URL, alternates, social card.

A page that an edition has not translated is the English page once more: it names the English one as
canonical and is no translation of it. Otherwise a search engine would take it for a copy, or show
English to who asked for another language. While the `site_url` in mkdocs.yml is a placeholder, a
head names none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from macros.language.translator import N_
from roadmap.project.edition_file import ENGLISH, EditionFile
from roadmap.project.project import Project

HOME = "index.md"
# What the roadmap is for, in a sentence: on the social card and the book, and for search engines
TAGLINE = N_(
    "How core and assisting practitioners, leaders and facilitators in early childhood centres "
    "learn together."
)


@dataclass(frozen=True)
class Site:
    """The site as others find it.

    `url` ends in a slash, or is empty; `offered` are the editions of the menu, by their codes;
    `pages` are those that each edition has in its own language.
    """

    url: str
    offered: Mapping[str, EditionFile]
    pages: Mapping[str, frozenset[str]]

    @property
    def base(self) -> str:
        """The path of the site on its host, ending in a slash; the root while it has no URL."""
        return urlsplit(self.url).path or "/"

    def has(self, code: str, page: str) -> bool:
        """Whether an edition on offer has a page in its own language."""
        return code in self.offered and page in self.pages[code]

    def address(self, code: str, page: str) -> str:
        """The URL of a page of an edition; of the English page where the edition has none."""
        owner = ENGLISH
        if self.has(code, page):
            owner = code
        name = page.removesuffix(".md")
        return f"{self.url}{owner}/{name}.html"

    def alternates(self, page: str) -> dict[str, str]:
        """The URL of a page in every language that it is offered in, by language.

        `x-default` is for everybody else: the landing page for the home page, else English.
        """
        found = {}
        for code in self.offered:
            if self.has(code, page):
                found[code] = self.address(code, page)
        if page == HOME:
            found["x-default"] = f"{self.url}index.html"
        else:
            found["x-default"] = found[ENGLISH]
        return found


def site_of(project: Project, offered: Mapping[str, EditionFile]) -> Site:
    """The site of a project. `offered` are the editions of the menu, by their codes."""
    pages = {}
    for code, edition in project.editions.items():
        pages[code] = edition.own_pages
    url = site_url(project.config["site_url"])
    return Site(url, offered, pages)


def site_url(english: str) -> str:
    """The URL of the site above that of the English edition. Empty where that is empty."""
    if not english:
        return ""
    return urljoin(english, "../")


def html_path(page: str) -> str:
    """The path of a built page: `how/index.html` for `how/index.md`."""
    return page.removesuffix(".md") + ".html"


def social_card(code: str) -> str:
    """Path of the social card of an edition, below the site."""
    return f"assets/social-{code}.png"


def head(site: Site, code: str, page: str) -> dict[str, Any]:
    """What the head of a page of an edition says, for overrides/partials/head.html.

    Search engines are to pass over an edition that is not offered: `hidden`.
    """
    if code not in site.offered:
        return {"hidden": True}
    if not site.url:
        return {}
    if not site.has(code, page):
        return {"canonical": site.address(code, page)}
    return {
        "canonical": site.address(code, page),
        "alternates": site.alternates(page),
        "picture": f"{site.url}{social_card(code)}",
    }
