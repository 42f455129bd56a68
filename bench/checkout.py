"""A copy of the project, the commands run there, and the changes made there.

Asks the project nothing but through its command line.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from bench.process import ROOT, Failed, Usage, measure, python

ENGLISH = "en"
# What a build reads of the project
INPUTS = ("content", "docs", "macros", "overrides", "mkdocs.yml", "pyproject.toml")
# What commands make in a checkout
MADE = (".cache", "site", "mkdocs.*.yml", "overrides/assets/fonts")
# The page whose words change, and the case whose numbers change
PAGE = "cases/belgium"
CASE = "content/cases/belgium.yml"
# The first word of the first paragraph
FIRST_WORD = re.compile(r"^[A-Z]\w*(?= .*\.$)", re.MULTILINE)
CHILDREN = re.compile(r"(?<=    children:\n      value: )\d+")
TITLE = re.compile(r"^# ", re.MULTILINE)


class Checkout:
    """A copy of the project."""

    def __init__(self, root: Path):
        self.root = root

    def copy(self, name: str) -> Checkout:
        """A copy beside this one, without what commands have made."""
        target = Checkout(self.root.with_name(name))
        copy_inputs(self.root, target.root)
        target.clear()
        return target

    def clear(self) -> None:
        """Removes everything that commands have made, caches too."""
        for pattern in MADE:
            for path in self.root.glob(pattern):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()

    # Commands

    def roadmap(self, *arguments: str) -> Usage:
        """Runs the `roadmap` command. Raises Failed."""
        return measure(python("roadmap", *arguments), self.root)

    def build(self, *codes: str) -> Usage:
        """Builds editions, or all, without PDFs. Raises Failed."""
        return self.roadmap("build", *codes, "--no-pdf")

    # Changes

    def change_word(self, code: str, word: str) -> None:
        """Writes a capitalised word for the first word of the page."""
        replace_first(FIRST_WORD, word, self._page(code))

    def add_blank_line(self, code: str) -> None:
        """Adds a blank line at the end of the page."""
        page = self._page(code)
        text = page.read_text(encoding="utf-8")
        page.write_text(f"{text}\n", encoding="utf-8")

    def change_fact(self, number: int) -> None:
        """Writes a number for the number of children of the first centre of the case."""
        replace_first(CHILDREN, str(number), self.root / CASE)

    def withhold(self, code: str) -> None:
        """Says that readers are not offered an edition: it gets sheets, but no book."""
        with (self.root / "docs" / code / "edition.yml").open("a", encoding="utf-8") as file:
            file.write("offered: false\n")

    def add_editions(self, codes: Iterable[str]) -> None:
        """Adds editions with all pages, in English words but for a sign in each title: the work of
        building is the same.
        """
        for code in codes:
            if not (self.root / "docs" / code).exists():
                self._add_edition(code)

    def _add_edition(self, code: str) -> None:
        self.roadmap("new", "edition", code)
        english = self.root / "docs" / ENGLISH
        names = []
        for page in english.rglob("*.md"):
            name = page.relative_to(english)
            target = english.with_name(code) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            text = page.read_text(encoding="utf-8")
            target.write_text(TITLE.sub(f"# {code} ", text, count=1), encoding="utf-8")
            names.append(name.as_posix())
        self.roadmap("sync", code, *names)

    def _page(self, code: str) -> Path:
        """The page that changes, of an edition."""
        return self.root / "docs" / code / f"{PAGE}.md"


def replace_first(pattern: re.Pattern[str], new: str, path: Path) -> None:
    """Replaces the first match in a file. Raises Failed where nothing matches."""
    text = path.read_text(encoding="utf-8")
    text, found = pattern.subn(new, text, count=1)
    if not found:
        raise Failed(f"nothing to change in {path.name}")
    path.write_text(text, encoding="utf-8")


def english_checkout(root: Path) -> Checkout:
    """A copy of the project as it is, with nothing made and no edition but the English one."""
    copy_inputs(ROOT, root)
    for folder in (root / "docs").iterdir():
        if folder.name != ENGLISH:
            shutil.rmtree(folder)
    checkout = Checkout(root)
    checkout.clear()
    return checkout


def copy_inputs(source: Path, target: Path) -> None:
    """Copies what a build reads from one folder to a new one."""
    target.mkdir()
    for name in INPUTS:
        path = source / name
        if path.is_dir():
            shutil.copytree(path, target / name)
        else:
            shutil.copy2(path, target / name)
