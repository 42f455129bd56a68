"""Adds a Content-Security-Policy with script hashes; rejects markup that it would block.

The policy stands in a `<meta>`, since the site is also read from a folder, where no server can send
a header. It is the last change of a page: a script that changed later would have another hash.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

import lxml.html
from lxml.html import HtmlElement

from macros.facts.problem import Problem, Problems
from roadmap.postprocess.built_edition import BuiltEdition

# The policy stands behind the character set: a browser obeys it for what comes after
CHARSET = re.compile(r"""<meta charset=["']?utf-8["']?\s*/?>""", re.IGNORECASE)
# What is not named here, such as styles, fonts, fetches and workers, is under default-src
POLICY = (
    "default-src 'self'",
    "script-src 'self'{hashes}",
    "img-src 'self' data:",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
)
# Values of `type` with which a script runs; any other makes it data
RUNNING_TYPES = re.compile(r"|module|importmap|(text|application)/(x-)?(java|ecma)script")
# `javascript:` as browsers read it, with line breaks and tabs anywhere in it
SCRIPT_LINK = re.compile(r"[\x00-\x20]*" + r"[\t\n\r]*".join("javascript:"), re.IGNORECASE)
FRAMES = ("iframe", "frame", "object", "embed", "applet")


def add_csp(edition: BuiltEdition) -> None:
    """Gives every page its policy.

    Raises Problems where a page holds what its policy would block; then no page is changed.
    """
    problems: list[Problem] = []
    for page in edition.pages.values():
        name = edition.name_of(page)
        problems += blocked_markup(page.html, page.tree, name)
    if problems:
        raise Problems(problems)
    for page in edition.pages.values():
        page.html = _insert(page.html, page.tree)


def with_csp(html: str, name: str) -> str:
    """A page with its policy. `name` is what messages call it.

    Raises Problems where the page holds what its policy would block.
    """
    tree = lxml.html.document_fromstring(html)
    problems = blocked_markup(html, tree, name)
    if problems:
        raise Problems(problems)
    return _insert(html, tree)


# The policy


def _insert(html: str, tree: HtmlElement) -> str:
    """The page with the policy for its scripts behind its character set."""
    content = policy_for(_inline_scripts(tree))
    policy = f'<meta http-equiv="Content-Security-Policy" content="{content}">'

    def with_policy(charset: re.Match[str]) -> str:
        """What stands in the place of the character set."""
        return charset[0] + policy

    return CHARSET.sub(with_policy, html, count=1)


def policy_for(scripts: list[str]) -> str:
    """The policy of a page with these inline scripts: each is allowed by its SHA-256."""
    hashes = []
    for script in dict.fromkeys(scripts):
        digest = sha256(script.encode()).digest()
        encoded = b64encode(digest).decode()
        hashes.append(f" 'sha256-{encoded}'")
    policy = "; ".join(POLICY)
    return policy.format(hashes="".join(hashes))


def _inline_scripts(tree: HtmlElement) -> list[str]:
    """The scripts that stand in the page itself and run."""
    found = []
    for script in tree.iter("script"):
        if script.get("src") is not None:
            continue
        kind = script.get("type") or ""
        if RUNNING_TYPES.fullmatch(kind.strip().lower()):
            found.append(script.text or "")
    return found


# What it would block


def blocked_markup(html: str, tree: HtmlElement, name: str) -> list[Problem]:
    """The problems of a page: what its policy would block, and what stands before the policy.

    `tree` is `html`, parsed; `name` is what messages call the page.
    """
    problems = []
    for element in tree.iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        for found, expected in _blocked(element):
            problem = Problem(
                name,
                element.sourceline or 1,
                found,
                expected,
            )
            problems.append(problem)
    if not _begins_with_charset(html, tree):
        problem = Problem(
            name,
            1,
            "a head that begins otherwise",
            '`<meta charset="utf-8">` before all else',
        )
        problems.append(problem)
    return problems


def _begins_with_charset(html: str, tree: HtmlElement) -> bool:
    """Whether the character set comes first in the head, as the policy is put behind it."""
    head = tree.find("head")
    if head is None or not len(head):
        return False
    first = head[0]
    charset = first.get("charset") or ""
    if charset.lower() != "utf-8":
        return False
    return CHARSET.search(html) is not None


def _blocked(element: HtmlElement) -> Iterator[tuple[str, str]]:
    """What an element holds that the policy blocks: what was found, and what is expected."""
    tag = element.tag
    if tag == "style":
        yield "a `<style>`", "rules in a style sheet of overrides/assets/styles/"
    if tag == "base":
        yield "a `<base>`", "addresses that begin at the page"
    if tag in FRAMES:
        yield f"an `<{tag}>`", "a link, or the thing itself in the page"
    for attribute, value in element.attrib.items():
        expected = _instead_of_attribute(attribute, value)
        if not expected:
            continue
        found = f'`{attribute}="{value}"`'
        if attribute.startswith("on"):
            found = f"the handler `{attribute}=`"
        yield found, expected


def _instead_of_attribute(attribute: str, value: str) -> str:
    """What is expected in the place of an attribute; empty where the policy allows it."""
    if attribute.startswith("on"):
        return "a listener in a script of overrides/assets/scripts/"
    if attribute == "style":
        return "a class, with a rule in a style sheet of overrides/assets/styles/"
    if attribute in {"action", "formaction"}:
        return "a form that sends nothing"
    if SCRIPT_LINK.match(value):
        return "the address of a page, or a button"
    return ""
