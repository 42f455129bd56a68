"""Reads and judges queries.yml of an edition: what its readers type into search, and the page that
must be among the first answers. browser_search.py asks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros.facts.problem import Problem, Problems, brief
from roadmap.project.edition_file import ENGLISH
from roadmap.project.project import Edition
from roadmap.translation.moved_in_english import advice

FILE = "queries.yml"
FIRST = 3  # answers among which the page must be
LONGEST = 100  # characters of a query
MOST = 200  # queries of an edition
KEYS = ("query", "page")
EXAMPLE = "`- query: …` and below it `  page: how/index.md`"


@dataclass(frozen=True)
class Query:
    """What a reader types, the page that answers it (path below the edition), and the line where it
    says so.
    """

    query: str
    page: str
    line: int


def queries(edition: Edition) -> list[Query]:
    """The queries of an edition, none where it has no file of them. Raises Problems."""
    if not (edition.folder / FILE).is_file():
        return []
    name = edition.file_name(FILE)
    data, lines = edition.yaml(FILE)
    if not isinstance(data, list) or len(data) > MOST:
        expected = f"at most {MOST} queries, each {EXAMPLE}"
        raise Problems(
            [
                Problem(
                    name,
                    1,
                    "no list, or a long one",
                    expected,
                )
            ]
        )
    found: list[Query] = []
    malformed: list[Problem] = []
    for index, entry in enumerate(data):
        line = lines[(index,)]
        if finding := _malformed(entry):
            malformed.append(Problem(name, line, *finding))
        else:
            found.append(
                Query(
                    entry["query"],
                    entry["page"],
                    line,
                )
            )
    if malformed:
        raise Problems(malformed)
    return found


def _malformed(entry: Any) -> tuple[str, str] | None:
    """What is wrong with the form of an entry, and what it must be."""
    if not isinstance(entry, dict) or sorted(entry) != sorted(KEYS):
        return f"`{brief(str(entry))}`", EXAMPLE
    for key, text in entry.items():
        if not isinstance(text, str) or not text.strip():
            return f"`{key}` without a text", EXAMPLE
        if len(text) > LONGEST:
            return f"`{key}` of {len(text)} characters", f"at most {LONGEST}"
    return None


def check_queries(edition: Edition) -> list[Problem]:
    """What is wrong in queries.yml of an edition, before anything is asked. Sorted."""
    try:
        found = queries(edition)
    except Problems as malformed:
        return list(malformed.problems)
    return sorted([*_unknown_pages(edition, found), *_repeated(edition, found)])


def _unknown_pages(edition: Edition, found: list[Query]) -> Iterator[Problem]:
    english_pages = edition.project.english.page_paths
    for query in found:
        if query.page not in english_pages:
            unknown = f"the page `{brief(query.page)}`, which is not there"
            expected = f"the path of a page below docs/{ENGLISH}/"
            yield Problem(
                edition.file_name(FILE),
                query.line,
                unknown,
                advice(edition.project, query.page, expected),
            )


def _repeated(edition: Edition, found: list[Query]) -> Iterator[Problem]:
    first_lines: dict[str, int] = {}
    for query in found:
        asked = " ".join(query.query.casefold().split())
        if asked in first_lines:
            again = f"`{brief(query.query)}` a second time (first on line {first_lines[asked]})"
            yield Problem(
                edition.file_name(FILE),
                query.line,
                again,
                "each query once",
            )
        first_lines.setdefault(asked, query.line)
