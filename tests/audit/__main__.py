"""`make audit`: every page of every edition and of the right-to-left one: axe, vnu, policy, requests, bytes; Lighthouse.

Prints one row for each page, then what is wrong; then runs the rest of each row of tests of which `make test` runs a sample.
Exit code 1 when anything is above its bar.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from roadmap.build import Say
from tests.audit import markup, show, speed
from tests.audit.finding import Finding, Row
from tests.audit.walk import walk
from tests.conftest import ROOT, build_with_arabic

AT_ONCE, CHUNK = 2, 12  # browsers; pages for each before it is started afresh


def main() -> int:
    say = partial(print, file=sys.stderr, flush=True)
    site = build_with_arabic(ROOT / ".cache" / "audit", say)
    pages = all_pages(site)
    rows = judged(site, pages, say)
    show.rows(rows)
    found = [finding for row in rows for finding in row.all()]
    show.findings(found)
    show.questions(rows)
    marked = speed.table(site)
    show.marks(marked)
    slow = [page for page, (scores, _) in marked.items() if min(scores.values()) < speed.BAR]
    tests = subprocess.run([sys.executable, "-m", "pytest", "-m", "audit"], cwd=ROOT, check=False)
    return bool(found or slow or tests.returncode)


def all_pages(site: Path) -> list[str]:
    """Every page of the site, as paths in it."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def judged(site: Path, pages: list[str], say: Say) -> list[Row]:
    """A row for each page, and for each style sheet or picture that vnu finds fault with."""
    rows = walked(site, pages, say)
    spread(markup.judge(site), rows)
    return rows


def walked(site: Path, pages: list[str], say: Say) -> list[Row]:
    chunks = [pages[i : i + CHUNK] for i in range(0, len(pages), CHUNK)]
    rows: list[Row] = []
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for chunk in pool.map(partial(walk, site), chunks):
            rows += chunk
            say(f"Looked at {len(rows)} of {len(pages)} pages …")
    return rows


def spread(findings: list[Finding], rows: list[Row]) -> None:
    """Gives each page its findings; what belongs to a style sheet or a picture gets a row of its own."""
    by_page = {row.page: row for row in rows}
    for finding in findings:
        if finding.page not in by_page:
            by_page[finding.page] = Row(finding.page)
            rows.append(by_page[finding.page])
        by_page[finding.page].findings.append(finding)


if __name__ == "__main__":
    sys.exit(main())
