"""How long the book takes and how large it is: `python -m bench.book`, after a build. Bar: the
present site in 25 s.
"""

from __future__ import annotations

import sys
import time
from io import BytesIO
from pathlib import Path

import page
import pikepdf

from macros import pieces_of
from macros.language.translator import Translator
from roadmap.pdf import book
from roadmap.project import mkdocs_config

ROOT = Path(__file__).resolve().parent.parent
EDITION = ROOT / "site" / "en"


def main() -> None:
    if not EDITION.exists():
        sys.exit("bench: no site/en; run `roadmap build` first")
    imprint = pieces_of(ROOT, "en")("index.md").imprint
    nav = mkdocs_config.config(ROOT / "mkdocs.yml")["nav"]
    styles = ROOT / book.STYLES
    html = _timed(
        "pages read and put together",
        book.document,
        EDITION,
        Translator("en"),
        imprint,
        nav,
        styles,
    )
    first, second = (_timed("the book", book.pressed, html, styles) for _ in range(2))
    report = _timed("checked as PDF/UA-1", page.validate_pdf_bytes, first, profile="ua1")
    with pikepdf.open(BytesIO(first)) as pdf:
        print(
            f"{len(pdf.pages)} pages, {len(first) / 1024:.0f} KB, {len(report.failures)} rules broken"
        )
    print("the same bytes twice" if first == second else "the bytes differ")


def _timed(name: str, do, *arguments, **named):
    start = time.perf_counter(), time.process_time()
    result = do(*arguments, **named)
    seconds, busy = time.perf_counter() - start[0], time.process_time() - start[1]
    print(f"{seconds:6.1f} s ({busy:.1f} s of the processor)  {name}")
    return result


if __name__ == "__main__":
    main()
