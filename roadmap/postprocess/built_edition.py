"""The pages of a built edition in memory: changed step by step, read once, written once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from macros.typesetting import subset
from macros.typesetting.subset import Fonts

NOT_FOUND = "404.html"  # the page for addresses that are not there


class BuiltPage:
    """A page as it was built. `path` is below the edition and ends in .html.

    `derived` is what readers have found in this HTML; it grows, see `derive`.
    """

    def __init__(self, path: str, html: str, derived: dict[str, Any] | None = None):
        self.path = path
        self._html = html
        self._tree: etree._Element | None = None
        self.derived: dict[str, Any] = {} if derived is None else derived

    @property
    def html(self) -> str:
        return self._html

    @html.setter
    def html(self, html: str) -> None:
        if html != self._html:
            self._html = html
            self._tree = None
            self.derived = {}

    @property
    def tree(self) -> etree._Element:
        """The page as lxml parses it, to be looked at only. Parsed again when the page changed."""
        if self._tree is None:
            self._tree = etree.HTML(
                self._html
            )  # plain elements: those of lxml.html cost as much again
        return self._tree

    def derive(self, reader: Callable[[BuiltPage], Any]) -> Any:
        """What a reader finds in the page, which it reads once for each HTML.

        It depends on nothing but the page, and can be written as JSON: a build that finds the page
        unchanged takes it over from the build before.
        """
        name = f"{reader.__module__}.{reader.__qualname__}"
        if name not in self.derived:
            self.derived[name] = reader(self)
        return self.derived[name]


class BuiltEdition:
    """A built edition: its folder, which ends in its code, and its pages in memory.

    `has_pdfs` tells whether the worksheets and the book are made, too; `fonts` cuts its fonts;
    `base` is the path of the site on its host, ending in a slash.
    """

    def __init__(
        self,
        folder: Path,
        pages: Mapping[str, BuiltPage],
        has_pdfs: bool = True,
        fonts: Fonts = subset,
        base: str = "/",
    ):
        """`pages` by their paths below the folder."""
        self.folder = folder
        self.has_pdfs = has_pdfs
        self.fonts = fonts
        self.base = base
        self.pages = {path: pages[path] for path in sorted(pages)}

    @classmethod
    def read(cls, folder: Path, has_pdfs: bool = True) -> BuiltEdition:
        """An edition whose pages stand in its folder."""
        pages = {}
        for path in folder.rglob("*.html"):
            name = path.relative_to(folder).as_posix()
            pages[name] = BuiltPage(name, path.read_text(encoding="utf-8"))
        return cls(folder, pages, has_pdfs)

    @property
    def code(self) -> str:
        return self.folder.name

    def name_of(self, page: BuiltPage) -> str:
        """A page as messages name it: `site/en/index.html`."""
        return f"site/{self.code}/{page.path}"
