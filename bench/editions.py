"""What editions cost: 1, 5 and 24 of them, built without PDFs, and built again after nothing or one
page changed.

.venv/bin/python bench/editions.py

Prints ratios to one edition built alone in the same run: machines are shared and noisy.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from babel import Locale

from roadmap.build import build
from roadmap.translation import catalogue

ROOT = Path(__file__).resolve().parent.parent
INPUTS = ("content", "docs", "macros", "overrides", "mkdocs.yml", "pyproject.toml")
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
    with tempfile.TemporaryDirectory() as temporary:
        root = project(Path(temporary))
        alone = timed(root)
        print(f"1 edition: {alone:.1f} s = 1")
        for count in (5, 24):
            copies(root, CODES[: count - 1])
            shutil.rmtree(root / ".cache")
            tell(f"{count} editions", timed(root), alone, count)
            tell(f"{count} editions, nothing changed", timed(root), alone)
            page = root / "docs" / CODES[0] / "glossary.md"
            page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
            tell(f"{count} editions, one page changed", timed(root), alone)


def project(folder: Path) -> Path:
    for name in INPUTS:
        path = ROOT / name
        shutil.copytree(path, folder / name) if path.is_dir() else shutil.copy(path, folder / name)
    return folder


def copies(root: Path, codes: list[str]) -> None:
    """Editions with all pages, in English words: the work of building is the same."""
    for code in codes:
        folder, locale = root / "docs" / code, Locale.parse(code)
        if folder.exists():
            continue
        shutil.copytree(root / "docs" / "en", folder, ignore=shutil.ignore_patterns("*.yml"))
        (folder / "edition.yml").write_text(
            f"name: {locale.get_display_name()}\nenglish_name: {locale.get_display_name('en')}\n"
            "title: VALUE Roadmap\nteam: [Nobody]\n",
            encoding="utf-8",
        )
        catalogue.refresh(root, code)
        pinned(root, code)


def pinned(root: Path, code: str) -> None:
    from roadmap.translation.sync import sync

    folder = root / "docs" / code
    sync(root, code, [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md"))])


def timed(root: Path) -> float:
    return seconds(lambda: build(root, lambda words: None, pdf=False))


def seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def tell(what: str, took: float, alone: float, editions: int = 0) -> None:
    each = f", {took / alone / editions:.2f} for each" if editions else ""
    print(f"{what}: {took:.1f} s = {took / alone:.2f}{each}")


if __name__ == "__main__":
    main()
