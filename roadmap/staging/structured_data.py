"""Structured data for search engines (schema.org, JSON-LD): the edition as a book, cases as data.

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
from roadmap.project.navigation import nav_paths

# A thing of schema.org: property → value
Node = dict[str, Any]

# Pages, by their paths below an edition
ABOUT = "about/index.md"
RIGHTS = "about/rights.md"
DATA = "about/data.md"
# Ids of sources: the original that the site retells, and the report on all cases
ORIGINAL = "roadmap"
REPORT = "report"
# An author in a reference: `Van der Mespel, S.`
AUTHOR = re.compile(r"([^,]+), (\w\.(?: \w\.)*)")


@dataclass(frozen=True)
class StructuredData:
    """What structured data says of an edition, for all of its pages.

    `code` is that of the edition; `titles` and `descriptions` are those of its pages, by their
    paths; `nav` is their order, as MkDocs has it; `facts` are in the language of the edition;
    `version` is that of the site.
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
        """The URL of a page of the edition. `place` is an anchor with its `#`."""
        return self.site.address(self.code, page) + place

    def id_of(self, page: str, place: str) -> str:
        """What names a thing in all editions: its URL in the English one."""
        return self.site.address(ENGLISH, page) + place


def script(edition: StructuredData, page: str) -> str:
    """The structured data of a page as JSON-LD, safe inside `<script>`.

    `page` is its path below the edition, which ends in .md. Empty where the site has no address,
    and for a page that the edition has not translated. Raises LookupError where the navigation does
    not hold the page.
    """
    if not edition.site.url or not edition.site.has(edition.code, page):
        return ""
    data = {
        "@context": "https://schema.org",
        "@graph": list(_nodes(edition, page)),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", r"\u003c")


def _nodes(edition: StructuredData, page: str) -> Iterator[Node]:
    """The things that a page is about."""
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


def book(edition: StructuredData) -> Node:
    """The edition as a `Book`: its parts in order, what it retells, its other languages."""
    original = _source(edition.facts, ORIGINAL)
    node = {
        **_book(edition, edition.code),
        "description": edition.descriptions.get(HOME),
        "version": edition.version,
        "creator": _maintainers(edition),
        "isAccessibleForFree": True,
        "usageInfo": edition.address(RIGHTS),
        "isBasedOn": _work(original, "Book"),
        **_languages(edition),
        "hasPart": _chapters(edition),
    }
    return _without_unknown(node)


def _chapters(edition: StructuredData) -> list[Node]:
    """The parts of the book in their order, each with its own parts."""
    chapters = []
    for position, pages in enumerate(_parts_of_book(edition.nav), start=1):
        chapter = _chapter(edition, pages, position)
        chapters.append(chapter)
    return chapters


def _book(edition: StructuredData, code: str) -> Node:
    """What names the book in a language."""
    address = edition.site.address(code, HOME)
    return {
        "@type": "Book",
        "@id": f"{address}#book",
        "name": edition.site.offered[code].title,
        "url": address,
        "inLanguage": code,
    }


def _languages(edition: StructuredData) -> Node:
    """The book that this one translates; or, for the English one, its translations."""
    if edition.code != ENGLISH:
        return {"translationOfWork": _book(edition, ENGLISH)}
    translations = []
    for code in edition.site.offered:
        if code != ENGLISH:
            translations.append(_book(edition, code))
    return {"workTranslation": translations}


def _parts(nav: list[Any]) -> Iterator[list[str]]:
    """The pages of each part of the navigation, its own page first."""
    for entry in nav:
        yield list(nav_paths(entry))


def _parts_of_book(nav: list[Any]) -> Iterator[list[str]]:
    """The parts of the book. The home page is the book itself; pages about the site are no part."""
    for pages in _parts(nav):
        if pages[0] not in (HOME, ABOUT):
            yield pages


def _chapter(edition: StructuredData, pages: list[str], position: int) -> Node:
    """The first of some pages as a `Chapter`, whose parts are the other pages."""
    own_page, *others = pages
    chapters = []
    for number, page in enumerate(others, start=1):
        chapters.append(_chapter(edition, [page], number))
    node = {
        "@type": "Chapter",
        "position": position,
        "name": edition.titles[own_page],
        "url": edition.address(own_page),
        "inLanguage": _language(edition, own_page),
        "hasPart": chapters,
    }
    return _without_unknown(node)


def _language(edition: StructuredData, page: str) -> str:
    """The language of a page: English as long as the edition has not translated it."""
    if edition.site.has(edition.code, page):
        return edition.code
    return ENGLISH


# Data


def dataset(edition: StructuredData, case: Case) -> Node:
    """A case as a `Dataset`, which the page of the case presents.

    The texts in its file are English, whatever the language of the page.
    """
    page = _page(case)
    name = edition.translator.gettext("The VALUE pilot in %(country)s") % {"country": case.name}
    node = {
        "@type": "Dataset",
        "@id": edition.id_of(page, "#data"),
        "name": name,
        "description": case.summary,
        "url": edition.address(page),
        "inLanguage": ENGLISH,
        "version": edition.version,
        "creator": _maintainers(edition),
        "isAccessibleForFree": True,
        "usageInfo": edition.address(RIGHTS),
        "spatialCoverage": _place(case),
        "temporalCoverage": case.period.years,
        "isBasedOn": _reports(edition, case),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": edition.id_of(DATA, "#data"),
        },
        "distribution": [_download(edition, case)],
    }
    return _without_unknown(node)


def catalogue(edition: StructuredData) -> Node:
    """All data of the site as a `DataCatalog`, which the page about data presents.

    It names the datasets only: each is described on the page of its case.
    """
    datasets = []
    for case in edition.facts.cases:
        reference = {
            "@type": "Dataset",
            "@id": edition.id_of(_page(case), "#data"),
        }
        datasets.append(reference)
    return {
        "@type": "DataCatalog",
        "@id": edition.id_of(DATA, "#data"),
        "name": edition.titles[DATA],
        "description": edition.descriptions[DATA],
        "url": edition.address(DATA),
        "usageInfo": edition.address(RIGHTS),
        "dataset": datasets,
    }


def _page(case: Case) -> str:
    """The page of a case, below an edition."""
    return f"cases/{case.id}.md"


def _place(case: Case) -> Node:
    """Where the pilot of a case was."""
    return {
        "@type": "Place",
        "name": case.name,
        "address": {
            "@type": "PostalAddress",
            "addressCountry": case.country,
        },
    }


def _reports(edition: StructuredData, case: Case) -> list[Node]:
    """The works that a case rests on, each once: the report on all cases, that of its country."""
    ids = [REPORT]
    for reference in case.report_source:
        source_id = reference.split()[0]
        ids.append(source_id)
    works = []
    for source_id in dict.fromkeys(ids):
        source = _source(edition.facts, source_id)
        works.append(_work(source))
    return works


def _download(edition: StructuredData, case: Case) -> Node:
    """The file with the data of a case, which publish/open_data.py writes."""
    return {
        "@type": "DataDownload",
        "encodingFormat": "application/json",
        "contentUrl": f"{edition.site.url}data/cases/{case.id}.json",
    }


# The way to a page


def way(edition: StructuredData, page: str) -> Node:
    """The way from the home page to a page as a `BreadcrumbList`.

    Raises LookupError where the navigation does not hold the page.
    """
    part = _part_with(edition.nav, page)
    steps = dict.fromkeys([HOME, part[0], page])  # each page once
    items = []
    for position, step in enumerate(steps, start=1):
        item = {
            "@type": "ListItem",
            "position": position,
            "name": edition.titles[step],
            "item": edition.address(step),
        }
        items.append(item)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": items,
    }


def _part_with(nav: list[Any], page: str) -> list[str]:
    """The part of the navigation that holds a page."""
    for pages in _parts(nav):
        if page in pages:
            return pages
    raise LookupError(f"{page} is not in the navigation")


# What is named more than once


def _maintainers(edition: StructuredData) -> list[Node]:
    """Those who maintain the English edition, as `Organization`."""
    english = edition.site.offered[ENGLISH]
    found = []
    for name in english.team:
        organisation = {
            "@type": "Organization",
            "name": name,
            "url": edition.address(ABOUT),
        }
        found.append(organisation)
    return found


def _source(facts: Facts, id: str) -> Source:
    """The source with an id. Raises LookupError where there is none."""
    for source in facts.sources:
        if source.id == id:
            return source
    raise LookupError(f"no source {id}")


def _work(source: Source, kind: str = "CreativeWork") -> Node:
    """A source as a work that others made. `kind` is its type in schema.org."""
    node: Node = {
        "@type": kind,
        "name": source.title,
        "url": source.url,
        "author": _authors(source),
    }
    if source.year:
        node["datePublished"] = str(source.year)
    if source.publisher:
        node["publisher"] = {
            "@type": "Organization",
            "name": source.publisher,
        }
    return _without_unknown(node)


def _authors(source: Source) -> list[Node]:
    """The people who wrote a source, as `Person`."""
    found = []
    for last_name, first_name in AUTHOR.findall(source.authors or ""):
        family_name = last_name.strip()
        person = {
            "@type": "Person",
            "name": f"{first_name.strip()} {family_name}",
            "familyName": family_name,
        }
        found.append(person)
    return found


def _without_unknown(node: Mapping[str, Any]) -> Node:
    """A thing without the properties that nobody knows a value of."""
    known = {}
    for name, value in node.items():
        if value not in (None, [], ""):
            known[name] = value
    return known
