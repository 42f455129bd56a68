"""How long the book takes and how large it is: `python -m bench.book`, after a build.

Bar: the present site in 25 s.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import page
import pikepdf

from bench.stopwatch import timed
from roadmap.pdf import book
from roadmap.postprocess.built_edition import BuiltEdition
from roadmap.project.project import Project

Result = TypeVar("Result")

ROOT = Path(__file__).resolve().parent.parent
EDITION = ROOT / "site" / "en"


def main() -> None:
    """Prints a line for each step, then pages, size and rules of PDF/UA-1 that the book breaks."""
    if not EDITION.exists():
        sys.exit("bench: no site/en; run `roadmap build` first")
    styles = ROOT / book.STYLES
    html = _step("pages read and put together", lambda: _document(styles))
    first = _step("the book", lambda: book.render(html, styles))
    second = _step("the book", lambda: book.render(html, styles))
    report = _step(
        "checked as PDF/UA-1",
        lambda: page.validate_pdf_bytes(first, profile="ua1"),
    )
    with pikepdf.open(BytesIO(first)) as pdf:
        pages = len(pdf.pages)
    kilobytes = len(first) / 1024
    print(f"{pages} pages, {kilobytes:.0f} KB, {len(report.failures)} rules broken")
    if first == second:
        print("the same bytes twice")
    else:
        print("the bytes differ")


def _document(styles: Path) -> str:
    """The HTML of the book, from the built English edition."""
    english = Project(ROOT).english
    site_pages = {}
    for path, built_page in BuiltEdition(EDITION).pages.items():
        site_pages[path] = built_page.html
    return book.document(
        site_pages,
        english.translator,
        english.pieces("index.md").imprint,
        english.project.nav,
        styles,
    )


def _step(name: str, work: Callable[[], Result]) -> Result:
    """Does some work, prints how long it took, and returns its result."""
    duration, result = timed(work)
    print(f"{duration}  {name}")
    return result


if __name__ == "__main__":
    main()
