"""Judges the links, lists, tables and callouts of a translated page against those of the English
one. Mends nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from roadmap.check.safety.allowlist import brief
from roadmap.check.structure.alignment import Finding, Mend, Sides
from roadmap.check.structure.outline import Link, Part, Section

COUNTED = ("list", "table", "callout", "quote")


# Links


def links(sides: Sides) -> Iterator[Finding]:
    """The same targets. Within a sentence the order is free, because languages differ in it."""
    for english, here in sides.alike:
        ours, theirs = english.of("text"), here.of("text")
        if len(ours) == len(theirs):
            for one, other in zip(ours, theirs, strict=True):
                yield from _links(sides, one.line, list(one.links), other.line, list(other.links))
        else:
            yield from _links(sides, english.line, _all_links(ours), here.line, _all_links(theirs))


def _all_links(parts: list[Part]) -> list[Link]:
    return [link for part in parts for link in part.links]


def _links(
    sides: Sides, at: int, english: list[Link], line: int, here: list[Link]
) -> Iterator[Finding]:
    """The links of one text on both sides, or of one section. Looks count as well as addresses."""
    wanted, strange = _without(english, here), _without(here, english)
    for link in list(strange):
        if same := next((each for each in wanted if each.address == link.address), None):
            wanted.remove(same)
            strange.remove(link)
            yield _other(sides, link, [same])
    if len(wanted) == len(strange):
        yield from (_other(sides, link, wanted) for link in strange)
        return
    for link in wanted:
        instead = f"`{link}` after its words, as in {sides.at(link.line)}"
        yield sides.found(line, f"no link to `{link.address}`", instead)
    for link in strange:
        instead = f"one that the English text has ({sides.at(at)}), or none"
        yield sides.found(link.line, f"a link to `{brief(link.address)}`", instead)


def _other(sides: Sides, link: Link, wanted: list[Link]) -> Finding:
    """A link that should be another one; which of several, nobody can tell."""
    names = " or ".join(dict.fromkeys(f"`{each}`" for each in wanted))
    mend = _relink(sides, link, wanted[0]) if len(wanted) == 1 else None
    return sides.found(
        link.line, f"`{brief(str(link))}`", f"{names}, as in {sides.at(wanted[0].line)}", mend
    )


def _without(links: list[Link], others: list[Link]) -> list[Link]:
    """Links that the other side does not have, or not as often."""
    left = Counter((link.address, link.look) for link in others)
    found = []
    for link in links:
        left[link.address, link.look] -= 1
        found += [link] if left[link.address, link.look] < 0 else []
    return found


def _relink(sides: Sides, link: Link, wanted: Link) -> Mend | None:
    """The link with another target, where its line has it once."""
    text = sides.here.page.text.splitlines()[link.line - 1]
    clear = text.count(f"]({link.address})") == 1 and str(link) in text
    return Mend(link.line, str(link), str(wanted)) if clear else None


# Lists, tables, callouts


def counts(sides: Sides) -> Iterator[Finding]:
    """As many lists, and in each as many items; tables of the same rows and columns; callouts of
    the same kind.
    """
    for english, here in sides.alike:
        for kind in COUNTED:
            yield from _counts(sides, kind, english, here)


def _counts(sides: Sides, kind: str, english: Section, here: Section) -> Iterator[Finding]:
    ours, theirs = english.of(kind), here.of(kind)
    if len(ours) != len(theirs):
        place = ours[0].line if ours else english.line
        hint = ", with an empty line above each" if len(theirs) < len(ours) else ""
        there = f"{_many(len(theirs), kind)} in this section"
        yield sides.found(here.line, there, f"{len(ours) or 'none'}, as in {sides.at(place)}{hint}")
        return
    for one, other in zip(ours, theirs, strict=True):
        if one.size != other.size:
            line, there, instead = _sizes(one, other)
            yield sides.found(line, there, f"{instead}, as in {sides.at(one.line)}")


def _sizes(english: Part, here: Part) -> tuple[int, str, str]:
    """Where two parts of a kind differ: line, what is there, what instead."""
    if english.kind == "list":
        return here.line, f"a list of {_many(here.size, 'item')}", f"{english.size}"
    if english.kind == "callout":
        return here.line, f"`!!! {brief(str(here.size))}`", f"`!!! {english.size}`"
    if len(english.size) != len(here.size):
        return (
            here.line,
            f"a table of {_many(len(here.size), 'row')} with its head",
            f"{len(english.size)}",
        )
    row = next(i for i, cells in enumerate(english.size) if here.size[i] != cells)
    return (
        here.line + row + (row > 0),
        f"a row of {_many(here.size[row], 'cell')}",
        f"{english.size[row]}",
    )


def _many(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def titles(sides: Sides) -> Iterator[Finding]:
    """Callouts have titles of their own: those that Markdown gives them are English."""
    lines = sides.here.page.text.splitlines()
    for part in (part for section in sides.here.sections for part in section.of("callout")):
        if '"' not in lines[part.line - 1]:
            there = f"`!!! {brief(str(part.size))}` without a title, which readers see in English"
            yield sides.found(
                part.line,
                there,
                f'`!!! {brief(str(part.size))} "…"`, in the language of the edition',
            )
