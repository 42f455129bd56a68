"""Progress of an edition: how much of it is translated, outdated, missing, reviewed.

Writes nothing; staging/status_page.py shows it to readers.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from roadmap.project.edition_file import ENGLISH, Reviewed
from roadmap.project.navigation import in_nav_order
from roadmap.project.pages import Page
from roadmap.project.project import Edition
from roadmap.project.sections import Section, sections
from roadmap.translation import catalogue, drift, extract, pins
from roadmap.translation.drift import Drift

CORE_PAGES = ("index.md", "where-to-start.md")
CORE_FOLDERS = ("how/stages/", "worksheets/")
STEPS = tuple(Reviewed.model_fields)  # of a review, in their order


@dataclass(frozen=True)
class Share:
    """English words that are translated and up to date, of all."""

    done: int = 0
    all: int = 0

    @property
    def percent(self) -> int:
        """Rounded down: 100 says that nothing is left to do."""
        if not self.all:
            return 100
        return self.done * 100 // self.all

    def __add__(self, other: Share) -> Share:
        return Share(
            done=self.done + other.done,
            all=self.all + other.all,
        )


@dataclass(frozen=True)
class Strings:
    """Words of messages.po that are translated and shown: those of checklists and sheets, and
    all.
    """

    core: Share = Share()
    overall: Share = Share()


@dataclass(frozen=True, kw_only=True)
class PageStatus:
    """One page. `there`: translated at all; `pinned`: state.yml knows what from. A missing page has
    its English title. `drifted` counts the sections that English has left behind.
    """

    page: str
    file: str
    title: str
    core: bool
    there: bool
    pinned: bool
    words: Share
    drifted: int


@dataclass(frozen=True)
class WorksheetStatus:
    """One worksheet: its name in reviews, its title, and the language of that."""

    name: str
    title: str
    language: str


@dataclass(frozen=True, kw_only=True)
class EditionStatus:
    """One edition. `words` of pages and messages are counted in English words."""

    code: str
    files: Mapping[str, str]
    core: Share
    overall: Share
    strings: Strings
    pages: tuple[PageStatus, ...]
    drifted: tuple[Drift, ...]
    worksheets: tuple[WorksheetStatus, ...]
    reviews: Mapping[str, Reviewed]

    @property
    def reviewed(self) -> tuple[str, ...]:
        """What a review is about: the pages that are there, and all worksheets."""
        pages = [page.page for page in self.pages if page.there]
        worksheets = [worksheet.name for worksheet in self.worksheets]
        return (*pages, *worksheets)

    @property
    def missing(self) -> tuple[PageStatus, ...]:
        """The pages that are not translated, the most useful first."""
        pages = [page for page in self.pages if not page.there]
        return tuple(sorted(pages, key=lambda page: usefulness(page.page)))

    @property
    def unpinned(self) -> tuple[PageStatus, ...]:
        return tuple(page for page in self.pages if page.there and not page.pinned)

    @property
    def core_missing(self) -> tuple[str, ...]:
        """What the core set lacks before the edition can be offered. A section that English has
        changed is no lack.
        """
        lacking = []
        for page in self.pages:
            is_translated = page.there and page.pinned
            if page.core and not is_translated:
                lacking.append(page.page)
        if self.strings.core.percent < 100:
            lacking.append("messages.po")
        return tuple(lacking)

    def review_count(self, step: str) -> int:
        """Pages and worksheets that have been through a step."""
        count = 0
        for what in self.reviewed:
            review = self.reviews.get(what)
            if getattr(review, step, None) is not None:
                count += 1
        return count


# Counting


def progress_of(editions: Iterable[Edition]) -> list[EditionStatus]:
    """How far each of these editions is, with what English said before. Raises Problems."""
    return [progress(edition, with_history=True) for edition in editions]


def progress(edition: Edition, *, with_history: bool = False) -> EditionStatus:
    """How far an edition is: its pages, its messages, its reviews. Raises Problems.

    `with_history` asks git what English said before.
    """
    if with_history:
        drifts = drift.drifted_with_history(edition)
    else:
        drifts = drift.drifted(edition)
    pages = tuple(_pages(edition, drifts))
    strings = _strings(edition)
    core = strings.core
    overall = strings.overall
    for page in pages:
        overall += page.words
        if page.core:
            core += page.words
    return EditionStatus(
        code=edition.code,
        files=_files(edition),
        core=core,
        overall=overall,
        strings=strings,
        pages=pages,
        drifted=tuple(drifts),
        worksheets=tuple(_worksheets(edition)),
        reviews=edition.file.reviews,
    )


def _pages(edition: Edition, drifts: Iterable[Drift]) -> Iterator[PageStatus]:
    """Every English page in the order of the navigation, and what the edition has of it."""
    pinned = pins.pins_of(edition)
    outdated: dict[str, set[str]] = {}
    for each in drifts:
        ids = outdated.setdefault(each.page, set())
        ids.add(each.id)
    project = edition.project
    pages = project.english.pages
    for path in in_nav_order(project.nav, pages):
        yield _page(
            edition,
            pages[path],
            edition.pages.get(path),
            pinned.get(path),
            outdated.get(path, set()),
        )


def _page(
    edition: Edition,
    english: Page,
    page: Page | None,
    pinned: Mapping[str, str] | None,
    outdated: set[str],
) -> PageStatus:
    """One page. Without pins nobody knows what it was translated from, so none of it counts."""
    sources = sections(english.text)
    own = sections(page.text if page else "")
    if edition.is_english:
        done = set(sources)
    else:
        pinned_ids = (pinned or {}).keys()
        done = (own.keys() & pinned_ids) - outdated
    words = Share(
        done=_count_words(sources, done),
        all=_count_words(sources, sources.keys()),
    )
    return PageStatus(
        page=english.path,
        file=edition.file_name(english.path),
        title=_title(own or sources, english.path),
        core=is_core(english.path),
        there=page is not None,
        pinned=pinned is not None or edition.is_english,
        words=words,
        drifted=len(outdated),
    )


def _title(found: Mapping[str, Section], path: str) -> str:
    """The title of the first section, which is that of the page; its path where it has none."""
    for section in found.values():
        return section.title
    return path


def _count_words(found: Mapping[str, Section], ids: Collection[str]) -> int:
    """The words of the sections with these ids."""
    words = 0
    for id, section in found.items():
        if id in ids:
            words += section.words
    return words


def _worksheets(edition: Edition) -> Iterator[WorksheetStatus]:
    """Every worksheet with its title in the language of the edition, else in English."""
    memo = edition.project.memo("offered")
    titles = memo.get(
        lambda: list(_titles(edition)),
        "worksheets",
        edition.project.content_key,
        edition.catalogue_key,
    )
    for name, title, language in titles:
        yield WorksheetStatus(name, title, language)


def _titles(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Name, title and language of each worksheet."""
    for worksheet in edition.project.content.facts.worksheets:
        name = f"worksheets/{worksheet.id}"
        title = edition.translator.translations.pgettext(f"{name}/title", worksheet.title)
        is_translated = title != worksheet.title
        language = edition.code if is_translated else ENGLISH
        yield name, title, language


def is_core(page: str) -> bool:
    """Whether a page belongs to the core set, which must be whole before an edition is offered."""
    return page in CORE_PAGES or page.startswith(CORE_FOLDERS)


def usefulness(page: str) -> tuple[bool, bool, bool]:
    """To sort pages that stand in the order of the navigation: first the core set, of it the way
    in, then how to go about it.
    """
    return not is_core(page), page not in CORE_PAGES, not page.startswith("how/")


def _files(edition: Edition) -> dict[str, str]:
    """The files beside the pages that the edition has: name → path below the checkout."""
    found = {}
    for name in ("edition.yml", "messages.po", "state.yml"):
        if (edition.folder / name).exists():
            found[name] = edition.file_name(name)
    return found


def _strings(edition: Edition) -> Strings:
    """Words of the messages of an edition that readers see translated; of English, none."""
    if edition.is_english:
        return Strings()
    memo = edition.project.memo("offered")
    sentences = extract.sentences_key(edition.project)
    core, overall = memo.get(
        lambda: _word_counts(edition),
        "words",
        sentences,
        edition.catalogue_key,
    )
    return Strings(core=Share(*core), overall=Share(*overall))


def _word_counts(edition: Edition) -> list[tuple[int, int]]:
    """Words shown translated, and words in all: of the core set, and of everything."""
    tallies = catalogue.tallies(edition)
    core = catalogue.core(tallies)
    overall = sum(tallies.values(), catalogue.Tally())
    return [(core.words_shown, core.words), (overall.words_shown, overall.words)]


# For other programs


def as_data(found: EditionStatus) -> dict[str, Any]:
    """The status as plain data, with the figures that are worked out."""
    return {
        "code": found.code,
        "core": found.core.percent,
        "overall": found.overall.percent,
        "words": {
            "core": asdict(found.core),
            "overall": asdict(found.overall),
        },
        "core_missing": list(found.core_missing),
        "drifted": [_drift_data(found.code, each) for each in found.drifted],
        "missing": [page.page for page in found.missing],
        "unpinned": [page.page for page in found.unpinned],
        "reviewed": _review_counts(found),
        "reviews": _review_data(found.reviews),
        "pages": [_page_data(page) for page in found.pages],
        "files": dict(found.files),
    }


def _drift_data(code: str, each: Drift) -> dict[str, Any]:
    data = asdict(each)
    data["file"] = f"docs/{code}/{each.page}"
    data["difference"] = each.difference
    return data


def _review_counts(found: EditionStatus) -> dict[str, int]:
    """How many pages and worksheets have been through each step, `of` how many."""
    counts = {}
    for step in STEPS:
        counts[step] = found.review_count(step)
    counts["of"] = len(found.reviewed)
    return counts


def _review_data(reviews: Mapping[str, Reviewed]) -> dict[str, Any]:
    data = {}
    for what, review in reviews.items():
        data[what] = review.model_dump(mode="json", exclude_none=True)
    return data


def _page_data(page: PageStatus) -> dict[str, Any]:
    data = asdict(page)
    data["percent"] = page.words.percent
    return data


def as_json(found: Iterable[EditionStatus]) -> str:
    """The status of editions as JSON, a line feed at its end."""
    data = [as_data(each) for each in found]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
