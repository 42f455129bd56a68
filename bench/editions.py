"""How build time grows with the number of editions: 1, 5 and 24, without PDFs.

Each number is built from scratch, then again after nothing and after one page changed. Prints
ratios to one edition built alone in the same run: machines are shared and noisy.

    python -m bench.editions
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from babel import Locale

from bench.stopwatch import timed
from roadmap.build import build
from roadmap.project.project import Project
from roadmap.translation.catalogue import refresh
from roadmap.translation.sync import sync

ROOT = Path(__file__).resolve().parent.parent
# What a build reads of the project
INPUTS = ("content", "docs", "macros", "overrides", "mkdocs.yml", "pyproject.toml")
# Languages that the theme and Babel know
CODES = [
    "da",
    "nl",
    "pt",
    "sl",
    "de",
    "fr",
    "es",
    "it",
    "sv",
    "nb",
    "fi",
    "pl",
    "cs",
    "sk",
    "hr",
    "hu",
    "ro",
    "bg",
    "el",
    "et",
    "lv",
    "lt",
    "tr",
]


def main() -> None:
    """Prints a line for each build."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        copy_project(root)
        alone = build_time(root)
        print(f"1 edition: {alone:.1f} s = 1")
        for count in (5, 24):
            add_editions(root, CODES[: count - 1])
            shutil.rmtree(root / ".cache")
            print_ratio(f"{count} editions", build_time(root), alone, count)
            print_ratio(f"{count} editions, nothing changed", build_time(root), alone)
            change_page(root)
            print_ratio(f"{count} editions, one page changed", build_time(root), alone)


def copy_project(folder: Path) -> None:
    """Copies what a build reads of the project into a folder."""
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)


def add_editions(root: Path, codes: list[str]) -> None:
    """Adds editions with all pages, in English words: the work of building is the same."""
    english = root / "docs" / "en"
    for code in codes:
        folder = root / "docs" / code
        if folder.exists():
            continue
        shutil.copytree(english, folder, ignore=shutil.ignore_patterns("*.yml"))
        settings = folder / "edition.yml"
        settings.write_text(edition_yml(code), encoding="utf-8")
        refresh(Project(root).edition(code))
        edition = Project(root).edition(code)
        sync(edition, edition.page_paths)


def edition_yml(code: str) -> str:
    """What edition.yml of an edition has to say."""
    locale = Locale.parse(code)
    return (
        f"name: {locale.get_display_name()}\n"
        f"english_name: {locale.get_display_name('en')}\n"
        "title: VALUE Roadmap\n"
        "team: [Nobody]\n"
    )


def change_page(root: Path) -> None:
    """Adds an empty line to a page of the first edition."""
    page = root / "docs" / CODES[0] / "glossary.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n", encoding="utf-8")


def build_time(root: Path) -> float:
    """Seconds that a build takes."""
    duration, _ = timed(lambda: build(root, lambda words: None, pdf=False))
    return duration.clock


def print_ratio(name: str, seconds: float, alone: float, editions: int = 0) -> None:
    """Prints the seconds of a build, in all and for each edition, as ratios to one built alone."""
    ratio = seconds / alone
    line = f"{name}: {seconds:.1f} s = {ratio:.2f}"
    if editions:
        line += f", {ratio / editions:.2f} for each"
    print(line)


if __name__ == "__main__":
    main()
