"""Judges the HTML that Markdown makes of a page: elements, attributes, addresses.

The second look, after the one at the source; it writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from macros.facts.problem import Problem, brief
from roadmap.check.safety import allowlist
from roadmap.check.safety.allowlist import Finding
from roadmap.project import class_names
from roadmap.project.edition_file import LANGUAGE_TAG
from roadmap.project.pages import Page

ELEMENTS = frozenset(
    (
        *("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "div", "hr", "pre"),
        *("table", "thead", "tbody", "tr", "th", "td"),
        *("a", "abbr", "br", "code", "em", "kbd", "span", "strong", "sub", "sup"),
    )
)
CLASSES = frozenset(
    {
        "admonition",
        "admonition-title",
        class_names.HEADING_LINK,
        *allowlist.ADMONITIONS,
        *allowlist.CLASSES,
    }
)
ANYWHERE = {  # attribute of any element → the form of its value
    "id": r"(?!__)[\w-]{1,200}",  # those of the theme start with `__`
    "lang": LANGUAGE_TAG,
    "dir": "ltr|rtl",
}
ATTRIBUTES = {  # element and attribute → the form of its value
    ("a", "hreflang"): LANGUAGE_TAG,
    ("abbr", "title"): r"[^<>]{1,120}",
    ("ol", "start"): r"\d{1,4}",
    ("th", "style"): "text-align: (?:left|right|center);",
    ("td", "style"): "text-align: (?:left|right|center);",
}


def check_rendered_html(
    page: Page,
    to_html: Callable[[Page], str],
    hosts: Collection[str] | None,
) -> Iterator[Problem]:
    """What Markdown would put on the page and may not. Pieces are left out: they are ours.

    `to_html` is Markdown; `hosts` are those a page may link to; None: any.
    """
    try:
        html = to_html(page)
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
    except (RecursionError, ValueError, lxml.etree.LxmlError) as error:
        found = f"a page that cannot be read ({type(error).__name__})"
        yield page.problem(
            1,
            found,
            "plain Markdown",
        )
        return
    for element in tree.iterdescendants():
        yield from _check_element(element, page, hosts)


def _check_element(
    element: HtmlElement,
    page: Page,
    hosts: Collection[str] | None,
) -> Iterator[Problem]:
    if element.tag not in ELEMENTS:
        tag = element.tag if isinstance(element.tag, str) else "!--"
        line = page.line_of(f"<{tag}")
        yield page.problem(
            line,
            f"the element `<{brief(tag)}>`",
            "Markdown",
        )
        return
    for name, value in element.attrib.items():
        if name == "href" and element.tag == "a":
            finding = allowlist.forbidden_address(
                value,
                page.path,
                hosts,
            )
        else:
            finding = _forbidden_attribute(element, name, value)
        if finding:
            line = page.line_of(value if name == "href" else name)
            yield page.problem(line, *finding)


def _forbidden_attribute(
    element: HtmlElement,
    name: str,
    value: str,
) -> Finding | None:
    if name == "class" and set(value.split()) <= CLASSES:
        return None
    if name == "title" and element.get("class") == class_names.HEADING_LINK:
        return None
    form = ATTRIBUTES.get((element.tag, name)) or ANYWHERE.get(name)
    if form and re.fullmatch(form, value):
        return None
    found = f"the attribute `{brief(f'{name}={value}')}` of `<{element.tag}>`"
    return found, allowlist.ATTRIBUTE_LIST
