"""Judges a translated page against its English page: headings, pieces, links, lists, tables.

Sections that English has changed since they were translated are not judged: drift.py names them,
and their translator is right about the English page of then. Fixes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from markdown import Markdown

from macros.facts.problem import Problem, Problems, brief
from roadmap.check.structure.alignment import Alignment, Finding, Fix, Pair
from roadmap.check.structure.compare_blocks import counts, links, titles
from roadmap.check.structure.compare_pieces import pieces
from roadmap.check.structure.outline import Outline, SectionOutline, outline
from roadmap.check.structure.spaces import spaces
from roadmap.project.edition_file import ENGLISH
from roadmap.project.once import once
from roadmap.project.page_limits import too_large
from roadmap.project.pages import Page
from roadmap.project.project import Edition
from roadmap.project.remembered import remembered
from roadmap.project.sections import sections
from roadmap.translation import drift
from roadmap.translation.moved_in_english import advice, command, new_name

TRANSLATED_KEYS = ("description",)  # of the front matter: their value is words
OWN_KEYS = ("tags",)  # those that each edition has, or has not, as it likes
BROKEN_ID = re.compile(  # at the end of a heading: `{#who}`, `{ #who`
    r"\s*\{:?\s*#\s*[\w-]*\s*\}?\s*$"
)


def check_structure(edition: Edition) -> list[Problem]:
    """Where the pages of an edition are not built like the English ones. Sorted, none twice."""
    if edition.is_english:
        return []
    project = edition.project
    outdated = _outdated_ids(edition)
    problems = set(edition.unreadable_pages)
    problems.update(_unknown_pages(edition))
    for path in _comparable_pages(edition):
        page = edition.pages[path]
        texts = (page.file, page.text, page.odd_lines, project.english.pages[path].text)
        found = remembered(
            project.memo("structure", edition.code),
            _check_page,
            edition,
            path,
            values=(
                *texts,
                sorted(outdated.get(path, ())),
                sorted(_moved_ids(edition).get(path, {}).items()),
                project.config_key,
            ),
        )
        problems.update(found)
    return sorted(problems)


def _check_page(edition: Edition, path: str) -> list[Problem]:
    """Where a page is not built like the English one."""
    return [finding.problem for finding in findings(_alignment(edition, path))]


@once
def alignments(edition: Edition) -> dict[str, Alignment]:
    """Every translated page aligned with its English page, by its path.

    Pages that Markdown might never end are left out.
    """
    return {path: _alignment(edition, path) for path in _comparable_pages(edition)}


def _comparable_pages(edition: Edition) -> list[str]:
    """The pages that English has, too, and that Markdown renders in bounded time."""
    english = edition.project.english.pages
    return [path for path, page in edition.pages.items() if path in english and not too_large(page)]


def _alignment(edition: Edition, path: str) -> Alignment:
    outdated_ids = frozenset(_outdated_ids(edition).get(path, ()))
    moved_ids = _moved_ids(edition).get(path, {})
    english = _outline(edition.project.english, path)
    return Alignment(english, _outline(edition, path), outdated_ids, moved_ids)


def _outline(edition: Edition, path: str) -> Outline:
    """The outline of a page, which is read once."""
    known = _outlines(edition)
    if path not in known:
        known[path] = outline(edition.pages[path], edition.project.markdown)
    return known[path]


@once
def _outlines(edition: Edition) -> dict[str, Outline]:
    """The outlines that have been read, by the paths of their pages."""
    return {}


@once
def _outdated_ids(edition: Edition) -> dict[str, set[str]]:
    """Sections of each page that English has left behind; none where the pins of the edition
    cannot be read.
    """
    found: dict[str, set[str]] = {}
    try:
        for each in drift.drifted(edition):
            found.setdefault(each.page, set()).add(each.id)
    except Problems:
        return {}
    return found


@once
def _moved_ids(edition: Edition) -> dict[str, dict[str, str]]:
    """The sections of each page whose id English has changed, and the id that they have now."""
    found: dict[str, dict[str, str]] = {}
    for path, ids in _outdated_ids(edition).items():
        page = edition.project.english.pages.get(path)
        for id in ids if page else ():
            if page and id not in sections(page.text):
                new = new_name(edition.project, f"{path}#{id}")
                if new:
                    found.setdefault(path, {})[id] = new.partition("#")[2]
    return found


def align(
    english: Page,
    translated: Page,
    markdown: Markdown,
) -> Alignment:
    """Two pages, as if English had not changed since the translation."""
    return Alignment(outline(english, markdown), outline(translated, markdown))


def findings(alignment: Alignment) -> list[Finding]:
    """All that differs between the two pages. A page with unreadable braces is judged by its
    headings only.
    """
    found = [Finding(problem) for problem in alignment.translated.problems]
    rules = (headings,) if found else RULES
    for rule in rules:
        found += rule(alignment)
    return found


def _unknown_pages(edition: Edition) -> Iterator[Problem]:
    """Pages that English does not have."""
    english_paths = edition.project.english.pages.keys()
    for path, page in edition.pages.items():
        if path in english_paths:
            continue
        close = get_close_matches(path, english_paths, n=1)
        expected = f"`{close[0]}`" if close else f"one of the pages of docs/{ENGLISH}/"
        expected += f"; where English calls it otherwise now, `roadmap move {path} NEW`"
        yield page.problem(
            1,
            "a page that the English edition does not have",
            advice(edition.project, path, expected),
        )


# Front matter


def front_matter(alignment: Alignment) -> Iterator[Finding]:
    """The same keys; where their values are not words, the same values."""
    if _title_id(alignment) in alignment.outdated_ids:
        return
    english = alignment.english.page.front_matter
    translated = alignment.translated.page.front_matter
    for key, (english_line, value) in english.items():
        if key in OWN_KEYS:
            continue
        wanted = f"{key}: {value}"
        place = f"as in {alignment.english_place(english_line)}"
        if key not in translated:
            yield _missing_key(alignment, key, wanted, place)
        elif key not in TRANSLATED_KEYS and translated[key][1] != value:
            line, own_value = translated[key]
            found = brief(f"{key}: {own_value}")
            fix = alignment.fix_line(line, wanted)
            yield alignment.finding(
                line,
                f"`{found}`",
                f"`{wanted}`, {place}",
                fix,
            )
    for key in translated.keys() - english.keys() - set(OWN_KEYS):
        names = ", ".join(english) or "the title"
        expected = f"only {names}, as in {alignment.english_place(1)}"
        line = translated[key][0]
        yield alignment.finding(
            line,
            f"`{brief(key)}` in the front matter",
            expected,
        )


def _title_id(alignment: Alignment) -> str:
    """The id of the title in English; empty where there is none."""
    for pair in alignment.pairs:
        if pair.english and pair.english.id:
            return pair.english.id
    return ""


def _missing_key(
    alignment: Alignment,
    key: str,
    wanted: str,
    place: str,
) -> Finding:
    found = f"front matter without `{key}`"
    expected = f"a line `{key}:`, {place}"
    translated = alignment.translated.page.front_matter
    if not translated:
        return alignment.finding(
            1,
            found,
            expected,
        )
    end = max(line for line, _ in translated.values()) + 1
    fix = None
    if key not in TRANSLATED_KEYS:
        fix = Fix(
            end,
            "---",
            f"{wanted}\n---",
        )
    return alignment.finding(
        end,
        found,
        expected,
        fix,
    )


# Headings


def headings(alignment: Alignment) -> Iterator[Finding]:
    """The same headings: number, level, order and id."""
    missing_ids = []
    for pair in alignment.pairs:
        if pair.english and not pair.translated:
            missing_ids.append(pair.english.id)
    line_above = 1  # the last line of the section above
    for pair in alignment.pairs:
        if pair.translated is None:
            if pair.english and pair.english.id not in alignment.outdated_ids:
                yield _missing_heading(alignment, pair.english, line_above)
            continue
        if pair.english is None:
            yield from _extra_heading(alignment, pair.translated, missing_ids)
        else:
            yield from _heading(alignment, pair, pair.english, pair.translated)
        if not pair.moved:
            line_above = max(1, pair.translated.end)


def _missing_heading(
    alignment: Alignment,
    section: SectionOutline,
    line_above: int,
) -> Finding:
    found = f"no heading `{{ #{section.id} }}` (“{section.title}”)"
    expected = f"a translation of {alignment.english_place(section.line)}, with its id"
    return alignment.finding(
        line_above,
        found,
        expected,
    )


def _extra_heading(
    alignment: Alignment,
    section: SectionOutline,
    missing_ids: list[str],
) -> Iterator[Finding]:
    if not section.id:
        found = f"the heading `{brief(section.title)}` without an id"
        candidates = " or ".join(f"`{{ #{id} }}`" for id in missing_ids)
        expected = candidates or "a paragraph: English has no heading here"
        yield alignment.finding(
            section.line,
            found,
            expected,
        )
    elif section.id in alignment.moved_ids:
        yield _moved_heading(alignment, section)
    elif section.id not in alignment.outdated_ids:
        found = f"the heading `{{ #{section.id} }}`, which the English page does not have"
        known = ", ".join(each.id for each in alignment.english.sections if each.id)
        yield alignment.finding(
            section.line,
            found,
            f"one of its headings: {known}",
        )


def _moved_heading(alignment: Alignment, section: SectionOutline) -> Finding:
    page = alignment.translated.page.path
    found = f"`{{ #{section.id} }}`, which English calls otherwise"
    expected = command(f"{page}#{section.id}", f"{page}#{alignment.moved_ids[section.id]}")
    return alignment.finding(section.line, found, expected)


def _heading(
    alignment: Alignment,
    pair: Pair,
    english: SectionOutline,
    translated: SectionOutline,
) -> Iterator[Finding]:
    """A heading that is there: its id, its level, its place."""
    if translated.heading is None:
        return
    line = translated.line
    place = f"as in {alignment.english_place(english.line)}"
    id = f"{{ #{english.id} }}"
    level = "#" * english.level
    words = BROKEN_ID.sub("", translated.title)
    fix = alignment.fix_line(line, f"{level} {words} {id}")
    if not translated.id:
        found = f"the heading `{brief(translated.title)}` without an id"
        yield alignment.finding(
            line,
            found,
            f"`{id}` after it, {place}",
            fix,
        )
    elif alignment.moved_ids.get(translated.id) == english.id:
        yield _moved_heading(alignment, translated)
    elif translated.id != english.id:
        expected = f"`{id}`, {place}; ids are not translated"
        yield alignment.finding(
            line,
            f"`{{ #{translated.id} }}`",
            expected,
            fix,
        )
    if translated.level != english.level:
        found = f"`{'#' * translated.level}` before `{brief(words)}`"
        yield alignment.finding(
            line,
            found,
            f"`{level}`, {place}",
            fix,
        )
    if pair.moved and not alignment.is_in_order:
        expected = f"the order of English: {alignment.english_place(english.line)}"
        yield alignment.finding(
            line,
            f"the section `{id}` in this place",
            expected,
        )


RULES: tuple[Callable[[Alignment], Iterator[Finding]], ...] = (
    spaces,
    front_matter,
    headings,
    pieces,
    links,
    counts,
    titles,
)
