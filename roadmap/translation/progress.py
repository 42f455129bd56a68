"""Counts how far each edition is: core set and whole, drifted, missing, reviewed. Judges nothing,
prints nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_percent

from macros.language.translator import Translator
from macros.render import Renderer
from roadmap.project import edition_file
from roadmap.project.edition_file import ENGLISH, Reviewed
from roadmap.project.sections import Section, sections, texts
from roadmap.translation import catalogue, drift, pins
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
        return self.done * 100 // self.all if self.all else 100

    def __add__(self, other: Share) -> Share:
        return Share(self.done + other.done, self.all + other.all)


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


@dataclass(frozen=True, kw_only=True)
class EditionStatus:
    """One edition. `sheets` holds the worksheets as reviews name them, with their titles."""

    code: str
    files: Mapping[str, str]
    core: Share
    overall: Share
    strings: Strings
    pages: tuple[PageStatus, ...]
    drifted: tuple[Drift, ...]
    sheets: Mapping[str, str]
    reviews: Mapping[str, Reviewed]

    @property
    def reviewed(self) -> tuple[str, ...]:
        """What a review is about: all pages and worksheets."""
        return (*(page.page for page in self.pages), *self.sheets)

    @property
    def missing(self) -> tuple[PageStatus, ...]:
        return tuple(page for page in self.pages if not page.there)

    @property
    def unpinned(self) -> tuple[PageStatus, ...]:
        return tuple(page for page in self.pages if page.there and not page.pinned)

    @property
    def core_missing(self) -> tuple[str, ...]:
        """What the core set lacks before the edition can be offered. A section that English has
        changed is no lack.
        """
        lacking = [
            page.page for page in self.pages if page.core and not (page.there and page.pinned)
        ]
        return (*lacking, *(["messages.po"] if self.strings.core.percent < 100 else []))

    def review_count(self, step: str) -> int:
        """Pages and worksheets that have been through a step."""
        return sum(
            getattr(self.reviews.get(what), step, None) is not None for what in self.reviewed
        )


# Counting


def status(root: Path, codes: Iterable[str] | None = None, **known: Any) -> list[EditionStatus]:
    """The status of these editions, else of all, English first. `known` is what `edition` takes."""
    return [
        edition(root, code, **known)
        for code in (edition_file.codes(root) if codes is None else codes)
    ]


def edition(
    root: Path,
    code: str,
    *,
    strings: Callable[[Path, str], Strings] | None = None,
    sheets: Mapping[str, str] | None = None,
    look_back: bool = True,
) -> EditionStatus:
    """One edition. `strings` counts its messages (`words_of_messages`); `sheets` are all
    worksheets, as reviews name them → title; `look_back` asks git what English said before. Raises
    Problems with malformed files.
    """
    english, drifted = texts(root, ENGLISH), drift.drifted(root, code, look_back)
    here, pinned = texts(root, code), pins.pins_of(root, code)
    pages = tuple(
        _page(
            code,
            page,
            english[page],
            here.get(page),
            pinned.get(page),
            [d for d in drifted if d.page == page],
        )
        for page in sorted(english)
    )
    counted = strings(root, code) if strings and code != ENGLISH else Strings()
    return EditionStatus(
        code=code,
        files=_files(root, code),
        strings=counted,
        pages=pages,
        drifted=tuple(drifted),
        core=sum((page.words for page in pages if page.core), counted.core),
        overall=sum((page.words for page in pages), counted.overall),
        sheets=dict(sheets or {}),
        reviews=edition_file.read(root, code).reviews,
    )


def _page(
    code: str,
    page: str,
    english: str,
    here: str | None,
    pinned: Mapping[str, str] | None,
    drifted: list[Drift],
) -> PageStatus:
    """Without pins nobody knows what a page was translated from, so none of it counts."""
    sources, own = sections(english), sections(here or "")
    behind = {each.id for each in drifted}
    known = sources if code == ENGLISH else own.keys() & (pinned or {}).keys() - behind
    title = next(iter(own.values() or sources.values()), None)
    return PageStatus(
        page=page,
        file=f"docs/{code}/{page}",
        title=title.title if title else page,
        core=is_core(page),
        there=here is not None,
        pinned=pinned is not None or code == ENGLISH,
        drifted=len(behind),
        words=Share(_words(sources, known), _words(sources, sources)),
    )


def _words(found: Mapping[str, Section], ids: Collection[str]) -> int:
    return sum(section.words for section in found.values() if section.id in ids)


def is_core(page: str) -> bool:
    """Whether a page belongs to the core set, which must be whole before an edition is offered."""
    return page in CORE_PAGES or page.startswith(CORE_FOLDERS)


def _files(root: Path, code: str) -> dict[str, str]:
    names = ("edition.yml", "messages.po", "state.yml")
    return {name: f"docs/{code}/{name}" for name in names if (root / "docs" / code / name).exists()}


def words_of_messages(root: Path, code: str) -> Strings:
    """What messages.po has, for `edition`. Raises Problems where it cannot be read."""
    tallies = catalogue.missing(root, code)
    core, overall = catalogue.core(tallies), sum(tallies.values(), catalogue.Tally())
    return Strings(*(Share(tally.words_shown, tally.words) for tally in (core, overall)))


# For other programs, and for readers


def as_data(found: EditionStatus) -> dict[str, Any]:
    """The status as plain data, with the figures that are worked out."""
    return {
        "code": found.code,
        "core": found.core.percent,
        "overall": found.overall.percent,
        "words": {"core": asdict(found.core), "overall": asdict(found.overall)},
        "core_missing": list(found.core_missing),
        "drifted": [_drift_data(found.code, each) for each in found.drifted],
        "missing": [page.page for page in found.missing],
        "unpinned": [page.page for page in found.unpinned],
        "reviewed": {step: found.review_count(step) for step in STEPS}
        | {"of": len(found.reviewed)},
        "reviews": {
            what: each.model_dump(mode="json", exclude_none=True)
            for what, each in found.reviews.items()
        },
        "pages": [asdict(page) | {"percent": page.words.percent} for page in found.pages],
        "files": dict(found.files),
    }


def _drift_data(code: str, each: Drift) -> dict[str, Any]:
    return asdict(each) | {"file": f"docs/{code}/{each.page}", "difference": each.difference}


def as_json(found: Iterable[EditionStatus]) -> str:
    return json.dumps([as_data(each) for each in found], ensure_ascii=False, indent=1) + "\n"


Address = Callable[[str], str | None]


def page(
    found: EditionStatus, translator: Translator, base: str, address: Address = lambda path: None
) -> str:
    """The status as a block of HTML for a page of its edition. `base` leads to the root of the
    edition.

    `address` says where a file of the project (docs/da/index.md) can be read or changed, if
    anywhere.
    """
    html = Renderer(translator)(
        "edition_status",
        status=found,
        steps=STEPS,
        base=base,
        address=address,
        percent=lambda share: format_percent(share.percent / 100, locale=translator.locale),
        day=lambda on: format_date(on, "medium", locale=translator.locale),
    )
    return html.replace("{", "&#123;").replace("}", "&#125;")
