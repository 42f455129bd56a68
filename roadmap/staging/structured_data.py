"""What pages tell machines that read: the site as a book in parts, the cases as data, the way to a
page. As JSON-LD.

Names and order come from the pages and facts; nothing is said that they do not say. No licence was
found for the original, so none is named. See https://schema.org.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.facts.model import Case, Facts, Source
from macros.language.translator import Translator
from roadmap.project.addresses import HOME, Site
from roadmap.project.edition_file import ENGLISH

Node = dict[str, Any]
ABOUT, RIGHTS, DATA = "about/index.md", "about/rights.md", "about/data.md"
ORIGINAL, REPORT = "roadmap", "report"
AUTHOR = re.compile(r"([^,]+), (\w\.(?: \w\.)*)")  # `Van der Mespel, S.`


@dataclass(frozen=True)
class Edition:
    """An edition as its pages tell of it. `titles` and `descriptions` are those of its pages, `nav`
    is their order.
    """

    code: str
    site: Site
    translator: Translator
    facts: Facts
    nav: list[Any]
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    version: str

    def address(self, page: str, place: str = "") -> str:
        return self.site.address(self.code, page) + place


def script(edition: Edition, page: str) -> str:
    """The structured data of a page, safe inside `<script>`. Empty for a page that says so
    elsewhere, or nowhere.
    """
    if not edition.site.root or not edition.site.has(edition.code, page):
        return ""
    told = {"@context": "https://schema.org", "@graph": list(_nodes(edition, page))}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", r"\u003c")


def _nodes(edition: Edition, page: str) -> Iterator[Node]:
    if page == HOME:
        yield book(edition)
    else:
        yield way(edition, page)
    if page == DATA:
        yield catalogue(edition)
    for case in edition.facts.cases:
        if page == _page(case):
            yield dataset(edition, case)


# The book


def book(edition: Edition) -> Node:
    """The edition as a book, with its parts in order, the original it retells, and its other
    languages.
    """
    return _known(
        {
            **_book(edition, edition.code),
            "description": edition.descriptions.get(HOME),
            "version": edition.version,
            "creator": _maintainers(edition),
            "isAccessibleForFree": True,
            "usageInfo": edition.address(RIGHTS),
            "isBasedOn": _work(_source(edition.facts, ORIGINAL), "Book"),
            **_languages(edition),
            "hasPart": [
                _part(edition, part, n) for n, part in enumerate(_of_the_book(edition.nav), start=1)
            ],
        }
    )


def _book(edition: Edition, code: str) -> Node:
    address = edition.site.address(code, HOME)
    title = edition.site.offered[code].title
    return {
        "@type": "Book",
        "@id": f"{address}#book",
        "name": title,
        "url": address,
        "inLanguage": code,
    }


def _languages(edition: Edition) -> Node:
    if edition.code != ENGLISH:
        return {"translationOfWork": _book(edition, ENGLISH)}
    return {
        "workTranslation": [
            _book(edition, code) for code in edition.site.offered if code != ENGLISH
        ]
    }


def _parts(nav: list[Any]) -> list[list[str]]:
    """The pages of each part of the navigation, its own page first."""
    return [[entry] if isinstance(entry, str) else next(iter(entry.values())) for entry in nav]


def _of_the_book(nav: list[Any]) -> list[list[str]]:
    """The first page is the book itself; what is about the site is no part of it."""
    return [part for part in _parts(nav) if part[0] not in (HOME, ABOUT)]


def _part(edition: Edition, pages: list[str], position: int) -> Node:
    chapters = [_part(edition, [page], n) for n, page in enumerate(pages[1:], start=1)]
    return _known(
        {
            "@type": "Chapter",
            "position": position,
            "name": edition.titles[pages[0]],
            "url": edition.address(pages[0]),
            "inLanguage": _language(edition, pages[0]),
            "hasPart": chapters,
        }
    )


def _language(edition: Edition, page: str) -> str:
    return edition.code if edition.site.has(edition.code, page) else ENGLISH


# Data


def dataset(edition: Edition, case: Case) -> Node:
    """A case as data. The texts in its file are English."""
    page = _page(case)
    return _known(
        {
            "@type": "Dataset",
            "@id": edition.site.address(ENGLISH, page) + "#data",
            "name": edition.translator.gettext("The VALUE pilot in %(country)s")
            % {"country": case.name},
            "description": case.summary,
            "url": edition.address(page),
            "inLanguage": ENGLISH,
            "version": edition.version,
            "creator": _maintainers(edition),
            "isAccessibleForFree": True,
            "usageInfo": edition.address(RIGHTS),
            "spatialCoverage": {
                "@type": "Place",
                "name": case.name,
                "address": {"@type": "PostalAddress", "addressCountry": case.country},
            },
            "temporalCoverage": case.period.years,
            "isBasedOn": [_work(_source(edition.facts, id)) for id in _documents(case)],
            "includedInDataCatalog": {
                "@type": "DataCatalog",
                "@id": edition.site.address(ENGLISH, DATA) + "#data",
            },
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "application/json",
                    "contentUrl": f"{edition.site.root}data/cases/{case.id}.json",
                }
            ],
        }
    )


def catalogue(edition: Edition) -> Node:
    """All data of the site."""
    sets = [edition.site.address(ENGLISH, _page(case)) + "#data" for case in edition.facts.cases]
    return {
        "@type": "DataCatalog",
        "@id": edition.site.address(ENGLISH, DATA) + "#data",
        "name": edition.titles[DATA],
        "description": edition.descriptions[DATA],
        "url": edition.address(DATA),
        "usageInfo": edition.address(RIGHTS),
        "dataset": [{"@type": "Dataset", "@id": id} for id in sets],
    }


def _page(case: Case) -> str:
    return f"cases/{case.id}.md"


def _documents(case: Case) -> list[str]:
    """The endline report and the country report that a case rests on."""
    return list(
        dict.fromkeys([REPORT, *(reference.split()[0] for reference in case.report_source)])
    )


# The way to a page, and what is named more than once


def way(edition: Edition, page: str) -> Node:
    """From the first page to this one."""
    part = next(pages for pages in _parts(edition.nav) if page in pages)
    steps = dict.fromkeys([HOME, part[0], page])
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": n,
                "name": edition.titles[step],
                "item": edition.address(step),
            }
            for n, step in enumerate(steps, start=1)
        ],
    }


def _maintainers(edition: Edition) -> list[Node]:
    team = edition.site.offered[ENGLISH].team
    return [{"@type": "Organization", "name": name, "url": edition.address(ABOUT)} for name in team]


def _source(facts: Facts, id: str) -> Source:
    return next(source for source in facts.sources if source.id == id)


def _work(source: Source, kind: str = "CreativeWork") -> Node:
    return _known(
        {
            "@type": kind,
            "name": source.title,
            "url": source.url,
            "author": [
                {
                    "@type": "Person",
                    "name": f"{first.strip()} {last.strip()}",
                    "familyName": last.strip(),
                }
                for last, first in AUTHOR.findall(source.authors or "")
            ],
            "datePublished": source.year and str(source.year),
            "publisher": source.publisher and {"@type": "Organization", "name": source.publisher},
        }
    )


def _known(node: Node) -> Node:
    """Without what nobody knows."""
    return {key: value for key, value in node.items() if value not in (None, [], "")}
