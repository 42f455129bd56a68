"""What `make audit` prints. Judges nothing."""

from __future__ import annotations

import sys
from collections import Counter

from rich.console import Console
from rich.table import Table

from tests.audit.finding import COUNTED, Finding, Row
from tests.audit.speed import BAR, MARKS

CONSOLE = Console(soft_wrap=True, highlight=False, width=None if sys.stdout.isatty() else 130)


def rows(rows: list[Row]) -> None:
    table = Table("edition", "page", *COUNTED, "bytes, raw", "bytes, packed")
    for row in rows:
        code, _, page = row.page.rpartition("/") if "/" not in row.page else row.page.partition("/")
        heavy = "red" if row.too_heavy() else "none"
        weights = [f"[{heavy}]{number:,}[/]" for number in (row.raw, row.packed)]
        table.add_row(code, page, *(_number(row.count(column)) for column in COUNTED), *weights)
    CONSOLE.print(table)


def _number(found: int) -> str:
    return f"[red]{found}[/]" if found else "0"


def findings(found: list[Finding]) -> None:
    for finding in found:
        CONSOLE.print(str(finding), markup=False)


def questions(rows: list[Row]) -> None:
    """What axe cannot judge, counted by rule, with the first place of each."""
    asked = [question for row in rows for question in row.open_questions]
    counted = Counter(question.rule for question in asked)
    for rule, number in counted.most_common():
        first = next(question for question in asked if question.rule == rule)
        CONSOLE.print(f"axe leaves to you: {rule}, {number} places; the first: {first}", markup=False)


def marks(pages: dict[str, tuple[dict[str, int], list[str]]]) -> None:
    table = Table("Lighthouse", *MARKS)
    for page, (scores, _) in pages.items():
        table.add_row(page, *(f"[red]{s}[/]" if s < BAR else str(s) for s in scores.values()))
    CONSOLE.print(table)
    for page, (_, costs) in pages.items():
        for cost in costs:
            CONSOLE.print(f"site/{page}: {cost}", markup=False)
