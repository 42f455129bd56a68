"""Verifies built pages as a browser would read them: links, ids, requests to other hosts.

Lists what is broken and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from macros.facts.problem import Problem
from macros.language.translator import UNTRANSLATED
from roadmap.postprocess import resource_urls
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage

# What a piece that did not render leaves in a page: template code, or the mark of a sentence
UNRENDERED = re.compile(r"\{\{|\}\}|\{%|" + UNTRANSLATED)
# The text that readers see
TEXTS = "//body//text()[not(ancestor::script or ancestor::style or ancestor::code)]"
# How an address of another host begins, in lower case
OTHER_HOSTS = ("http:", "https:", "//", "ws:", "wss:")


def verify(edition: BuiltEdition, beside: Collection[str] = ()) -> list[Problem]:
    """Broken links and anchors, repeated ids, requests to other hosts, calls that did not render.

    The folder of the edition stands in that of the site. `beside` are paths below the site of files
    that are not there yet; links to other editions are left to them. Sorted, each problem once.
    """
    verifier = _Verifier(edition, beside)
    problems: set[Problem] = set()
    for page in edition.pages.values():
        problems.update(verifier.page(page))
    for path in edition.folder.rglob("*.css"):
        problems.update(verifier.style_sheet(path))
    for path in edition.folder.rglob("*.svg"):
        problems.update(verifier.picture(path))
    return sorted(problems)


class _Verifier:
    """Verifies the files of one edition. Paths are resolved: links may lead over `..`."""

    def __init__(self, edition: BuiltEdition, beside: Collection[str]):
        """`beside` are paths below the site of files that are not there yet."""
        self.edition = edition
        self.folder = edition.folder.resolve()
        self.site = self.folder.parent
        self.beside = {self.site / path for path in beside}
        self._ids: dict[str, frozenset[str]] = {}  # of each page that a link leads into

    def problem(
        self,
        path: Path,
        line: int,
        found: str,
        expected: str,
    ) -> Problem:
        """A problem of a file, which messages call by its path from the root of the project."""
        below_site = path.resolve().relative_to(self.site)
        return Problem(
            f"site/{below_site.as_posix()}",
            line,
            found,
            expected,
        )

    # Pages

    def page(self, page: BuiltPage) -> Iterator[Problem]:
        """All that is wrong in a page."""
        path = self.folder / page.path
        yield from self.repeated_ids(path, page.tree)
        for element in page.tree.iter():
            if isinstance(element.tag, str):  # no comment
                yield from self.other_hosts(path, element)
                yield from self.links(path, element)
        yield from self.unrendered(path, page.tree)

    def unrendered(self, path: Path, tree: HtmlElement) -> Iterator[Problem]:
        """Template code in the text of a page."""
        text = " ".join(tree.xpath(TEXTS))
        match = UNRENDERED.search(text)
        if match:
            yield self.problem(
                path,
                1,
                f"`{match[0]}` in the text",
                "a piece that rendered",
            )

    def repeated_ids(self, path: Path, tree: HtmlElement) -> Iterator[Problem]:
        """Ids that an element before has already: links lead to the first only."""
        seen: set[str] = set()
        for element in tree.xpath("//*[@id]"):
            id = element.get("id")
            if id in seen:
                yield self.problem(
                    path,
                    element.sourceline or 1,
                    f"the id `{id}` twice",
                    "each id once on a page",
                )
            seen.add(id)

    # Requests to other hosts

    def other_hosts(self, path: Path, element: etree._Element) -> Iterator[Problem]:
        """Addresses of other hosts that an element makes a browser fetch."""
        line = element.sourceline or 1
        for address in resource_urls.by_element(element):
            yield from self.other_host(path, line, address)
        for address in resource_urls.by_styles_of(element):
            yield from self.other_host(path, line, address)

    def other_host(self, path: Path, line: int, address: str) -> Iterator[Problem]:
        """A problem where a browser fetches an address from another host."""
        if _is_on_another_host(address):
            yield self.problem(
                path,
                line,
                f"a request to another host: {address}",
                "a file of the site",
            )

    # Links

    def links(self, path: Path, element: HtmlElement) -> Iterator[Problem]:
        """Links and resources of the site itself that are not there."""
        line = element.sourceline or 1
        if element.tag in {"a", "area"}:
            addresses = [element.get("href", "")]
        else:
            addresses = list(resource_urls.by_element(element))
        for address in addresses:
            if address and not _is_on_another_host(address):
                yield from self.link(path, line, address)

    def link(self, path: Path, line: int, address: str) -> Iterator[Problem]:
        """A problem where the file or the anchor that a link leads to is not there.

        Pages of other editions are not looked into: each edition is built by itself.
        """
        parts = urlsplit(address)
        if parts.scheme:  # mailto:, data:
            return
        target = self.target(path, parts.path)
        if target in self.beside or self.is_page_of_another_edition(target):
            return
        if not target.is_file():
            yield self.problem(
                path,
                line,
                f"a link to `{address}`, which is not there",
                "a page or file of the site",
            )
            return
        if target.suffix != ".html" or not target.is_relative_to(self.folder):
            return
        anchor = unquote(parts.fragment)
        if anchor and anchor not in self.ids(target):
            yield self.problem(
                path,
                line,
                f"a link to `{address}`, where no such place is",
                "an id of that page",
            )

    def target(self, path: Path, address: str) -> Path:
        """The file that a link on a page leads to; of a folder, its index page.

        `path` is the file of the page and `address` the link without its anchor, which is empty for
        a link to the page itself. One that begins with a slash leads from the root of the site.
        """
        relative = unquote(address)
        if not address:
            target = path
        elif address.startswith("/"):
            target = self.site / relative.lstrip("/")
        else:
            target = path.parent / relative
        target = target.resolve()
        if target.is_dir():
            return target / "index.html"
        return target

    def is_page_of_another_edition(self, target: Path) -> bool:
        """Whether a page stands in the site, but not in this edition."""
        if target.suffix != ".html" or target.is_relative_to(self.folder):
            return False
        return target.is_relative_to(self.site)

    def ids(self, target: Path) -> frozenset[str]:
        """The anchors of a page of the edition: its ids, and names as they were once written."""
        name = target.relative_to(self.folder).as_posix()
        if name not in self._ids:
            page = self.edition.pages[name]
            ids = page.tree.xpath("//@id | //a/@name")
            self._ids[name] = frozenset(ids)
        return self._ids[name]

    # Other files

    def style_sheet(self, path: Path) -> Iterator[Problem]:
        """Requests to other hosts in a style sheet."""
        styles = path.read_text(encoding="utf-8")
        for address, line in resource_urls.by_styles(styles):
            yield from self.other_host(path, line, address)

    def picture(self, path: Path) -> Iterator[Problem]:
        """Requests to other hosts in an SVG file."""
        tree = etree.parse(path)
        for element in tree.iter(etree.Element):
            yield from self.other_hosts(path, element)


def _is_on_another_host(address: str) -> bool:
    """Whether an address names a host: the site itself uses relative ones."""
    return address.lower().startswith(OTHER_HOSTS)
