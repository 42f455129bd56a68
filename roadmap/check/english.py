"""Judges the English edition: its facts, its pages and the navigation of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from macros.facts.problem import Problem, collect_problems
from roadmap.check.links import check_links
from roadmap.check.pins import check_same_meaning
from roadmap.check.search_queries import check_queries
from roadmap.check.structure.spaces import odd_spaces
from roadmap.project import content_schema
from roadmap.project.edition_file import ENGLISH
from roadmap.project.mkdocs_config import theme_language
from roadmap.project.navigation import nav_paths
from roadmap.project.pages import Page
from roadmap.project.project import Edition, Project
from roadmap.project.remembered import remembered
from roadmap.translation import extract
from roadmap.translation.moved_in_english import advice


def check_english(project: Project) -> list[Problem]:
    """Everything that is wrong with the facts, the English pages, the navigation, the schemas, the
    declarations of same meaning and the queries.
    """
    english = project.english
    schemas = project.files_key(project.root / "content" / "schema")
    layout = project.files_key(project.root / extract.THEME)
    return [
        *_remembered(project, _check_facts, project.content_key),
        *_remembered(project, content_schema.outdated, schemas),
        *_remembered(project, _check_sentences, layout),
        *collect_problems(
            lambda: check_edition_file(english),
            lambda: check_links(english),
            lambda: _check_all_headings(english),
            lambda: check_navigation(project),
            lambda: check_same_meaning(project),
            lambda: check_queries(english),
        ),
    ]


def _remembered(
    project: Project, check: Callable[[Project], Iterable[Problem]], *values: object
) -> list[Problem]:
    return remembered(project.memo("check"), check, project, values=values)


def _check_facts(project: Project) -> list[Problem]:
    """Nothing, where the facts obey all rules. Raises Problems where they do not."""
    _ = project.content
    return []


def check_edition_file(edition: Edition) -> list[Problem]:
    """Nothing, where edition.yml can be read and the theme has words for the language. Raises
    Problems where not.
    """
    _ = edition.file
    theme_language(edition.project.root, edition.code)
    return []


def _check_sentences(project: Project) -> list[Problem]:
    """Nothing, where the sentences of the layout can be read. Raises Problems where they cannot."""
    _ = extract.of_theme(project)
    return []


def _check_all_headings(english: Edition) -> list[Problem]:
    problems: list[Problem] = []
    for page in english.pages.values():
        problems += check_headings(page)
    return problems


def check_headings(page: Page) -> Iterator[Problem]:
    """One title, a stable id on every heading, and spaces that Markdown takes for such."""
    yield from odd_spaces(page)
    titles = [heading for heading in page.headings if heading.level == 1]
    if len(titles) != 1:
        line = titles[1].line if titles else 1
        yield page.problem(
            line,
            f"{len(titles)} titles (`# …`)",
            "one title",
        )
    for heading in page.headings:
        if not heading.id:
            found = f"the heading `{heading.text}` without an id"
            yield page.problem(
                heading.line,
                found,
                "`{ #its-id }` after it",
            )


def check_navigation(project: Project) -> Iterator[Problem]:
    """Every page is in the navigation once, and the navigation names pages only."""
    pages = project.english.pages.keys()
    lines = project.read_text(project.config_file).splitlines()
    name = project.name_of(project.config_file)
    named = list(nav_paths(project.nav))
    for path in sorted(set(named)):
        expected = f"each page once, by its path in docs/{ENGLISH}/"
        if path not in pages:
            found = f"the page `{path}`, which is not there"
            expected = advice(project, path, expected)
        elif named.count(path) > 1:
            found = f"`{path}` twice"
        else:
            continue
        yield Problem(
            name,
            _line_with(path, lines),
            found,
            expected,
        )
    start = _line_starting(lines, "nav:")
    for path in sorted(pages - set(named)):
        yield Problem(
            name,
            start,
            f"a navigation without `{path}`",
            "a line for every page",
        )


def _line_with(text: str, lines: list[str]) -> int:
    for number, line in enumerate(lines, start=1):
        if text in line:
            return number
    return 1


def _line_starting(lines: list[str], start: str) -> int:
    for number, line in enumerate(lines, start=1):
        if line.startswith(start):
            return number
    return 1
