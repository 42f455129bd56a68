"""Adds a Content-Security-Policy with script hashes; rejects markup that it would block.

The policy stands in a `<meta>`, since the site is also read from a folder, where no server can send
a header. It is the last change of a page: a script that changed later would have another hash.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from lxml import etree

from macros.facts.problem import Problem, Problems
from roadmap.postprocess.built_edition import BuiltPage

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


def policy_of(page: BuiltPage) -> str:
    """The element with the policy of a page."""
    return _element(page.tree)


def blocked_in(page: BuiltPage) -> list[tuple[int, str, str]]:
    """What the policy of a page would block: line, what was found, what is expected."""
    return list(_blocked_markup(page.html, page.tree))


def with_csp(html: str, name: str) -> str:
    """A page with its policy. `name` is what messages call it.

    Raises Problems where the page holds what its policy would block.
    """
    tree = etree.HTML(html)
    problems = [Problem(name, *found) for found in _blocked_markup(html, tree)]
    if problems:
        raise Problems(problems)
    return insert(html, _element(tree))


# The policy


def insert(html: str, policy: str) -> str:
    """A page with the element of its policy behind its character set."""
    return CHARSET.sub(lambda charset: charset[0] + policy, html, count=1)


def _element(tree: etree._Element) -> str:
    content = policy_for(_inline_scripts(tree))
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def policy_for(scripts: list[str]) -> str:
    """The policy of a page with these inline scripts: each is allowed by its SHA-256."""
    hashes = []
    for script in dict.fromkeys(scripts):
        digest = sha256(script.encode()).digest()
        encoded = b64encode(digest).decode()
        hashes.append(f" 'sha256-{encoded}'")
    policy = "; ".join(POLICY)
    return policy.format(hashes="".join(hashes))


def _inline_scripts(tree: etree._Element) -> list[str]:
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


def _blocked_markup(html: str, tree: etree._Element) -> Iterator[tuple[int, str, str]]:
    """What the policy of a page would block, or stands before it. `tree` is `html`, parsed."""
    for element in tree.iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        for found, expected in _blocked(element):
            yield element.sourceline or 1, found, expected
    if not _begins_with_charset(html, tree):
        yield 1, "a head that begins otherwise", '`<meta charset="utf-8">` before all else'


def _begins_with_charset(html: str, tree: etree._Element) -> bool:
    """Whether the character set comes first in the head, as the policy is put behind it."""
    head = tree.find("head")
    if head is None or not len(head):
        return False
    first = head[0]
    charset = first.get("charset") or ""
    if charset.lower() != "utf-8":
        return False
    return CHARSET.search(html) is not None


def _blocked(element: etree._Element) -> Iterator[tuple[str, str]]:
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
