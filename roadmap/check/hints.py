"""What is left to do in an edition: pages, sections and strings. It stops nothing; an edition may
grow slowly.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.facts.problem import Problem
from roadmap.translation import catalogue, progress


def left(root: Path, code: str) -> Iterator[Problem]:
    """Each page that is missing, each section that English has left behind, and how many strings
    each room lacks.
    """
    counted = progress.edition(root, code, look_back=False)
    for page in counted.missing:
        core = "the core set" if page.core else "the other pages"
        yield Problem(
            page.file,
            1,
            f"no such page yet; it belongs to {core}",
            f"a translation of docs/en/{page.page}",
        )
    for each in counted.drifted:
        there = f"the section `#{each.id}`, {each.why} in English since it was translated"
        yield Problem(
            f"docs/{code}/{each.page}",
            each.line,
            there,
            "what English says now, then `roadmap sync`",
        )
    for room, tally in catalogue.missing(root, code).items():
        if lacking := tally.messages - tally.shown:
            there = f"{lacking} of {tally.messages} texts of {room} without a translation that can be shown"
            yield Problem(
                f"docs/{code}/messages.po", 1, there, "a translation of each, not marked fuzzy"
            )
    yield from catalogue.outdated(root, code)
