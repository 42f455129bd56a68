"""Finds titles of the facts that an English page writes otherwise: one thing has one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from macros.facts.model import Facts
from macros.facts.problem import Problem
from roadmap.project.pages import Page
from roadmap.project.project import Project

LEAD = re.compile(r" {0,3}(?:\d+\.|[*-]) \*\*([^*]+?)[.:]?\*\*")
PIECE = re.compile(r"\{\{.*?\}\}")
SMALL_WORDS = {"a", "an", "the", "it", "your", "their"}
FEWEST = 2  # names of a method in one list, that it is taken for the list of its steps


def check_titles(project: Project) -> list[Problem]:
    """Headings and beginnings of list items that are nearly a title of the facts, and lists of the
    steps of a method in which one has another name. Raises Problems where the facts cannot be read.
    """
    titles, methods = _names(project)
    by_words = {_words(title): title for title in titles}
    problems: list[Problem] = []
    for page in project.english.pages.values():
        leads = list(_leads(page))
        named = [(heading.line, heading.text) for heading in page.headings]
        problems += _nearly(page, [*named, *(lead for group in leads for lead in group)], by_words)
        for group in leads:
            problems += _other_steps(page, group, methods)
    return problems


def _names(project: Project) -> list[list[Any]]:
    """All titles, and the names of the steps of each method; as they were read before, where the
    facts are the same.
    """

    def read() -> list[list[Any]]:
        facts = project.content.facts
        methods = [[step.name for step in method.steps] for method in facts.methods]
        return [list(_titles(facts)), methods]

    return project.memo("check").get(read, "titles", project.content_key)


def _titles(facts: Facts) -> Iterator[str]:
    for stage in facts.stages:
        yield stage.title
        yield from (questions.title for questions in stage.lists)
    yield from (setup.title for setup in facts.setups)
    yield from (worksheet.title for worksheet in facts.worksheets)
    for method in facts.methods:
        yield method.title
        yield from (step.name for step in (*method.steps, *method.between))


def _words(title: str) -> frozenset[str]:
    """What makes a title the same for a reader: its words, without those that carry no meaning."""
    return frozenset(re.findall(r"\w+", title.casefold())) - SMALL_WORDS


def _without_the(title: str) -> str:
    return title.casefold().removeprefix("the ")


def _leads(page: Page) -> Iterator[list[tuple[int, str]]]:
    """For each list, the bold words that its items begin with, and their lines."""
    lines = [(number, LEAD.match(line), line) for number, line in page.prose_lines if line.strip()]
    for is_item, items in groupby(lines, key=lambda each: bool(each[1]) or each[2][:1] == " "):
        if is_item:
            yield [(number, match[1].strip()) for number, match, _ in items if match]


def _nearly(
    page: Page, named: Iterable[tuple[int, str]], by_words: Mapping[frozenset[str], str]
) -> Iterator[Problem]:
    for line, text in named:
        title = by_words.get(_words(PIECE.sub("", text)))
        if title and _without_the(text) != _without_the(title):
            yield page.problem(line, f"“{text}”", f"“{title}”, as content/ names it")


def _other_steps(
    page: Page, leads: list[tuple[int, str]], methods: Iterable[list[str]]
) -> Iterator[Problem]:
    """Where a list has as many items as a method has steps, and most of their names."""
    for names in methods:
        if len(leads) != len(names):
            continue
        others = [
            (line, text, name)
            for (line, text), name in zip(leads, names, strict=True)
            if text.casefold() != name.casefold()
        ]
        if len(names) - len(others) >= max(FEWEST, len(names) // 2):
            for line, text, name in others:
                yield page.problem(line, f"“{text}”", f"“{name}”, as content/methods.yml names it")
