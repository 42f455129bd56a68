"""Reads every built page as a browser would and lists what is broken. Mends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml import etree

from macros.facts.problem import Problem
from macros.language.translator import UNTRANSLATED
from roadmap.postprocess import resource_urls

UNRENDERED = re.compile(r"\{\{|\}\}|\{%|" + UNTRANSLATED)


def inspect(site: Path, code: str, shown_as: str) -> list[Problem]:
    """Broken links and anchors, repeated ids, requests to other hosts, macros that did not render.

    `site` holds one edition in the folder `code`; links to other editions are left to them.
    """
    reader = _Reader(site, code, shown_as)
    problems = [p for page in sorted(site.rglob("*.html")) for p in reader.page(page)]
    problems += [p for sheet in sorted(site.rglob("*.css")) for p in reader.style(sheet)]
    problems += [p for picture in sorted(site.rglob("*.svg")) for p in reader.picture(picture)]
    return sorted(set(problems))


class _Reader:
    def __init__(self, site: Path, code: str, shown_as: str):
        self.site, self.own, self.shown_as = site.resolve(), site.resolve() / code, shown_as
        self.tree = cache(lambda path: lxml.html.fromstring(path.read_bytes()))
        self.ids = cache(lambda path: frozenset(self.tree(path).xpath("//@id | //a/@name")))

    def problem(self, path: Path, line: int, there: str, instead: str) -> Problem:
        return Problem(
            f"{self.shown_as}/{path.relative_to(self.site).as_posix()}", line, there, instead
        )

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
        text = " ".join(
            tree.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::code)]")
        )
        if found := UNRENDERED.search(text):
            yield self.problem(path, 1, f"`{found.group()}` in the text", "a piece that rendered")

    def element(self, path: Path, element: lxml.html.HtmlElement) -> Iterator[Problem]:
        yield from self.elsewhere(path, element)
        leads_to = (
            [element.get("href", "")]
            if element.tag in {"a", "area"}
            else resource_urls.by_element(element)
        )
        for address in leads_to:
            if address and not _elsewhere(address):
                yield from self.link(path, element.sourceline or 1, address)

    def elsewhere(self, path: Path, element: etree._Element) -> Iterator[Problem]:
        for address in (*resource_urls.by_element(element), *resource_urls.by_styles_of(element)):
            if _elsewhere(address):
                yield self.problem(path, element.sourceline or 1, *_another_host(address))

    def link(self, path: Path, line: int, address: str) -> Iterator[Problem]:
        parts = urlsplit(address)
        if parts.scheme:  # mailto:, data:
            return
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if parts.path.startswith("/"):
            target = (self.site / unquote(parts.path).lstrip("/")).resolve()
        if target.is_dir():
            target /= "index.html"
        if (
            target.is_relative_to(self.site)
            and not target.is_relative_to(self.own)
            and target.suffix == ".html"
        ):
            return  # a page of another edition
        if not target.is_file():
            yield self.problem(
                path,
                line,
                f"a link to `{address}`, which is not there",
                "a page or file of the site",
            )
        elif (
            parts.fragment
            and target.suffix == ".html"
            and unquote(parts.fragment) not in self.ids(target)
        ):
            yield self.problem(
                path, line, f"a link to `{address}`, where no such place is", "an id of that page"
            )

    def style(self, path: Path) -> Iterator[Problem]:
        for address, line in resource_urls.by_styles(path.read_text(encoding="utf-8")):
            if _elsewhere(address):
                yield self.problem(path.resolve(), line, *_another_host(address))

    def picture(self, path: Path) -> Iterator[Problem]:
        for element in etree.parse(path).iter(etree.Element):
            yield from self.elsewhere(path.resolve(), element)


def _elsewhere(address: str) -> bool:
    return address.lower().startswith(("http:", "https:", "//", "ws:", "wss:"))


def _another_host(address: str) -> tuple[str, str]:
    return f"a request to another host: {address}", "a file of the site"
