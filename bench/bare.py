"""The same English pages built bare: MkDocs with stock Material, and other generators beside it.

Calls of pieces stay as text.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import yaml

from bench.checkout import ENGLISH, FIRST_WORD, PAGE, replace_first
from bench.process import ROOT, Usage, measure, python

# Hugo writes each page of ours without a theme: the least that a page needs
HUGO_LAYOUT = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
<nav>{{ range site.Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<main>{{ .Content }}</main>
</body>
</html>
"""
HUGO_CONFIG = 'disableKinds = ["taxonomy", "term", "RSS"]\n'


class Bare:
    """A folder with the English pages and a configuration for MkDocs and Zensical."""

    command = python("mkdocs", "build", "--quiet")

    def __init__(self, root: Path):
        self.root = root
        shutil.copytree(
            ROOT / "docs" / ENGLISH,
            root / "docs",
            ignore=_all_but_pages,
        )
        config = yaml.safe_dump(_config())
        (root / "mkdocs.yml").write_text(config, encoding="utf-8")

    def build(self) -> Usage:
        """One `mkdocs build`: the unit of all ratios. Raises Failed."""
        return self._build_cold(self.command)

    def change_word(self, word: str) -> None:
        """Writes a capitalised word for the first word of the page that changes."""
        replace_first(FIRST_WORD, word, self.root / "docs" / f"{PAGE}.md")

    def build_with_zensical(self, program: str) -> Usage:
        """Raises Failed."""
        return self._build_cold([program, "build"])

    def _build_cold(self, command: list[str]) -> Usage:
        for name in ("site", ".cache"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        return measure(command, self.root)


class BareHugo:
    """A folder with the pages of a number of editions, for Hugo."""

    def __init__(self, root: Path, editions: int):
        self.root = root
        for number in range(editions):
            content = root / "content" / str(number)
            shutil.copytree(ROOT / "docs" / ENGLISH, content, ignore=_all_but_pages)
            for index in content.rglob("index.md"):
                index.rename(index.with_name("_index.md"))
        (root / "hugo.toml").write_text(HUGO_CONFIG, encoding="utf-8")
        layouts = root / "layouts"
        layouts.mkdir()
        for kind in ("home", "list", "single"):
            (layouts / f"{kind}.html").write_text(HUGO_LAYOUT, encoding="utf-8")

    def build(self, program: str) -> Usage:
        """Raises Failed."""
        for name in ("public", "resources"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        return measure([program, "--quiet"], self.root)


def program_named(name: str) -> str | None:
    """Where a program is: beside the Python of this process, or on the PATH."""
    beside = Path(sys.executable).with_name(name)
    if beside.exists():
        return str(beside)
    return shutil.which(name)


def _config() -> dict[str, Any]:
    """Stock Material, with the Markdown extensions of the project."""
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        project = yaml.safe_load(file)
    return {
        "site_name": project["site_name"],
        "site_url": "https://bare.example/",
        "use_directory_urls": False,
        "theme": {"name": "material", "font": False},
        "plugins": ["search"],
        "markdown_extensions": project["markdown_extensions"],
    }


def _all_but_pages(folder: str, names: list[str]) -> list[str]:
    """The files of a folder that are no pages."""
    others = []
    for name in names:
        path = Path(folder) / name
        if path.is_file() and path.suffix != ".md":
            others.append(name)
    return others
