"""Judges a contributed page as it is written, line by line. Markdown sees only what passes.

Each rule is one function of a page; its docstring is the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from macros.facts.problem import Problem, Problems, brief
from roadmap.check.safety import allowlist
from roadmap.check.safety.rendered_html import check_rendered_html
from roadmap.project.once import once
from roadmap.project.page_limits import too_large
from roadmap.project.pages import NumberedLine, Page
from roadmap.project.piece_calls import CALL, TEMPLATE_CODE, blanked, calls, template_code
from roadmap.project.project import Project

Rule = Callable[[Page], Iterator[Problem]]

HOST = re.compile(r"https?://([a-z0-9.-]+)")
BRACE = re.compile(r"[{}]")
TAG_START = re.compile(r"<(?![ \d])")
LINK_START = re.compile(r"\]\(")


def check_page_source(
    page: Page,
    to_html: Callable[[Page], str],
    hosts: Collection[str] | None,
) -> list[Problem]:
    """What may not stand on a page, sorted. Markdown renders it only when its source is clean.

    `to_html` is Markdown; `hosts` are those a page may link to; None: any.
    """
    if found := too_large(page):
        return found
    forbidden = {problem for rule in RULES for problem in rule(page)}
    forbidden.update(links(page, hosts))
    if forbidden:
        return sorted(forbidden)
    unreadable = calls(page)[1]
    return unreadable or list(check_rendered_html(page, to_html, hosts))


@once
def linkable_hosts(project: Project) -> frozenset[str] | None:
    """Hosts that a page may link to: those of the project's sources.

    None where the facts cannot be read: then nobody can tell.
    """
    found = project.memo("check").get(lambda: _hosts(project), "hosts", project.content_key)
    return None if found is None else frozenset(found)


def _hosts(project: Project) -> list[str] | None:
    try:
        sources = project.content.facts.sources
    except Problems:
        return None
    hosts: set[str] = set()
    for source in sources:
        hosts.update(HOST.findall(source.model_dump_json()))
    return sorted(hosts)


@once
def _plain_lines(page: Page) -> list[NumberedLine]:
    """The lines below the front matter, with blanks for calls and attribute lists."""
    lines = []
    for number, text in page.lines_below_front:
        without_calls = blanked(text, CALL)
        lines.append((number, blanked(without_calls, allowlist.ATTRIBUTES)))
    return lines


# What is written


def front_matter(page: Page) -> Iterator[Problem]:
    """A page starts with its title, or with front matter that holds known keys with plain text."""
    key_lines = page.front_lines[1:-1]
    if not key_lines and not page.text.startswith("# "):
        found = "a start that is neither front matter nor a title"
        yield page.problem(
            1,
            found,
            "`---`, keys, `---`; or `# Title { #id }`",
        )
    texts_above: list[str] = []
    for number, text in key_lines:
        yield from _front_matter_line(page, number, text, texts_above)
        texts_above.append(text)


def _front_matter_line(
    page: Page,
    number: int,
    text: str,
    texts_above: list[str],
) -> Iterator[Problem]:
    key, _, value = text.partition(": ")
    if key not in allowlist.FRONT_MATTER:
        expected = f"only {', '.join(allowlist.FRONT_MATTER)}"
        yield page.problem(
            number,
            f"`{brief(text)}` in the front matter",
            expected,
        )
        return
    form, example = allowlist.FRONT_MATTER[key]
    if any(above.startswith(f"{key}:") for above in texts_above):
        yield page.problem(
            number,
            f"`{key}` a second time",
            "each key once",
        )
    elif not form.fullmatch(value.strip(" ")):
        expected = f"plain text on one line, such as `{key}: {example}`"
        yield page.problem(
            number,
            f"`{brief(text)}`",
            expected,
        )


def attributes(page: Page) -> Iterator[Problem]:
    """Attribute lists give an id, a class of ours, a language or a direction."""
    for number, text in _plain_lines(page):
        brace = BRACE.search(text)
        if brace and not TEMPLATE_CODE.search(text):
            found = f"braces (`{brief(text[brace.start() :])}`)"
            yield page.problem(
                number,
                found,
                allowlist.ATTRIBUTE_LIST,
            )


def html(page: Page) -> Iterator[Problem]:
    """Raw HTML is a handful of tags without looks or deeds."""
    expected = "Markdown; of HTML only br, kbd, sup, sub, abbr title, span lang dir"
    for number, text in _plain_lines(page):
        without_allowed = blanked(text, allowlist.HTML)
        if tag := TAG_START.search(without_allowed):
            found = f"raw HTML (`{brief(without_allowed[tag.start() :])}`)"
            yield page.problem(
                number,
                found,
                expected,
            )


def entities(page: Page) -> Iterator[Problem]:
    """Letters are written as they are."""
    allowed = {f"&{name};" for name in allowlist.ENTITIES}
    for number, text in _plain_lines(page):
        for entity in allowlist.ENTITY.findall(text):
            if entity not in allowed:
                yield page.problem(
                    number,
                    f"the entity `{brief(entity)}`",
                    "the letter itself",
                )


def definitions(page: Page) -> Iterator[Problem]:
    """Addresses stand in the link itself: no reference, footnote or abbreviation defines one
    elsewhere.
    """
    for number, text in _plain_lines(page):
        if "]:" in text:
            found = f"a definition (`{brief(text)}`)"
            yield page.problem(
                number,
                found,
                "the address in the link: `[words](page.md)`",
            )


def pictures(page: Page) -> Iterator[Problem]:
    """Pictures come from pieces."""
    for number, text in _plain_lines(page):
        if "![" in text:
            yield page.problem(
                number,
                "a picture",
                'a piece, such as `{{ setup_diagram("…") }}`',
            )


def blocks(page: Page) -> Iterator[Problem]:
    """Callouts are of the known kinds, and nothing hides what follows from the checks."""
    kinds = ", ".join(allowlist.ADMONITIONS)
    for number, text in page.lines_below_front:
        if "!!!" in text and not allowlist.ADMONITION.fullmatch(text):
            yield page.problem(
                number,
                f"`{brief(text)}`",
                f'`!!! note "Title"`; kinds: {kinds}',
            )
        if allowlist.FENCE.search(text):
            yield page.problem(
                number,
                "a block of code",
                "words",
            )


def links(page: Page, hosts: Collection[str] | None) -> Iterator[Problem]:
    """Links are written in one way, and lead to pages of the edition or to known hosts over
    https.
    """
    for number, text in _plain_lines(page):
        addresses = {link.start(): link[1] for link in allowlist.LINK.finditer(text)}
        for start in LINK_START.finditer(text):
            address = addresses.get(start.start())
            if address is None:
                found = f"a link that is not plain (`{brief(text[start.start() + 1 :])}`)"
                yield page.problem(
                    number,
                    found,
                    "`[words](page.md)`, no title",
                )
            elif finding := allowlist.forbidden_address(
                address,
                page.path,
                hosts,
            ):
                yield page.problem(number, *finding)


RULES: tuple[Rule, ...] = (
    front_matter,
    template_code,
    attributes,
    html,
    entities,
    definitions,
    pictures,
    blocks,
)
