"""Judges the reviews of edition.yml: is each of something that is there, and can it be true?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches

from macros.facts.problem import Problem, brief
from roadmap.project import edition_file
from roadmap.project.project import Edition
from roadmap.translation.moved_in_english import advice


def check_reviews(edition: Edition) -> list[Problem]:
    """Reviews of what is no page or worksheet, or of a page that the edition does not have; those
    of a day to come, and as hints readings by those who drafted.

    Raises Problems where edition.yml or the facts cannot be read.
    """
    return sorted([*_unknown(edition), *_doubtful(edition)])


def _unknown(edition: Edition) -> Iterator[Problem]:
    data, lines = edition.yaml(edition_file.FILE)
    reviews = data.get("reviews") if isinstance(data, dict) else None
    pages = edition.project.english.page_paths
    worksheets = [f"worksheets/{each.id}" for each in edition.project.content.facts.worksheets]
    for name in reviews if isinstance(reviews, dict) else ():
        file = edition.file_name(edition_file.FILE)
        line = lines.get(("reviews", name), 1)
        if name in pages and name not in edition.page_paths:
            found = f"a review of `{name}`, a page that this edition does not have"
            yield Problem(file, line, found, f"the page {edition.file_name(name)}, or no review")
        elif name not in pages and name not in worksheets:
            found = f"a review of `{brief(name)}`, which is not there"
            expected = advice(edition.project, name, _meant(name, pages, worksheets))
            yield Problem(file, line, found, expected)


def _doubtful(edition: Edition) -> Iterator[Problem]:
    """Steps of a day to come, and readings that nobody else has made."""
    _, lines = edition.yaml(edition_file.FILE)
    file = edition.file_name(edition_file.FILE)
    tomorrow = date.today() + timedelta(days=1)  # somewhere it is tomorrow by now
    for name, review in edition.file.reviews.items():
        for step, sign in review:
            if sign is None:
                continue
            line = lines.get(("reviews", name, step), 1)
            if sign.on > tomorrow:
                yield Problem(file, line, f"`{sign.on}`, a day to come", "the day it was done")
            if step != "drafted" and review.drafted and review.drafted.by == sign.by:
                found = f"`{step}` by {sign.by}, who has drafted `{name}`"
                yield Problem(file, line, found, "somebody else, with fresh eyes", "hint")


def _meant(name: str, pages: tuple[str, ...], worksheets: list[str]) -> str:
    for known in (*pages, *worksheets):
        if name.strip("/").removesuffix(".pdf") in (known, known.rpartition("/")[2]):
            return f"`{known}`"
    close = get_close_matches(name, (*pages, *worksheets), n=1)
    if close:
        return f"`{close[0]}`"
    return (
        "the path of a page, such as `index.md`, or of a worksheet, such as `worksheets/portfolio`"
    )
