"""Reads every built page as a browser would and lists what is broken. Mends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html

from macros.problem import Problem
from macros.words import MARK

LOADED = {  # attributes that make a browser fetch something
    "script": "src", "img": "src", "source": "src", "iframe": "src", "embed": "src", "object": "data",
    "video": "src", "audio": "src", "track": "src", "input": "src", "use": "href", "image": "href",
}
CSS_LOAD = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""")
UNRENDERED = re.compile(r"\{\{|\}\}|\{%|" + MARK)


def inspect(site: Path, code: str, shown_as: str) -> list[Problem]:
    """Broken links and anchors, repeated ids, requests to other hosts, macros that did not render.

    `site` holds one edition in the folder `code`; links to other editions are left to them.
    """
    reader = _Reader(site, code, shown_as)
    problems = [p for page in sorted(site.rglob("*.html")) for p in reader.page(page)]
    problems += [p for sheet in sorted(site.rglob("*.css")) for p in reader.style(sheet)]
    return sorted(set(problems))


class _Reader:
    def __init__(self, site: Path, code: str, shown_as: str):
        self.site, self.own, self.shown_as = site.resolve(), site.resolve() / code, shown_as
        self.tree = cache(lambda path: lxml.html.fromstring(path.read_bytes()))
        self.ids = cache(lambda path: frozenset(self.tree(path).xpath("//@id | //a/@name")))

    def problem(self, path: Path, line: int, there: str, instead: str) -> Problem:
        return Problem(f"{self.shown_as}/{path.relative_to(self.site).as_posix()}", line, there, instead)

    def page(self, path: Path) -> Iterator[Problem]:
        path = path.resolve()
        tree = self.tree(path)
        ids = [(e.get("id"), e.sourceline or 1) for e in tree.xpath("//*[@id]")]
        seen: set[str] = set()
        for id, line in ids:
            if id in seen:
                yield self.problem(path, line, f"the id `{id}` twice", "each id once on a page")
            seen.add(id)
        for element in tree.iter():
            if isinstance(element.tag, str):
                yield from self.element(path, element)
        text = " ".join(tree.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::code)]"))
        if found := UNRENDERED.search(text):
            yield self.problem(path, 1, f"`{found.group()}` in the text", "a piece that rendered")

    def element(self, path: Path, element: lxml.html.HtmlElement) -> Iterator[Problem]:
        line = element.sourceline or 1
        loaded = element.get(LOADED[element.tag], "") if element.tag in LOADED else ""
        if element.tag == "link" and element.get("rel") not in {"canonical", "alternate", "author", "license"}:
            loaded = element.get("href", "")
        if _elsewhere(loaded):
            yield self.problem(path, line, f"a request to another host: {loaded}", "a file of the site")
        for address in (loaded, element.get("href", "") if element.tag in {"a", "area"} else ""):
            if address and not _elsewhere(address):
                yield from self.link(path, line, address)
        if found := CSS_LOAD.search(element.get("style") or (element.text or "" if element.tag == "style" else "")):
            yield self.problem(path, line, f"a request to another host: {found.group(1)}", "a file of the site")

    def link(self, path: Path, line: int, address: str) -> Iterator[Problem]:
        parts = urlsplit(address)
        if parts.scheme:  # mailto:, data:
            return
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if parts.path.startswith("/"):
            target = (self.site / unquote(parts.path).lstrip("/")).resolve()
        if target.is_dir():
            target /= "index.html"
        if target.is_relative_to(self.site) and not target.is_relative_to(self.own) and target.suffix == ".html":
            return  # a page of another edition
        if not target.is_file():
            yield self.problem(path, line, f"a link to `{address}`, which is not there", "a page or file of the site")
        elif parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in self.ids(target):
            yield self.problem(path, line, f"a link to `{address}`, where no such place is", "an id of that page")

    def style(self, path: Path) -> Iterator[Problem]:
        text = path.read_text(encoding="utf-8")
        for found in CSS_LOAD.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            there = f"a request to another host: {found.group(1)}"
            yield self.problem(path.resolve(), line, there, "a file of the site")


def _elsewhere(address: str) -> bool:
    return address.startswith(("http:", "https:", "//"))
