"""Judges a translated page against its English page: headings, pieces, links, lists, tables. Mends nothing.

Sections that English has changed since they were translated are not judged: drift.py names them, and their
translator is right about the English page of then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from markdown import Markdown

from macros.messages import FILE
from macros.problem import Problem, Problems
from roadmap import catalogue, drift, leftover, pages, safe, shapes, terms, typography
from roadmap.compare_pieces import pieces
from roadmap.editions import ENGLISH
from roadmap.pages import Page
from roadmap.safe_grammar import brief
from roadmap.shapes import Link, Part, Section
from roadmap.sides import Finding, Mend, Pair, Sides

TRANSLATED = ("description",)  # keys of the front matter whose value is words
COUNTED = ("list", "table", "callout", "quote")


def problems(root: Path, code: str, markdown: Markdown | None = None) -> list[Problem]:
    """Where an edition is not built like English: its pages, and the placeholders and shape of its messages.

    The edition must have been judged by safe.py before. With one `markdown` for many editions, English is read once.
    """
    if code == ENGLISH:
        return []
    sides = both(root, code, markdown)
    found = [finding.problem for each in sides.values() for finding in findings(each)]
    return sorted({*found, *_strangers(root, code), *catalogue.problems(root, code)})


def warnings(root: Path, code: str, markdown: Markdown | None = None) -> list[Problem]:
    """What a translator should look at again: English left over, half a sheet, terms of the glossary, typography.

    What cannot be read is left to those who name it as a problem.
    """
    if code == ENGLISH:
        return []
    sides = list(both(root, code, markdown).values())
    said, file = leftover.messages_of(root, code), f"docs/{code}/{FILE}"
    found = [
        *leftover.on_pages(sides), *leftover.in_messages(said, file), *leftover.sheets(root, code, said, file),
        *terms.warnings(root, code, sides),
        *typography.on_pages([each.here for each in sides], code), *typography.in_messages(said, file, code),
    ]
    return sorted(set(found))


def both(root: Path, code: str, markdown: Markdown | None = None) -> dict[str, Sides]:
    """Every translated page beside its English page, by its path."""
    markdown = markdown or safe.markdown_of(root)
    english = {page.path: page for page in pages.read(root / "docs" / ENGLISH, root)[0]}
    behind = _behind(root, code)
    return {
        page.path: beside(english[page.path], page, markdown, behind.get(page.path, frozenset()))
        for page in pages.read(root / "docs" / code, root)[0] if page.path in english
    }


def beside(english: Page, here: Page, markdown: Markdown, behind: frozenset[str]) -> Sides:
    return Sides(shapes.shape(english, markdown), shapes.shape(here, markdown), behind)


def findings(sides: Sides) -> list[Finding]:
    """All that differs between the two sides. A page with unreadable braces is judged by its headings only."""
    unreadable = [Finding(problem) for problem in sides.here.problems]
    rules = (headings,) if unreadable else RULES
    return [*unreadable, *(finding for rule in rules for finding in rule(sides))]


def _behind(root: Path, code: str) -> Mapping[str, frozenset[str]]:
    """Sections of each page that English has left behind; none where the state of the edition cannot be read."""
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
        wanted, place = f"{key}: {value}", f"as in {sides.at(line)}"
        if key not in here:
            mend = Mend(end, "---", f"{wanted}\n---") if here and key not in TRANSLATED else None
            yield sides.found(end if here else 1, f"front matter without `{key}`", f"a line `{key}:`, {place}", mend)
        elif key not in TRANSLATED and here[key][1] != value:
            at, there = here[key][0], brief(f"{key}: {here[key][1]}")
            yield sides.found(at, f"`{there}`", f"`{wanted}`, {place}", _line(sides, at, wanted))
    for key in here.keys() - english.keys():
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
        above = pair.here.end if pair.here and not pair.moved else above


def _missing(sides: Sides, section: Section, above: int) -> Iterator[Finding]:
    if section.id not in sides.behind:
        there = f"no heading `{{ #{section.id} }}` (“{section.heading.text}”)"
        yield sides.found(above, there, f"a translation of {sides.at(section.line)}, with its id")


def _more(sides: Sides, section: Section, lost: list[str]) -> Iterator[Finding]:
    heading = section.heading
    if not heading.id:
        instead = " or ".join(f"`{{ #{id} }}`" for id in lost) or "a paragraph: English has no heading here"
        yield sides.found(section.line, f"the heading `{brief(heading.text)}` without an id", instead)
    elif heading.id not in sides.behind:
        there = f"the heading `{{ #{heading.id} }}`, which the English page does not have"
        known = ", ".join(section.id for section in sides.english.sections if section.id)
        yield sides.found(section.line, there, f"one of its headings: {known}")


def _heading(sides: Sides, pair: Pair) -> Iterator[Finding]:
    """A heading that is there: its id, its level, its place."""
    english, here = pair.english.heading, pair.here.heading
    place, id = f"as in {sides.at(english.line)}", f"{{ #{english.id} }}"
    words = here.text.split(" {")[0].split("{#")[0].rstrip()
    mend = _line(sides, here.line, f"{'#' * english.level} {words} {id}")
    if not here.id:
        there = f"the heading `{brief(here.text)}` without an id"
        yield sides.found(here.line, there, f"`{id}` after it, {place}", mend)
    elif here.id != english.id:
        yield sides.found(here.line, f"`{{ #{here.id} }}`", f"`{id}`, {place}; ids are not translated", mend)
    if here.level != english.level:
        there = f"`{'#' * here.level}` before `{brief(words)}`"
        yield sides.found(here.line, there, f"`{'#' * english.level}`, {place}", mend)
    if pair.moved:
        instead = f"the order of English: {sides.at(english.line)}"
        yield sides.found(here.line, f"the section `{id}` in this place", instead)


def _line(sides: Sides, line: int, new: str) -> Mend:
    """A whole line in a new form."""
    return Mend(line, sides.here.page.text.splitlines()[line - 1], new)


# Links


def links(sides: Sides) -> Iterator[Finding]:
    """The same targets. Within a sentence the order is free, because languages differ in it."""
    for english, here in sides.alike:
        ours, theirs = english.of("text"), here.of("text")
        if len(ours) == len(theirs):
            for one, other in zip(ours, theirs, strict=True):
                yield from _links(sides, one.line, list(one.links), other.line, list(other.links))
        else:
            yield from _links(sides, english.line, _all_links(ours), here.line, _all_links(theirs))


def _all_links(parts: list[Part]) -> list[Link]:
    return [link for part in parts for link in part.links]


def _links(sides: Sides, at: int, english: list[Link], line: int, here: list[Link]) -> Iterator[Finding]:
    """The links of one text on both sides, or of one section. Looks count as well as addresses."""
    wanted, strange = _without(english, here), _without(here, english)
    for link in list(strange):
        if same := next((each for each in wanted if each.address == link.address), None):
            wanted.remove(same)
            strange.remove(link)
            yield _other(sides, link, [same])
    if len(wanted) == len(strange):
        yield from (_other(sides, link, wanted) for link in strange)
        return
    for link in wanted:
        instead = f"`{link}` after its words, as in {sides.at(link.line)}"
        yield sides.found(line, f"no link to `{link.address}`", instead)
    for link in strange:
        instead = f"one that the English text has ({sides.at(at)}), or none"
        yield sides.found(link.line, f"a link to `{brief(link.address)}`", instead)


def _other(sides: Sides, link: Link, wanted: list[Link]) -> Finding:
    """A link that should be another one; which of several, nobody can tell."""
    names = " or ".join(dict.fromkeys(f"`{each}`" for each in wanted))
    mend = _relink(sides, link, wanted[0]) if len(wanted) == 1 else None
    return sides.found(link.line, f"`{brief(str(link))}`", f"{names}, as in {sides.at(wanted[0].line)}", mend)


def _without(links: list[Link], others: list[Link]) -> list[Link]:
    """Links that the other side does not have, or not as often."""
    left = Counter((link.address, link.look) for link in others)
    found = []
    for link in links:
        left[link.address, link.look] -= 1
        found += [link] if left[link.address, link.look] < 0 else []
    return found


def _relink(sides: Sides, link: Link, wanted: Link) -> Mend | None:
    """The link with another target, where its line has it once."""
    text = sides.here.page.text.splitlines()[link.line - 1]
    clear = text.count(f"]({link.address})") == 1 and str(link) in text
    return Mend(link.line, str(link), str(wanted)) if clear else None


# Lists, tables, callouts


def counts(sides: Sides) -> Iterator[Finding]:
    """As many lists, and in each as many items; tables of the same rows and columns; callouts of the same kind."""
    for english, here in sides.alike:
        for kind in COUNTED:
            yield from _counts(sides, kind, english, here)


def _counts(sides: Sides, kind: str, english: Section, here: Section) -> Iterator[Finding]:
    ours, theirs = english.of(kind), here.of(kind)
    if len(ours) != len(theirs):
        place = ours[0].line if ours else english.line
        hint = ", with an empty line above each" if len(theirs) < len(ours) else ""
        there = f"{_many(len(theirs), kind)} in this section"
        yield sides.found(here.line, there, f"{len(ours) or 'none'}, as in {sides.at(place)}{hint}")
        return
    for one, other in zip(ours, theirs, strict=True):
        if one.size != other.size:
            line, there, instead = _sizes(one, other)
            yield sides.found(line, there, f"{instead}, as in {sides.at(one.line)}")


def _sizes(english: Part, here: Part) -> tuple[int, str, str]:
    """Where two parts of a kind differ: line, what is there, what instead."""
    if english.kind == "list":
        return here.line, f"a list of {_many(here.size, 'item')}", f"{english.size}"
    if english.kind == "callout":
        return here.line, f"`!!! {brief(str(here.size))}`", f"`!!! {english.size}`"
    if len(english.size) != len(here.size):
        return here.line, f"a table of {_many(len(here.size), 'row')} with its head", f"{len(english.size)}"
    row = next(i for i, cells in enumerate(english.size) if here.size[i] != cells)
    return here.line + row + (row > 0), f"a row of {_many(here.size[row], 'cell')}", f"{english.size[row]}"


def _many(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def titles(sides: Sides) -> Iterator[Finding]:
    """Callouts have titles of their own: those that Markdown gives them are English."""
    lines = sides.here.page.text.splitlines()
    for part in (part for section in sides.here.sections for part in section.of("callout")):
        if '"' not in lines[part.line - 1]:
            there = f"`!!! {brief(str(part.size))}` without a title, which readers see in English"
            yield sides.found(part.line, there, f'`!!! {brief(str(part.size))} "…"`, in the language of the edition')


RULES: tuple[Callable[[Sides], Iterator[Finding]], ...] = (front_matter, headings, pieces, links, counts, titles)
