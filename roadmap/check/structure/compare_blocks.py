"""Compares the links, lists, tables and callouts of a translated page with those of the English
one. Changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from macros.facts.problem import brief
from roadmap.check.structure.alignment import Alignment, Finding, Fix
from roadmap.check.structure.outline import COUNTED, Block, Kind, Link, SectionOutline

# Links


def links(alignment: Alignment) -> Iterator[Finding]:
    """The same targets. Within a sentence the order is free, because languages differ in it."""
    for english, translated in alignment.comparable:
        english_texts = english.of("text")
        texts = translated.of("text")
        if len(english_texts) == len(texts):
            for one, other in zip(english_texts, texts, strict=True):
                yield from _links(alignment, one, one.links, other, other.links)
        else:
            english_links = _all_links(english_texts)
            yield from _links(alignment, english, english_links, translated, _all_links(texts))


def _all_links(blocks: list[Block]) -> list[Link]:
    found: list[Link] = []
    for block in blocks:
        found += block.links
    return found


def _links(
    alignment: Alignment,
    english: Block | SectionOutline,
    english_links: Sequence[Link],
    translated: Block | SectionOutline,
    translated_links: Sequence[Link],
) -> Iterator[Finding]:
    """The links of one text on both pages, or of one section. Looks count as well as addresses."""
    missing = _without(english_links, translated_links)
    extra = _without(translated_links, english_links)
    for link in list(extra):
        same_address = [each for each in missing if each.address == link.address]
        if same_address:
            missing.remove(same_address[0])
            extra.remove(link)
            yield _other_link(alignment, link, same_address[:1])
    if len(missing) == len(extra):
        for link in extra:
            yield _other_link(alignment, link, missing)
        return
    for link in missing:
        expected = f"`{link}` after its words, as in {alignment.english_place(link.line)}"
        yield alignment.finding(
            translated.line,
            f"no link to `{link.address}`",
            expected,
        )
    for link in extra:
        place = alignment.english_place(english.line)
        expected = f"one that the English text has ({place}), or none"
        yield alignment.finding(
            link.line,
            f"a link to `{brief(link.address)}`",
            expected,
        )


def _other_link(
    alignment: Alignment,
    link: Link,
    wanted: list[Link],
) -> Finding:
    """A link that should be another one; which of several, nobody can tell."""
    names = " or ".join(dict.fromkeys(f"`{each}`" for each in wanted))
    expected = f"{names}, as in {alignment.english_place(wanted[0].line)}"
    fix = _relink(alignment, link, wanted[0]) if len(wanted) == 1 else None
    return alignment.finding(
        link.line,
        f"`{brief(str(link))}`",
        expected,
        fix,
    )


def _without(found: Sequence[Link], others: Sequence[Link]) -> list[Link]:
    """Links that the other side does not have, or not as often."""
    available = Counter((link.address, link.look) for link in others)
    lacking = []
    for link in found:
        key = (link.address, link.look)
        if available[key] > 0:
            available[key] -= 1
        else:
            lacking.append(link)
    return lacking


def _relink(
    alignment: Alignment,
    link: Link,
    wanted: Link,
) -> Fix | None:
    """The link with another target, where its line has it once."""
    text = alignment.translated_line(link.line)
    is_clear = text.count(f"]({link.address})") == 1 and str(link) in text
    return (
        Fix(
            link.line,
            str(link),
            str(wanted),
        )
        if is_clear
        else None
    )


# Lists, tables, callouts


def counts(alignment: Alignment) -> Iterator[Finding]:
    """As many lists, and in each as many items; tables of the same rows and columns; callouts of
    the same kind.
    """
    for english, translated in alignment.comparable:
        for kind in COUNTED:
            yield from _counts(alignment, kind, english, translated)


def _counts(
    alignment: Alignment,
    kind: Kind,
    english: SectionOutline,
    translated: SectionOutline,
) -> Iterator[Finding]:
    english_blocks = english.of(kind)
    blocks = translated.of(kind)
    if len(english_blocks) != len(blocks):
        place = english_blocks[0].line if english_blocks else english.line
        number = len(english_blocks) or "none"
        expected = f"{number}, as in {alignment.english_place(place)}"
        if len(blocks) < len(english_blocks):
            expected += ", with an empty line above each"
        found = f"{_many(len(blocks), kind)} in this section"
        yield alignment.finding(
            translated.line,
            found,
            expected,
        )
        return
    for one, other in zip(english_blocks, blocks, strict=True):
        if difference := _size_difference(one, other):
            line, found, expected = difference
            expected += f", as in {alignment.english_place(one.line)}"
            yield alignment.finding(
                line,
                found,
                expected,
            )


def _size_difference(english: Block, translated: Block) -> tuple[int, str, str] | None:
    """Where two blocks of a kind differ: line, what was found, what was expected."""
    line = translated.line
    match english.size, translated.size:
        case int(items), int(own_items) if items != own_items:
            return line, f"a list of {_many(own_items, 'item')}", f"{items}"
        case str(kind), str(own_kind) if kind != own_kind:
            return line, f"`!!! {brief(own_kind)}`", f"`!!! {kind}`"
        case tuple(rows), tuple(own_rows):
            return _cell_difference(line, rows, own_rows)
    return None


def _cell_difference(
    line: int,
    english_rows: tuple[int, ...],
    rows: tuple[int, ...],
) -> tuple[int, str, str] | None:
    """Where two tables differ, by the cells of each row; the head has a line of signs below it."""
    if len(english_rows) != len(rows):
        return line, f"a table of {_many(len(rows), 'row')} with its head", f"{len(english_rows)}"
    for index, (wanted, cells) in enumerate(zip(english_rows, rows, strict=True)):
        if wanted != cells:
            below_head = index > 0
            return line + index + below_head, f"a row of {_many(cells, 'cell')}", f"{wanted}"
    return None


def _many(number: int, what: str) -> str:
    plural = "" if number == 1 else "s"
    return f"{number or 'no'} {what}{plural}"


def titles(alignment: Alignment) -> Iterator[Finding]:
    """Callouts have titles of their own: those that Markdown gives them are English."""
    for callout in alignment.translated.blocks("callout"):
        if '"' not in alignment.translated_line(callout.line):
            kind = brief(str(callout.size))
            found = f"`!!! {kind}` without a title, which readers see in English"
            expected = f'`!!! {kind} "…"`, in the language of the edition'
            yield alignment.finding(
                callout.line,
                found,
                expected,
            )
