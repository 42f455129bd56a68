"""Judges a page as Markdown reads it: elements, attributes, addresses. The second look, after the
one at its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree
import lxml.html
from markdown import Markdown

from macros.facts.problem import Problem
from roadmap.check.safety import allowlist
from roadmap.check.safety.allowlist import brief
from roadmap.project import class_names
from roadmap.project.pages import Page

ELEMENTS = frozenset(
    {
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "div",
        "hr",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "abbr",
        "br",
        "code",
        "em",
        "kbd",
        "span",
        "strong",
        "sub",
        "sup",
    }
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
ANYWHERE = {
    "id": r"(?!__)[\w-]{1,200}",  # those of the theme start with `__`
    "lang": allowlist.TAG,
    "dir": "ltr|rtl",
}
ATTRIBUTES = {  # of an element → the form of its value
    ("a", "hreflang"): allowlist.TAG,
    ("abbr", "title"): r"[^<>]{1,120}",
    ("ol", "start"): r"\d{1,4}",
    ("th", "style"): "text-align: (?:left|right|center);",
    ("td", "style"): "text-align: (?:left|right|center);",
}
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def problems(page: Page, markdown: Markdown, hosts: frozenset[str]) -> Iterator[Problem]:
    """What Markdown would put on the page and may not. Pieces are left out: they are ours."""
    try:
        html = markdown.reset().convert(allowlist.CALL.sub("piece", FRONT.sub("", page.text)))
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
    except (RecursionError, ValueError, lxml.etree.LxmlError) as error:
        yield page.problem(
            1, f"a page that cannot be read ({type(error).__name__})", "plain Markdown"
        )
        return
    for node in tree.iterdescendants():
        if not isinstance(node.tag, str) or node.tag not in ELEMENTS:
            tag = node.tag if isinstance(node.tag, str) else "!--"
            yield page.problem(page.line_of(f"<{tag}"), f"the element `<{brief(tag)}>`", "Markdown")
            continue
        for name, value in node.attrib.items():
            if wrong := _refused(node, name, value, page, hosts):
                yield page.problem(page.line_of(value if name == "href" else name), *wrong)


def _refused(
    node: lxml.html.HtmlElement, name: str, value: str, page: Page, hosts: frozenset[str]
) -> tuple[str, str] | None:
    if (node.tag, name) == ("a", "href"):
        return allowlist.refused(value, page.path, hosts)
    if name == "class" and set(value.split()) <= CLASSES:
        return None
    if name == "title" and node.get("class") == class_names.HEADING_LINK:
        return None
    form = ATTRIBUTES.get((node.tag, name)) or ANYWHERE.get(name)
    if form and re.fullmatch(form, value):
        return None
    return f"the attribute `{brief(f'{name}={value}')}` of `<{node.tag}>`", allowlist.ATTRIBUTE_LIST
