"""Seals built pages: each carries a policy that lets a browser run and load what belongs to the
site, nothing else.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import lxml.html

from macros.facts.problem import Problem, Problems

CHARSET = re.compile(r"""<meta charset=["']?utf-8["']?\s*/?>""", re.IGNORECASE)
# what is not named here, such as styles, fonts, fetches and workers, is under default-src
POLICY = (
    "default-src 'self'",
    "script-src 'self'{hashes}",
    "img-src 'self' data:",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
)
RUNS = re.compile(
    r"|module|importmap|(text|application)/(x-)?(java|ecma)script"
)  # any other type is data
SCRIPT_LINK = re.compile(r"[\x00-\x20]*" + r"[\t\n\r]*".join("javascript:"), re.IGNORECASE)
FRAMES = ("iframe", "frame", "object", "embed", "applet")


def seal(folder: Path) -> None:
    """Seals every page of a built edition in place. Raises Problems; then no page is sealed."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    named = {path: f"site/{path.relative_to(folder.parent).as_posix()}" for path in pages}
    if found := [
        problem for path, html in pages.items() for problem in problems(html, named[path])
    ]:
        raise Problems(found)
    for path, html in pages.items():
        path.write_text(sealed(html, named[path]), encoding="utf-8")


def sealed(html: str, name: str) -> str:
    """A page with its policy. `name` is what messages call it. Raises Problems."""
    if found := problems(html, name):
        raise Problems(found)
    tree = lxml.html.document_fromstring(html)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{policy_for(_scripts(tree))}">'
    return CHARSET.sub(lambda charset: charset.group() + policy, html, count=1)


def policy_for(scripts: list[str]) -> str:
    """The policy of a page with these scripts inside."""
    hashes = (
        b64encode(sha256(script.encode()).digest()).decode() for script in dict.fromkeys(scripts)
    )
    return "; ".join(POLICY).format(hashes="".join(f" 'sha256-{one}'" for one in hashes))


def problems(html: str, name: str) -> list[Problem]:
    """What the policy would block or come too late for."""
    tree = lxml.html.document_fromstring(html)
    found = [
        Problem(name, element.sourceline or 1, there, instead)
        for element in tree.iter()
        if isinstance(element.tag, str)
        for there, instead in _blocked(element)
    ]
    first = tree.find("head")[:1] if tree.find("head") is not None else []
    if not first or (first[0].get("charset") or "").lower() != "utf-8" or not CHARSET.search(html):
        found.append(
            Problem(
                name, 1, "a head that begins otherwise", '`<meta charset="utf-8">` before all else'
            )
        )
    return found


def _scripts(tree: lxml.html.HtmlElement) -> list[str]:
    """The scripts that stand in the page itself and run."""
    inline = (script for script in tree.iter("script") if script.get("src") is None)
    return [
        script.text or ""
        for script in inline
        if RUNS.fullmatch((script.get("type") or "").strip().lower())
    ]


def _blocked(element: lxml.html.HtmlElement) -> Iterator[tuple[str, str]]:
    """What is there, and what must be there instead."""
    tag = element.tag
    if tag == "style":
        yield "a `<style>`", "rules in a style sheet of overrides/assets/styles/"
    if tag == "base":
        yield "a `<base>`", "addresses that begin at the page"
    if tag in FRAMES:
        yield f"an `<{tag}>`", "a link, or the thing itself in the page"
    for attribute, value in element.attrib.items():
        if attribute.startswith("on"):
            yield (
                f"the handler `{attribute}=`",
                "a listener in a script of overrides/assets/scripts/",
            )
        elif attribute == "style":
            yield (
                f'`style="{value}"`',
                "a class, with a rule in a style sheet of overrides/assets/styles/",
            )
        elif attribute in {"action", "formaction"}:
            yield f'`{attribute}="{value}"`', "a form that sends nothing"
        elif SCRIPT_LINK.match(value):
            yield f'`{attribute}="{value}"`', "the address of a page, or a button"
