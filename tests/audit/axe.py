"""axe on a page as it stands: every rule that axe has switched on, best practices too, and the size of targets."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.audit.finding import Finding
from tests.audit.tools import TOOLS

RUN = """async () => {
  const rules = { "target-size": { enabled: true } };
  const said = await axe.run(document, { rules, resultTypes: ["violations", "incomplete"] });
  return [said.violations, said.incomplete];
}"""


@cache
def _source() -> str:
    return (TOOLS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def judge(page: Page, name: str, state: str) -> tuple[list[Finding], list[Finding]]:
    """What axe calls a fault, and what it cannot judge, on a page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    faults, unsure = page.evaluate(RUN)
    return _findings(faults, name, state), _findings(unsure, name, state)


def _findings(said: list[dict[str, Any]], name: str, state: str) -> list[Finding]:
    """What lies below an open menu is no target: a click there shuts the menu."""
    return [
        Finding(name, "axe", rule["id"], " ".join(map(str, node["target"])), _advice(rule, node), (state,))
        for rule in said for node in rule["nodes"]
        if not (rule["id"] == "target-size" and "obscured" in _advice(rule, node) and state.endswith("open"))
    ]


def _advice(rule: dict[str, Any], node: dict[str, Any]) -> str:
    summary = node.get("failureSummary") or rule["help"]
    return " ".join(summary.replace("Fix any of the following:", "").replace("Fix all of the following:", "").split())
