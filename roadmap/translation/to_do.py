"""What is left to do in an edition, in lines for the terminal, the most useful first. Writes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts.problem import brief
from macros.language import messages
from roadmap.project.project import Edition
from roadmap.translation import catalogue
from roadmap.translation.lacking import Lacking, lacking
from roadmap.translation.progress import EditionStatus, is_core

MOST_NAMED = 8  # pages, and pieces


def size(status: EditionStatus) -> str:
    """How large the whole work is."""
    core, overall = status.core.all, status.overall.all
    return f"The core set has {core:,} English words, everything {overall:,}."


def to_do(edition: Edition, status: EditionStatus) -> Iterator[str]:
    """What is left: words, pages, pieces, strings. Raises Problems."""
    core, overall = status.core, status.overall
    yield (
        f"To do: {core.all - core.done:,} of {core.all:,} words of the core set, "
        f"{overall.all - overall.done:,} of {overall.all:,} of everything."
    )
    if status.core_missing:
        yield "When the core set is whole, the edition goes into the menu."
    yield from _pages([page.page for page in status.missing])
    yield from _pieces(lacking(edition), edition.code)
    yield from _strings(edition)


def _pages(missing: list[str]) -> Iterator[str]:
    if not missing:
        return
    core = sum(map(is_core, missing))
    yield f"\nPages that are missing: {len(missing)}, of the core set {core}; first:"
    yield from _first(missing)
    if len(missing) > MOST_NAMED:
        yield "“Progress of this edition”, about/status.html of the edition, lists them all."


def _pieces(pieces: list[Lacking], code: str) -> Iterator[str]:
    if not pieces:
        return
    yield (
        "\nPictures, checklists, worksheets and tables that are shown in English because strings "
        f"are missing: {len(pieces)}; those that lack the fewest:"
    )
    names = [f"{each.name}: {each.count} ({each.pages[0]})" for each in pieces]
    yield from _first(names)
    nearest = pieces[0]
    yield (
        f'`roadmap status {code} --of "{nearest.name}"` says which strings; '
        f"`--of {nearest.pages[0]}`, those of a page."
    )


def _first(names: list[str]) -> Iterator[str]:
    """The first of some names, and how many there are besides."""
    for name in names[:MOST_NAMED]:
        yield f"   {name}"
    if len(names) > MOST_NAMED:
        yield f"   … and {len(names) - MOST_NAMED} more"


def _strings(edition: Edition) -> Iterator[str]:
    if missing := missing_strings(edition):
        yield f"\n{missing}."


def missing_strings(edition: Edition) -> str:
    """How many strings have no translation that can be shown, and of what; empty where all have
    one. Raises Problems.
    """
    tallies = catalogue.tallies(edition)
    missing = {name: tally.messages - tally.shown for name, tally in tallies.items()}
    core = {name: missing.pop(name) for name in catalogue.CORE}
    parts = []
    for title, counts in (("core set", core), ("others", missing)):
        named = [f"{name} {number}" for name, number in counts.items() if number]
        if named:
            parts.append(f"{title} ({', '.join(named)})")
    if not parts:
        return ""
    number = sum(core.values()) + sum(missing.values())
    return f"{number:,} strings without a translation that can be shown: {', '.join(parts)}"


def strings_of(edition: Edition, words: str) -> Iterator[str]:
    """The strings that pieces with such a name, or on this page, still lack. Raises Problems."""
    file = edition.file_name(messages.FILE)
    name = words.removeprefix(f"docs/{edition.code}/")
    found = [each for each in lacking(edition) if each.is_called(name)]
    if not found:
        yield (
            f"docs/{edition.code}/: of what lacks strings, nothing is called “{words}” and no page "
            f"of this path shows any; `roadmap status {edition.code}` names some."
        )
    for each in found:
        yield f"{each.name}: {each.count} ({', '.join(each.pages)})"
        for string in each.strings:
            yield f"{file}:{string.line or 1}: {brief(string.text)}"
        if any(string.line is None for string in each.strings):
            yield f"Those at line 1 are not there yet: `roadmap refresh {edition.code}`."
