"""Makes many cases of the four: copies of facts and pages, with ids of their own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from bench.checkout import ENGLISH, Checkout

LAST_IN_NAV = "      - cases/findings.md\n"


def add_cases(checkout: Checkout, count: int) -> None:
    """Adds cases until there are `count`, each with its page and its place in the navigation.

    They are more than a browser may be asked to save, so offline use is withdrawn.
    """
    originals = sorted((checkout.root / "content" / "cases").glob("*.yml"))
    nav = ""
    for index in range(count - len(originals)):
        original = originals[index % len(originals)]
        name = f"{original.stem}-{index}"
        ids = _write_case(original, name, f"-{index}")
        pages = checkout.root / "docs" / ENGLISH / "cases"
        _write_page(pages / f"{original.stem}.md", name, f"-{index}", ids)
        nav += f"      - cases/{name}.md\n"
    config = checkout.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    text = text.replace(LAST_IN_NAV, nav + LAST_IN_NAV)
    text = text.replace("  offline: true", "  offline: false")
    config.write_text(text, encoding="utf-8")


def _write_case(original: Path, name: str, suffix: str) -> list[str]:
    """Copies a case, with a suffix behind its ids; returns the ids that it had."""
    case = yaml.safe_load(original.read_text(encoding="utf-8"))
    ids = _add_to_ids(case, suffix)
    text = yaml.safe_dump(case, allow_unicode=True, sort_keys=False)
    original.with_name(f"{name}.yml").write_text(text, encoding="utf-8")
    return ids


def _add_to_ids(case: dict[str, Any], suffix: str) -> list[str]:
    """Writes a suffix behind the ids of a case, its centres and pathways; returns the old ids."""
    ids = []
    for identified in (case, *case["centres"], *case["pathways"]):
        ids.append(identified["id"])
        identified["id"] += suffix
    for pathway in case["pathways"]:
        pathway["centres"] = [centre + suffix for centre in pathway["centres"]]
    return ids


def _write_page(original: Path, name: str, suffix: str, ids: list[str]) -> None:
    """Copies the page of a case; its pieces name the copied ids."""
    names = "|".join(map(re.escape, ids))
    text = original.read_text(encoding="utf-8")
    text = re.sub(rf'"({names})"', rf'"\1{suffix}"', text)
    original.with_name(f"{name}.md").write_text(text, encoding="utf-8")
