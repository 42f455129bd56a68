"""The pages of a built edition in memory: read once, changed step by step, written once."""

from __future__ import annotations

from pathlib import Path

import lxml.html
from lxml.html import HtmlElement

from roadmap.project.mkdocs_config import stemmer


class BuiltPage:
    """A page as it was built. `path` is below the edition and ends in .html."""

    def __init__(self, path: str, html: str):
        self.path = path
        self._html = html
        self._tree: HtmlElement | None = None

    @property
    def html(self) -> str:
        return self._html

    @html.setter
    def html(self, html: str) -> None:
        if html != self._html:
            self._html = html
            self._tree = None

    @property
    def tree(self) -> HtmlElement:
        """The page as lxml parses it, to be looked at only. Parsed again when the page changed."""
        if self._tree is None:
            self._tree = lxml.html.document_fromstring(self._html)
        return self._tree


class BuiltEdition:
    """A built edition: its folder, which ends in its code, and its pages in memory.

    `has_pdfs` tells whether the worksheets and the book are made, too.
    """

    def __init__(self, folder: Path, has_pdfs: bool = True):
        self.folder = folder
        self.has_pdfs = has_pdfs
        self.pages: dict[str, BuiltPage] = {}
        for path in sorted(folder.rglob("*.html")):
            name = path.relative_to(folder).as_posix()
            self.pages[name] = BuiltPage(name, path.read_text(encoding="utf-8"))

    @property
    def code(self) -> str:
        return self.folder.name

    @property
    def stemmer(self) -> str:
        """The language of the stop words that search uses."""
        return stemmer(self.code)

    def name_of(self, page: BuiltPage) -> str:
        """A page as messages name it: `site/en/index.html`."""
        return f"site/{self.code}/{page.path}"

    def write(self) -> None:
        """Writes the pages back."""
        for name, page in self.pages.items():
            (self.folder / name).write_text(page.html, encoding="utf-8")
