"""Judges a contributed page as it is written, line by line. What Markdown makes of it is judged by
safe_tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from markdown import Markdown

from macros.facts.problem import Problem
from macros.pieces import NAMES
from roadmap.check.safety import allowlist, rendered_html
from roadmap.check.safety.allowlist import brief
from roadmap.project import pages
from roadmap.project.pages import Page

MOST_LINES, LONGEST_LINE, MOST_CELLS = 3_000, 3_000, 40
LONGEST_BLOCK, MOST_MARKS = 12_000, 400  # between two empty lines
DEEPEST_BRACKET, DEEPEST_BLOCK, DEEPEST_INDENT = (
    3,
    4,
    24,
)  # open `[`; `>` and bullets of a line; columns
MARKS = "[*_`\\"

Wrong = tuple[int, str, str]  # line, what is there, what must be there instead


def problems(page: Page, markdown: Markdown, hosts: frozenset[str]) -> Iterable[Problem]:
    """What may not stand on a page. Markdown sees it only when nothing else is wrong."""
    sheet = Sheet(page, hosts)
    for rules in (SIZES, RULES):
        if found := {page.problem(*wrong) for rule in rules for wrong in rule(sheet)}:
            return sorted(found)
    return pages.calls(page)[1] or rendered_html.problems(page, markdown, hosts)


def hosts(root: Path) -> frozenset[str]:
    """Hosts that a page may link to: those of the project's sources."""
    path = root / "content" / "sources.yml"
    return frozenset(
        re.findall(r"https?://([a-z0-9.-]+)", path.read_text(encoding="utf-8"))
        if path.exists()
        else ()
    )


class Sheet:
    """A page in numbered lines: `front` holds those of the front matter, `lines` the others."""

    def __init__(self, page: Page, hosts: frozenset[str]):
        self.page, self.hosts = page, hosts
        self.all = list(enumerate(page.text.split("\n"), start=1))
        opened = self.all[0][1] == "---"
        end = next((i for i, text in self.all[1:] if text == "---"), 0) if opened else 0
        self.front, self.lines = self.all[:end], self.all[end:]

    @cached_property
    def bare(self) -> list[tuple[int, str]]:
        """The lines below the front matter, with blanks for calls and attribute lists."""
        both = (allowlist.CALL, allowlist.ATTRIBUTES)
        return [(i, _blanked(_blanked(text, both[0]), both[1])) for i, text in self.lines]


def _blanked(text: str, form: re.Pattern[str]) -> str:
    return form.sub(lambda found: " " * len(found[0]), text)


# Sizes


def lengths(sheet: Sheet) -> Iterator[Wrong]:
    """A page, a paragraph, a line and a row of a table have an end."""
    if len(sheet.all) > MOST_LINES:
        yield MOST_LINES + 1, f"{len(sheet.all)} lines", f"at most {MOST_LINES}"
    block = marks = 0
    for number, text in sheet.lines:
        length, more = (
            (len(text), sum(map(text.count, MARKS))) if text.strip(" \t") else (-block, -marks)
        )
        block, marks = block + length, marks + more
        if len(text) > LONGEST_LINE:
            yield number, f"a line of {len(text)} characters", f"at most {LONGEST_LINE}"
        elif text.count("|") > MOST_CELLS:
            yield number, f"a row of {text.count('|')} cells", f"at most {MOST_CELLS}"
        elif block > LONGEST_BLOCK >= block - length:
            yield (
                number,
                "a paragraph without end",
                f"an empty line after {LONGEST_BLOCK} characters at most",
            )
        elif marks > MOST_MARKS >= marks - more:
            yield (
                number,
                f"{marks} of the signs {' '.join(MARKS)} in a paragraph",
                f"at most {MOST_MARKS}",
            )


def nesting(sheet: Sheet) -> Iterator[Wrong]:
    """Quotes, lists and brackets are not nested without end."""
    open_brackets = 0
    for number, text in sheet.lines:
        start = allowlist.START.match(text)[0][:LONGEST_LINE].expandtabs(4)
        open_brackets = (
            max(0, open_brackets + text.count("[") - text.count("]")) if text.strip(" \t") else 0
        )
        if start.count(">") + len(start.replace(">", " ").split()) > DEEPEST_BLOCK:
            yield number, "quotes or lists inside each other", f"at most {DEEPEST_BLOCK} levels"
        elif len(start) > DEEPEST_INDENT:
            yield number, "a line that stands too far in", f"at most {DEEPEST_INDENT} spaces"
        elif open_brackets > DEEPEST_BRACKET or "[[[" in text:
            yield number, "brackets inside brackets", "`[words](page.md)`"


# What is written


def front_matter(sheet: Sheet) -> Iterator[Wrong]:
    """A page starts with its title, or with front matter that holds known keys with plain text."""
    keys = sheet.front[1:-1]
    if not keys and not sheet.all[0][1].startswith("# "):
        yield (
            1,
            "a start that is neither front matter nor a title",
            "`---`, keys, `---`; or `# Title { #id }`",
        )
    for i, (number, text) in enumerate(keys):
        key, _, value = text.partition(": ")
        if key not in allowlist.FRONT:
            yield (
                number,
                f"`{brief(text)}` in the front matter",
                f"only {', '.join(allowlist.FRONT)}",
            )
            continue
        form, example = allowlist.FRONT[key]
        if any(text.startswith(f"{key}:") for _, text in keys[:i]):
            yield number, f"`{key}` a second time", "each key once"
        elif not form.fullmatch(value.strip(" ")):
            yield number, f"`{brief(text)}`", f"plain text on one line, such as `{key}: {example}`"


def template_code(sheet: Sheet) -> Iterator[Wrong]:
    """Braces are calls of pieces with plain words."""
    for number, text in sheet.lines:
        for call in allowlist.CALL.finditer(text):
            if call[1] not in NAMES:
                yield number, f"the unknown piece `{call[1]}`", "one of " + ", ".join(NAMES)
        if found := re.search(r"\{[{%#]|[{%#]\}|\}\}", _blanked(text, allowlist.CALL)):
            yield (
                number,
                f"template code (`{brief(text[found.start() :])}`)",
                'only calls such as `{{ piece("id") }}`',
            )


def attributes(sheet: Sheet) -> Iterator[Wrong]:
    """Attribute lists give an id, a class of ours, a language or a direction."""
    for number, text in sheet.bare:
        found = re.search(r"[{}]", text)
        if found and not re.search(r"\{[{%#]|[{%#]\}|\}\}", text):
            yield number, f"braces (`{brief(text[found.start() :])}`)", allowlist.ATTRIBUTE_LIST


def html(sheet: Sheet) -> Iterator[Wrong]:
    """Raw HTML is a handful of tags without looks or deeds."""
    for number, text in sheet.bare:
        text = _blanked(text, allowlist.HTML)
        if found := re.search(r"<(?![ \d])", text):
            there = f"raw HTML (`{brief(text[found.start() :])}`)"
            yield (
                number,
                there,
                "Markdown; of HTML only br, kbd, sup, sub, abbr title, span lang dir",
            )


def entities(sheet: Sheet) -> Iterator[Wrong]:
    """Letters are written as they are."""
    for number, text in sheet.bare:
        for found in allowlist.ENTITY.finditer(text):
            if found[0] not in {f"&{name};" for name in allowlist.ENTITIES}:
                yield number, f"the entity `{brief(found[0])}`", "the letter itself"


def links(sheet: Sheet) -> Iterator[Wrong]:
    """Links are written in one way, and lead to pages of the edition or to known hosts over
    https.
    """
    for number, text in sheet.bare:
        found = {match.start(): match[1] for match in allowlist.LINK.finditer(text)}
        for start in (match.start() for match in re.finditer(r"\]\(", text)):
            if start not in found:
                yield (
                    number,
                    f"a link that is not plain (`{brief(text[start + 1 :])}`)",
                    "`[words](page.md)`, no title",
                )
            elif wrong := allowlist.refused(found[start], sheet.page.path, sheet.hosts):
                yield (number, *wrong)


def definitions(sheet: Sheet) -> Iterator[Wrong]:
    """Addresses stand in the link itself: no reference, footnote or abbreviation defines one
    elsewhere.
    """
    for number, text in sheet.bare:
        if "]:" in text:
            yield (
                number,
                f"a definition (`{brief(text.strip())}`)",
                "the address in the link: `[words](page.md)`",
            )


def pictures(sheet: Sheet) -> Iterator[Wrong]:
    """Pictures come from pieces."""
    for number, text in sheet.bare:
        if "![" in text:
            yield number, "a picture", 'a piece, such as `{{ setup_diagram("…") }}`'


def blocks(sheet: Sheet) -> Iterator[Wrong]:
    """Callouts are of the known kinds, and nothing hides what follows from the checks."""
    for number, text in sheet.lines:
        if "!!!" in text and not allowlist.ADMONITION.fullmatch(text):
            kinds = ", ".join(allowlist.ADMONITIONS)
            yield number, f"`{brief(text.strip())}`", f'`!!! note "Title"`; kinds: {kinds}'
        if allowlist.FENCE.search(text):
            yield number, "a block of code", "words"


SIZES: tuple[Callable[[Sheet], Iterator[Wrong]], ...] = (lengths, nesting)
RULES: tuple[Callable[[Sheet], Iterator[Wrong]], ...] = (
    front_matter,
    template_code,
    attributes,
    html,
    entities,
    links,
    definitions,
    pictures,
    blocks,
)
