"""Renders pages: Markdown once, with a hole in the place of each call of a piece; then the pieces.

Markdown never reads what a piece answers, and no template engine runs contributed text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

from markdown import Markdown
from markupsafe import Markup

from macros.facts.problem import Problem, Problems
from macros.pieces import WITHIN_SENTENCES
from roadmap.project.page_limits import too_large
from roadmap.project.pages import Page
from roadmap.project.piece_calls import CALL, Call, call_of, template_code

# A hole in the place of a call: the number of the call between two characters that no page may hold
OPENING = "\ue003"
CLOSING = "\ue004"
HOLE = re.compile(f"{OPENING}(\\d+){CLOSING}")
IN_TAG = re.compile(f"<[^<>]*{HOLE.pattern}")
# A paragraph that Markdown makes of a hole which stands by itself
PARAGRAPH = re.compile(f"<p>({HOLE.pattern})</p>")
# A link as Markdown writes it
LINK = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)')

# A heading as the extension `toc` of Markdown tells it: `level`, `id`, `name`, `children`, …
Heading = dict[str, Any]


@dataclass(frozen=True)
class MarkdownPage:
    """The HTML that Markdown makes of a page, with holes for its calls; its calls and headings."""

    html: str
    headings: list[Heading]
    calls: tuple[Call, ...]

    @property
    def title(self) -> str:
        """The first heading, where that is one of the first level; empty otherwise."""
        if self.headings and self.headings[0]["level"] == 1:
            return self.headings[0]["name"]
        return ""

    def as_json(self) -> list[Any]:
        calls = [[call.line, call.name, call.arguments] for call in self.calls]
        return [self.html, self.headings, calls]

    @classmethod
    def from_json(cls, data: list[Any]) -> MarkdownPage:
        html, headings, found = data
        calls = tuple(Call(line, name, tuple(words)) for line, name, words in found)
        return cls(html, headings, calls)


@dataclass(frozen=True)
class RenderedPage:
    """A page with its pieces in place."""

    html: str
    headings: list[Heading]


def convert(page: Page, markdown: Markdown) -> MarkdownPage:
    """The page as Markdown reads it.

    Raises Problems where the page is too large, or where anything stands that a template engine
    would run, besides calls.
    """
    if problems := too_large(page) or list(template_code(page)):
        raise Problems(problems)
    calls: list[Call] = []
    lines: list[str] = []
    for number, text in page.lines_below_front:
        lines += _with_holes(text, number, calls)
    markdown.reset()
    html = markdown.convert("\n".join(lines))
    if inside := IN_TAG.search(html):
        line = calls[int(inside[1])].line
        expected = "a call in a sentence, or on a line of its own"
        raise Problems([page.problem(line, "a call of a piece inside a tag", expected)])
    headings = getattr(markdown, "toc_tokens", [])
    return MarkdownPage(html, headings, tuple(calls))


def _with_holes(text: str, number: int, calls: list[Call]) -> Iterator[str]:
    """A line with a hole in the place of each call, which is added to `calls`.

    A piece that is a block of its own has an empty line above and below.
    """

    def hole(match: re.Match[str]) -> str:
        calls.append(call_of(match, number))
        return f"{OPENING}{len(calls) - 1}{CLOSING}"

    first = len(calls)
    with_holes = CALL.sub(hole, text)
    if not _is_block(with_holes, calls[first:]):
        yield with_holes
        return
    yield ""
    for index in range(first, len(calls)):
        yield f"{OPENING}{index}{CLOSING}"
        yield ""


def _is_block(with_holes: str, calls: Sequence[Call]) -> bool:
    """Whether a line holds calls of blocks and nothing else, and begins with one."""
    if not with_holes.startswith(OPENING) or HOLE.sub("", with_holes).strip():
        return False
    return all(call.name not in WITHIN_SENTENCES for call in calls)


def _with_links_to_html(html: str) -> str:
    """The HTML with links to the pages that Markdown files become."""

    def to_html(link: re.Match[str]) -> str:
        return link[1] + _address_of_page(link[2])

    return LINK.sub(to_html, html)


def _address_of_page(address: str) -> str:
    """`set-ups.html#id` for `set-ups.md#id`; other addresses as they are."""
    path, sign, anchor = address.partition("#")
    if ":" in path or not path.endswith(".md"):
        return address
    return path.removesuffix(".md") + ".html" + sign + anchor


def target_of(page: str, address: str) -> str:
    """The path of a page or file, below the edition, that a link on a page leads to.

    Pages end in `.md`. Empty for a link to another site; the page itself for an anchor alone.
    """
    path, _, _ = address.partition("#")
    if "://" in path or path.startswith(("mailto:", "/")):
        return ""
    if not path:
        return page
    target = normpath(join(dirname(page), path))
    return re.sub(r"\.html$", ".md", target)


# The pieces


Answer = Callable[[Page, Call], tuple[str, list[Problem]]]  # as `call_piece`


def fill(page: Page, converted: MarkdownPage, answer: Answer) -> RenderedPage:
    """The page with what its pieces answer. Raises Problems where one of them cannot."""
    answers = []
    problems: list[Problem] = []
    for call in converted.calls:
        markup, refused = answer(page, call)
        answers.append(markup)
        problems += refused
    if problems:
        raise Problems(problems)
    html = _filled(_with_links_to_html(converted.html), answers)
    return RenderedPage(html, _filled_headings(converted.headings, answers))


def _filled(html: str, answers: Sequence[str]) -> str:
    """HTML with the answers in its holes; a block takes the place of the paragraph around it."""

    def block(paragraph: re.Match[str]) -> str:
        answer = answers[int(paragraph[2])]
        return answer if _is_block_markup(answer) else f"<p>{answer}</p>"

    def inline(hole: re.Match[str]) -> str:
        return answers[int(hole[1])]

    return HOLE.sub(inline, PARAGRAPH.sub(block, html))


def _is_block_markup(markup: str) -> bool:
    return re.match(r"<(section|figure|p|div|ul|ol|table)\b", markup) is not None


def _filled_headings(headings: Iterable[Heading], answers: Sequence[str]) -> list[Heading]:
    """Headings whose names say in text what pieces answer."""

    def text(hole: re.Match[str]) -> str:
        return Markup(answers[int(hole[1])]).striptags()

    return [_filled_heading(heading, text) for heading in headings]


def _filled_heading(heading: Heading, text: Callable[[re.Match[str]], str]) -> Heading:
    children = [_filled_heading(child, text) for child in heading["children"]]
    return {**heading, "name": HOLE.sub(text, heading["name"]), "children": children}
