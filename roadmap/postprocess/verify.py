"""Verifies built pages as a browser would read them: links, ids, requests to other hosts.

Lists what is broken and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from urllib.parse import unquote, urlsplit

from lxml import etree

from macros.facts.problem import Problem
from macros.language.translator import UNTRANSLATED
from roadmap.postprocess import resource_urls
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage
from roadmap.postprocess.resource_urls import MAY_FETCH
from roadmap.project.cache import Memo

# What a piece that did not render leaves in a page: template code, or the mark of a sentence
UNRENDERED = re.compile(r"\{\{|\}\}|\{%|" + UNTRANSLATED)
# The text that readers see
TEXTS = "//body//text()[not(ancestor::script or ancestor::style or ancestor::code)]"
# What an SVG file must hold to name another host, written plainly or not; and what names none
MAY_NAME_HOST = re.compile(rb"https?:|//|wss?:|\\|&#|<!", re.IGNORECASE)
NAMESPACE = re.compile(rb"""\bxmlns(:\w+)?="http://www\.w3\.org/[\w/]+"|url\(data:[^)]*\)""")
# How an address of another host begins, in lower case
OTHER_HOSTS = ("http:", "https:", "//", "ws:", "wss:")


def verify(
    edition: BuiltEdition, beside: Collection[str] = (), memo: Memo | None = None
) -> list[Problem]:
    """Broken links and anchors, repeated ids, requests to other hosts, calls that did not render.

    The folder of the edition stands in that of the site. `beside` are paths below the site of files
    that are not there yet; links to other editions are left to them. `memo` remembers what was
    found in a file. Sorted, each problem once.
    """
    verifier = _Verifier(edition, beside, memo or Memo())
    problems: set[Problem] = set()
    for page in edition.pages.values():
        problems.update(verifier.page(page))
    for path in edition.folder.rglob("*"):
        if path.suffix in FILE_READERS:
            problems.update(verifier.file(path))
    return sorted(problems)


# A line, what was found there, what is expected
Finding = tuple[int, str, str]


# What a page says by itself


def faults_of(page: BuiltPage) -> list[Finding]:
    """Repeated ids, requests to other hosts, calls that did not render."""
    found = list(_repeated_ids(page.tree))
    for element in page.tree.xpath(MAY_FETCH):
        found += _other_hosts(element)
    text = " ".join(page.tree.xpath(TEXTS))
    if match := UNRENDERED.search(text):
        found.append((1, f"`{match[0]}` in the text", "a piece that rendered"))
    return found


def ids_of(page: BuiltPage) -> list[str]:
    """The anchors of a page: its ids, and names as they were once written."""
    return sorted(set(page.tree.xpath("//@id | //a/@name")))


def links_of(page: BuiltPage) -> list[tuple[int, str]]:
    """The addresses of links and resources of the site itself, each with its first line."""
    lines: dict[str, int] = {}
    for element in page.tree.xpath(f"//a[@href] | //area[@href] | {MAY_FETCH}"):
        for address in _addresses(element):
            if address not in lines:
                lines[address] = element.sourceline or 1
    return [(line, address) for address, line in lines.items() if _is_of_this_site(address)]


def _is_of_this_site(address: str) -> bool:
    return bool(address) and not _is_on_another_host(address) and not urlsplit(address).scheme


def _addresses(element: etree._Element) -> Iterable[str]:
    if element.tag in {"a", "area"}:
        return [element.get("href", "")]
    return resource_urls.by_element(element)


def _repeated_ids(tree: etree._Element) -> Iterator[Finding]:
    """Ids that an element before has already: links lead to the first only."""
    seen: set[str] = set()
    for element in tree.xpath("//*[@id]"):
        id = element.get("id")
        if id in seen:
            yield element.sourceline or 1, f"the id `{id}` twice", "each id once on a page"
        seen.add(id)


def _other_hosts(element: etree._Element) -> Iterator[Finding]:
    """Addresses of other hosts that an element makes a browser fetch."""
    line = element.sourceline or 1
    for address in resource_urls.by_element(element):
        yield from _other_host(line, address)
    for address in resource_urls.by_styles_of(element):
        yield from _other_host(line, address)


def _other_host(line: int, address: str) -> Iterator[Finding]:
    """A finding where a browser fetches an address from another host."""
    if _is_on_another_host(address):
        yield line, f"a request to another host: {address}", "a file of the site"


# What the files of an edition say together


class _Verifier:
    """Verifies the files of one edition. Paths are below the site, with forward slashes."""

    def __init__(self, edition: BuiltEdition, beside: Collection[str], memo: Memo):
        """`beside` are paths of files that are not there yet."""
        self.edition = edition
        self.memo = memo
        self.site = edition.folder.parent
        self.beside = frozenset(beside)
        self.files: set[str] = set()
        self.folders = {edition.code}
        for path in edition.folder.rglob("*"):
            name = path.relative_to(self.site).as_posix()
            (self.folders if path.is_dir() else self.files).add(name)
        self._ids: dict[str, frozenset[str]] = {}  # of each page that a link leads into

    def page(self, page: BuiltPage) -> Iterator[Problem]:
        """All that is wrong in a page."""
        name = self.edition.name_of(page)
        for found in page.derive(faults_of):
            yield Problem(name, *found)
        for line, address in page.derive(links_of):
            if problem := self.broken(page, address):
                yield Problem(name, line, *problem)

    def broken(self, page: BuiltPage, address: str) -> tuple[str, str] | None:
        """What is wrong with a link whose file or anchor is not there, and what is expected.

        Pages of other editions are not looked into: each edition is built by itself.
        """
        parts = urlsplit(address)
        target = self.target(page, unquote(parts.path))
        if target in self.beside or self.is_page_of_another_edition(target):
            return None
        if not self.is_file(target):
            return f"a link to `{address}`, which is not there", "a page or file of the site"
        anchor = unquote(parts.fragment)
        if anchor and target.endswith(".html") and anchor not in self.ids(target):
            return f"a link to `{address}`, where no such place is", "an id of that page"
        return None

    def target(self, page: BuiltPage, path: str) -> str:
        """The file that a link on a page leads to; of a folder, its index page.

        `path` is the link without its anchor, which is empty for a link to the page itself. One
        that begins with a slash leads from the root of the host.
        """
        own = f"{self.edition.code}/{page.path}"
        if not path:
            return own
        if path.startswith("/"):
            target = normpath(relpath(path, self.edition.base))
        else:
            target = normpath(join(dirname(own), path))
        if target in self.folders:
            return f"{target}/index.html"
        return target

    def is_file(self, target: str) -> bool:
        if target.startswith(f"{self.edition.code}/"):
            return target in self.files
        return not target.startswith("..") and (self.site / target).is_file()

    def is_page_of_another_edition(self, target: str) -> bool:
        """Whether a page stands in the site, but not in this edition."""
        if not target.endswith(".html") or target.startswith(".."):
            return False
        return not target.startswith(f"{self.edition.code}/")

    def ids(self, target: str) -> frozenset[str]:
        """The anchors of a page of the edition."""
        name = target.removeprefix(f"{self.edition.code}/")
        if name not in self._ids:
            self._ids[name] = frozenset(self.edition.pages[name].derive(ids_of))
        return self._ids[name]

    # Other files

    def file(self, path: Path) -> Iterator[Problem]:
        """Requests to other hosts in a style sheet or in a picture."""
        content = path.read_bytes()
        reader = FILE_READERS[path.suffix]
        name = f"site/{path.relative_to(self.site).as_posix()}"
        for found in self.memo.get(lambda: list(reader(content)), path.suffix, content):
            yield Problem(name, *found)


def _in_style_sheet(content: bytes) -> Iterator[Finding]:
    """Requests to other hosts in a style sheet."""
    for address, line in resource_urls.by_styles(content.decode("utf-8")):
        yield from _other_host(line, address)


def _in_picture(content: bytes) -> Iterator[Finding]:
    """Requests to other hosts in an SVG file."""
    if not MAY_NAME_HOST.search(NAMESPACE.sub(b"", content)):
        return
    tree = etree.fromstring(content)
    for element in tree.xpath(MAY_FETCH):
        yield from _other_hosts(element)


# Suffix of a file that may fetch others → what finds these requests in its content
FILE_READERS: dict[str, Callable[[bytes], Iterator[Finding]]] = {
    ".css": _in_style_sheet,
    ".svg": _in_picture,
}


def _is_on_another_host(address: str) -> bool:
    """Whether an address names a host: the site itself uses relative ones."""
    return address.lower().startswith(OTHER_HOSTS)
