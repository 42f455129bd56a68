"""Judges a translated page against its English page: headings, pieces, links, lists, tables. Mends
nothing.

Sections that English has changed since they were translated are not judged: drift.py names them,
and their translator is right about the English page of then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from markdown import Markdown

from macros.facts.problem import Problem, Problems
from macros.language.messages import FILE
from roadmap.check.language import glossary, typography, untranslated
from roadmap.check.safety import files, markdown_source
from roadmap.check.safety.allowlist import brief
from roadmap.check.structure import outline
from roadmap.check.structure.alignment import Finding, Mend, Pair, Sides
from roadmap.check.structure.compare_blocks import counts, links, titles
from roadmap.check.structure.compare_pieces import pieces
from roadmap.check.structure.outline import Section
from roadmap.project import pages
from roadmap.project.edition_file import ENGLISH
from roadmap.project.pages import Page
from roadmap.translation import drift

TRANSLATED = ("description",)  # keys of the front matter whose value is words
OWN = ("tags",)  # keys that each edition has, or has not, as it likes
BROKEN_ID = re.compile(
    r"\s*\{:?\s*#\s*[\w-]*\s*\}?\s*$"
)  # at the end of a heading: `{#who}`, `{ #who`


def problems(root: Path, code: str, markdown: Markdown | None = None) -> list[Problem]:
    """Where the pages of an edition are not built like the English ones. What its messages lack,
    catalogue.py knows.

    With one `markdown` for many editions, English is read once.
    """
    if code == ENGLISH:
        return []
    sides = both(root, code, markdown)
    found = [finding.problem for each in sides.values() for finding in findings(each)]
    return sorted({*found, *_strangers(root, code)})


def warnings(root: Path, code: str, markdown: Markdown | None = None) -> list[Problem]:
    """What a translator should look at again: English left over, half a sheet, terms of the
    glossary, typography.

    What cannot be read is left to those who name it as a problem.
    """
    if code == ENGLISH:
        return []
    sides = list(both(root, code, markdown).values())
    said, file = untranslated.messages_of(root, code), f"docs/{code}/{FILE}"
    found = [
        *untranslated.on_pages(sides),
        *untranslated.in_messages(said, file),
        *untranslated.sheets(root, code, said, file),
        *glossary.warnings(
            root, code, [each for each in sides if not untranslated.is_english(each)]
        ),
        *typography.on_pages([each.here for each in sides], code),
        *typography.in_messages(said, file, code),
    ]
    return sorted(set(found))


def both(root: Path, code: str, markdown: Markdown | None = None) -> dict[str, Sides]:
    """Every translated page beside its English page, by its path. Pages that Markdown might never
    end are left out.
    """
    markdown = markdown or files.markdown_of(root)
    english = {page.path: page for page in pages.read(root / "docs" / ENGLISH, root)[0]}
    behind = _behind(root, code)
    return {
        page.path: beside(english[page.path], page, markdown, behind.get(page.path, frozenset()))
        for page in pages.read(root / "docs" / code, root)[0]
        if page.path in english and _has_an_end(page)
    }


def _has_an_end(page: Page) -> bool:
    """Whether a page keeps to the limits of safe.py, which names those that do not."""
    sheet = markdown_source.Sheet(page, frozenset())
    return not any(wrong for rule in markdown_source.SIZES for wrong in rule(sheet))


def beside(english: Page, here: Page, markdown: Markdown, behind: frozenset[str]) -> Sides:
    return Sides(outline.shape(english, markdown), outline.shape(here, markdown), behind)


def findings(sides: Sides) -> list[Finding]:
    """All that differs between the two sides. A page with unreadable braces is judged by its
    headings only.
    """
    unreadable = [Finding(problem) for problem in sides.here.problems]
    rules = (headings,) if unreadable else RULES
    return [*unreadable, *(finding for rule in rules for finding in rule(sides))]


def _behind(root: Path, code: str) -> Mapping[str, frozenset[str]]:
    """Sections of each page that English has left behind; none where the state of the edition
    cannot be read.
    """
    try:
        drifted = drift.drifted(root, code, look_back=False)
    except Problems:
        return {}
    pages = {each.page for each in drifted}
    return {page: frozenset(each.id for each in drifted if each.page == page) for page in pages}


def _strangers(root: Path, code: str) -> Iterator[Problem]:
    """Pages that English does not have, and pages that cannot be read."""
    here, unreadable = pages.read(root / "docs" / code, root)
    yield from unreadable
    english = [page.path for page in pages.read(root / "docs" / ENGLISH, root)[0]]
    for page in here:
        if page.path not in english:
            close = get_close_matches(page.path, english, n=1)
            instead = f"`{close[0]}`" if close else f"one of the pages of docs/{ENGLISH}/"
            yield page.problem(1, "a page that the English edition does not have", instead)


# Front matter and headings


def front_matter(sides: Sides) -> Iterator[Finding]:
    """The same keys; where their values are not words, the same values."""
    title = next((pair.english.id for pair in sides.pairs if pair.english and pair.english.id), "")
    english, here = sides.english.front, sides.here.front
    if title in sides.behind:
        return
    end = max((line for line, _ in here.values()), default=0) + 1
    for key, (line, value) in english.items():
        if key in OWN:
            continue
        wanted, place = f"{key}: {value}", f"as in {sides.at(line)}"
        if key not in here:
            mend = Mend(end, "---", f"{wanted}\n---") if here and key not in TRANSLATED else None
            yield sides.found(
                end if here else 1,
                f"front matter without `{key}`",
                f"a line `{key}:`, {place}",
                mend,
            )
        elif key not in TRANSLATED and here[key][1] != value:
            at, there = here[key][0], brief(f"{key}: {here[key][1]}")
            yield sides.found(at, f"`{there}`", f"`{wanted}`, {place}", _line(sides, at, wanted))
    for key in here.keys() - english.keys() - set(OWN):
        instead = f"only {', '.join(english) or 'the title'}, as in {sides.at(1)}"
        yield sides.found(here[key][0], f"`{brief(key)}` in the front matter", instead)


def headings(sides: Sides) -> Iterator[Finding]:
    """The same headings: number, level, order and id."""
    above = 1
    lost = [pair.english.id for pair in sides.pairs if pair.english and not pair.here]
    for pair in sides.pairs:
        if pair.english and not pair.here:
            yield from _missing(sides, pair.english, above)
        elif not pair.english:
            yield from _more(sides, pair.here, lost)
        elif pair.here.heading:
            yield from _heading(sides, pair)
        above = max(1, pair.here.end) if pair.here and not pair.moved else above


def _missing(sides: Sides, section: Section, above: int) -> Iterator[Finding]:
    if section.id not in sides.behind:
        there = f"no heading `{{ #{section.id} }}` (“{section.heading.text}”)"
        yield sides.found(above, there, f"a translation of {sides.at(section.line)}, with its id")


def _more(sides: Sides, section: Section, lost: list[str]) -> Iterator[Finding]:
    heading = section.heading
    if not heading.id:
        instead = (
            " or ".join(f"`{{ #{id} }}`" for id in lost)
            or "a paragraph: English has no heading here"
        )
        yield sides.found(
            section.line, f"the heading `{brief(heading.text)}` without an id", instead
        )
    elif heading.id not in sides.behind:
        there = f"the heading `{{ #{heading.id} }}`, which the English page does not have"
        known = ", ".join(section.id for section in sides.english.sections if section.id)
        yield sides.found(section.line, there, f"one of its headings: {known}")


def _heading(sides: Sides, pair: Pair) -> Iterator[Finding]:
    """A heading that is there: its id, its level, its place."""
    english, here = pair.english.heading, pair.here.heading
    place, id = f"as in {sides.at(english.line)}", f"{{ #{english.id} }}"
    words = BROKEN_ID.sub("", here.text)
    mend = _line(sides, here.line, f"{'#' * english.level} {words} {id}")
    if not here.id:
        there = f"the heading `{brief(here.text)}` without an id"
        yield sides.found(here.line, there, f"`{id}` after it, {place}", mend)
    elif here.id != english.id:
        yield sides.found(
            here.line, f"`{{ #{here.id} }}`", f"`{id}`, {place}; ids are not translated", mend
        )
    if here.level != english.level:
        there = f"`{'#' * here.level}` before `{brief(words)}`"
        yield sides.found(here.line, there, f"`{'#' * english.level}`, {place}", mend)
    if pair.moved:
        instead = f"the order of English: {sides.at(english.line)}"
        yield sides.found(here.line, f"the section `{id}` in this place", instead)


def _line(sides: Sides, line: int, new: str) -> Mend:
    """A whole line in a new form."""
    return Mend(line, sides.here.page.text.splitlines()[line - 1], new)


RULES: tuple[Callable[[Sides], Iterator[Finding]], ...] = (
    front_matter,
    headings,
    pieces,
    links,
    counts,
    titles,
)
