"""The editions of a checkout as they are now: pages, and the files that pages ask for.

Nothing is written but fonts. What did not change since the last look is not made again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from macros.facts.problem import Problem, Problems
from macros.typesetting.fonts import SCRIPTS
from roadmap.check.safety.files import check_safety
from roadmap.postprocess import bundle, picture_files, search_index, theme_fixes
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage
from roadmap.project import addresses
from roadmap.project.edition_file import EditionFile
from roadmap.project.file_state import State, state_of
from roadmap.project.mkdocs_config import THEME
from roadmap.project.project import Edition, Project
from roadmap.staging import web_fonts
from roadmap.staging.stage import StagedEdition
from roadmap.staging.theme import Theme

OfferedOf = Callable[[Project], Mapping[str, EditionFile]]


class Editions:
    """The editions of a checkout, read anew when a file has changed."""

    def __init__(self, root: Path, offered_of: OfferedOf):
        """`offered_of` tells which editions the menu offers."""
        self.root = root
        self.offered_of = offered_of
        self.lock = threading.RLock()
        self.version = 0  # another one, another look
        self.project = Project(root)
        self._state: State = ()
        self._editions: dict[str, PreviewEdition] = {}

    def refresh(self) -> int:
        """Looks whether something has changed; the version of what is shown."""
        with self.lock:
            state = state_of(self.root)
            if state != self._state:
                self._state = state
                self.version += 1
                self.project = Project(self.root, self.project.memos)
                self._editions = {}
            return self.version

    def edition(self, code: str) -> PreviewEdition:
        """An edition by its code. Raises Problems where it cannot be read."""
        with self.lock:
            if code not in self._editions:
                self.project.known([code])
                staged = StagedEdition(self.project.edition(code), self.offered_of(self.project))
                self._editions[code] = PreviewEdition(staged)
            return self._editions[code]

    def problems(self, code: str) -> list[Problem]:
        """Everything that is wrong with English and this edition.

        Another process looks, so that pages need not wait.
        """
        command = [sys.executable, "-m", "roadmap", "check", code, "--format", "json"]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        try:
            return [Problem(**each) for each in json.loads(done.stdout)["problems"]]
        except (ValueError, KeyError, TypeError):  # it was stopped, as this preview will be
            return []


def _unsafe_pages(edition: Edition) -> dict[str, list[Problem]]:
    """What may not stand on pages of an edition, by their paths.

    Raises Problems where anything else in its folder may not be there.
    """
    pages = {edition.file_name(path): path for path in edition.page_paths}
    unsafe: dict[str, list[Problem]] = {}
    elsewhere = []
    for problem in check_safety(edition):
        if problem.path in pages:
            unsafe.setdefault(pages[problem.path], []).append(problem)
        else:
            elsewhere.append(problem)
    if elsewhere:
        raise Problems(elsewhere)
    return unsafe


class PreviewEdition:
    """One edition as it is now."""

    def __init__(self, staged: StagedEdition):
        """Raises Problems where the edition is not safe as a whole."""
        self.staged = staged
        self.unsafe = _unsafe_pages(staged.edition)  # they are not shown
        self.theme = Theme(staged)
        self._pages: dict[str, str] = {}

    def page(self, name: str) -> str | None:
        """The HTML of a page by its path, `how/index.html`; None where there is none.

        Raises Problems where it cannot be rendered.
        """
        path = name.removesuffix(".html") + ".md"
        if path not in self.staged.paths:
            return None
        if path in self.unsafe:
            raise Problems(self.unsafe[path])
        if name not in self._pages:
            html = self.theme.page(self.staged.page(path))
            self._pages[name] = bundle.without_pdf_links(theme_fixes.fixed(html))
        return self._pages[name]

    def not_found(self) -> str:
        return theme_fixes.fixed(self.theme.not_found())

    def file(self, name: str) -> bytes | None:
        """The content of a file that pages ask for; None where there is none."""
        if name == f"{search_index.FOLDER}/{search_index.SCRIPT}":
            return self._search_index()
        if name.startswith("pictures/"):
            return self._picture(name)
        for folder in self._folders():
            path = folder / name
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                return path.read_bytes()
        return None

    def _folders(self) -> Iterator[Path]:
        """The folders whose files pages may ask for, the first that has one counts."""
        root = self.staged.edition.project.root
        yield root / "overrides"
        if script := SCRIPTS.get(self.staged.edition.translator.script):
            folder = root / ".cache" / "preview" / self.staged.edition.code
            if not (folder / web_fonts.style_sheet(script)).exists():
                web_fonts.add(folder, script)
            yield folder
        yield THEME

    def _built(self) -> BuiltEdition:
        """All pages, for what is put together from them."""
        pages = {}
        for path in self.staged.paths:
            name = addresses.html_path(path)
            pages[name] = BuiltPage(name, self.page(name) or "")
        return BuiltEdition(Path(self.staged.edition.code), pages)

    def _search_index(self) -> bytes:
        text = search_index.index_of(self._built(), self.staged.search, self.staged.tags)
        return text.encode()

    def _picture(self, name: str) -> bytes | None:
        """A picture to be downloaded."""
        root = self.staged.edition.project.root
        styles = picture_files.styles_in(root / "overrides")
        for page in self._built().pages.values():
            for path, markup, direction in page.derive(picture_files.pictures_of):
                if path == name:
                    return picture_files.standalone(markup, styles, direction)
        return None
