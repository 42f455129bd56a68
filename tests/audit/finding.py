"""What a page is blamed for, and the row of the table that it is counted in."""

from __future__ import annotations

from dataclasses import dataclass, field

COUNTED = ("axe", "vnu", "policy", "requests")  # columns that must stay at 0
BARS = {"raw": 300_000, "packed": 100_000}  # bytes of a first visit: HTML, CSS and scripts; all of it, as it travels


@dataclass(frozen=True)
class Finding:
    """One fault on one page. `states` names the ways in which the page was shown when it was seen."""

    page: str
    column: str
    rule: str
    element: str
    advice: str
    states: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = f" [{', '.join(self.states)}]" if self.states else ""
        return f"site/{self.page}: {self.rule}: {self.element}: {self.advice}{shown}"


@dataclass
class Row:
    """One page. `raw` and `packed` are bytes; `open_questions` is what axe leaves to a human eye."""

    page: str
    raw: int = 0
    packed: int = 0
    findings: list[Finding] = field(default_factory=list)
    open_questions: list[Finding] = field(default_factory=list)

    def count(self, column: str) -> int:
        return sum(finding.column == column for finding in self.findings)

    def too_heavy(self) -> list[Finding]:
        return [
            Finding(self.page, "bytes", f"first visit, {name}", f"{getattr(self, name):,} bytes", f"at most {bar:,}")
            for name, bar in BARS.items() if getattr(self, name) > bar
        ]

    def all(self) -> list[Finding]:
        return [*self.findings, *self.too_heavy()]


def merged(findings: list[Finding]) -> list[Finding]:
    """The same fault in several states, told once."""
    seen: dict[tuple[str, ...], Finding] = {}
    for one in findings:
        key = (one.page, one.column, one.rule, one.element)
        before = seen.get(key)
        seen[key] = Finding(*key, (before or one).advice, (before.states if before else ()) + one.states)
    return list(seen.values())
