"""Names the pictures, checklists, worksheets and tables that readers of an edition meet in English
because strings are missing: those on pages that it has, and worksheets that it has begun.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts.problem import Problem
from roadmap.check.language.shown_messages import catalogue_file, shown_messages
from roadmap.project.project import Edition
from roadmap.translation.lacking import Lacking, lacking

MOST_NAMED = 5  # those that lack the fewest strings
MOST_LINES = 60  # of one


def half_translated(edition: Edition) -> Iterator[Problem]:
    """A hint for each, at the first string that it lacks. Raises Problems where the facts or the
    messages cannot be read.
    """
    begun = _begun_worksheets(edition)
    found = []
    for each in lacking(edition):
        is_met = not edition.own_pages.isdisjoint(each.pages)
        is_begun = each.call.name == "worksheet" and each.call.arguments[0] in begun
        if is_met or is_begun:
            found.append(each)
    for each in found[:MOST_NAMED]:
        yield _hint(edition, each)
    if len(found) > MOST_NAMED:
        others = (
            f"{len(found) - MOST_NAMED} more of the pictures, checklists, worksheets and tables"
        )
        yield Problem(
            catalogue_file(edition),
            1,
            f"{others}, in English because strings have no translation",
            f"a translation of each; `roadmap status {edition.code}` says what comes next",
        )


def _hint(edition: Edition, each: Lacking) -> Problem:
    known = [str(string.line) for string in each.strings if string.line]
    lines = ", ".join(known[:MOST_LINES]) + (", …" if known[MOST_LINES:] else "")
    expected = f"a translation of each: {'line' if len(known) == 1 else 'lines'} {lines}"
    if not known:
        expected = f"what `roadmap refresh {edition.code}` writes, then a translation of each"
    return Problem(
        catalogue_file(edition),
        int(known[0]) if known else 1,
        f"{each.name}: {each.count} without a translation, so all of it comes in English",
        expected,
    )


def _begun_worksheets(edition: Edition) -> set[str]:
    """The ids of the worksheets of which a string is translated."""
    begun = set()
    for message in shown_messages(edition):
        file, _, path = (message.context or "").partition("/")
        if file == "worksheets":
            begun.add(path.split("/")[0])
    return begun
