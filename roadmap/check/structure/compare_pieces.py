"""Compares the pieces of a translated page with those of the English one, and finds the place of a
missing one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from macros.pieces import NAMES
from roadmap.check.structure.alignment import Alignment, Finding, Fix
from roadmap.check.structure.outline import Block, SectionOutline
from roadmap.project.piece_calls import CALL, Call, call_of

Key = tuple[str, ...]  # name and words of a call


@dataclass(frozen=True)
class Difference:
    """How the pieces of a section differ: changed ones (English, translated), missing ones, and
    those that English does not have there.
    """

    english: SectionOutline
    translated: SectionOutline
    changed: list[tuple[Call, Call]] = field(default_factory=list)
    missing: list[Call] = field(default_factory=list)
    extra: list[Call] = field(default_factory=list)


def pieces(alignment: Alignment) -> Iterator[Finding]:
    """The same pieces with the same words, section by section. What a term is called here is free,
    and its place.
    """
    differences = []
    for english, translated in alignment.comparable:
        differences.append(_difference(english, translated))
    elsewhere: set[Key] = set()
    for difference in differences:
        keys = map(_key, difference.extra)
        elsewhere.update(keys)
    for difference in differences:
        for english_call, call in difference.changed:
            yield _changed(alignment, english_call, call)
        for call in difference.missing:
            yield _missing(alignment, difference, call, elsewhere)
        for call in difference.extra:
            yield _extra(alignment, call)
        yield from _terms(alignment, difference.english, difference.translated)


def written(call: Call) -> str:
    """A call as one writes it."""
    words = ", ".join(f'"{word}"' for word in call.arguments)
    return f"{{{{ {call.name}({words}) }}}}"


def _key(call: Call) -> Key:
    return (call.name, *call.arguments)


def _difference(english: SectionOutline, translated: SectionOutline) -> Difference:
    """Compares the pieces that stand by themselves, in their order."""
    english_calls = [call for call in english.calls if not _is_term(call)]
    translated_calls = [call for call in translated.calls if not _is_term(call)]
    difference = Difference(english, translated)
    matcher = SequenceMatcher(
        None,
        list(map(_key, english_calls)),
        list(map(_key, translated_calls)),
        autojunk=False,
    )
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag != "equal":
            wanted = english_calls[start:end]
            there = translated_calls[other_start:other_end]
            _pair_by_name(difference, wanted, there)
    return difference


def _pair_by_name(
    difference: Difference,
    wanted: list[Call],
    there: list[Call],
) -> None:
    """Notes each call that is wanted as changed, where one of its name is there or with its words
    and the name of no piece, or as missing.
    """
    unpaired = list(there)
    for call in wanted:
        partner = _first_named(call.name, unpaired) or _misnamed(call, unpaired)
        if partner:
            unpaired.remove(partner)
            difference.changed.append((call, partner))
        else:
            difference.missing.append(call)
    difference.extra.extend(unpaired)


def _first_named(name: str, calls: list[Call]) -> Call | None:
    for call in calls:
        if call.name == name:
            return call
    return None


def _misnamed(wanted: Call, calls: list[Call]) -> Call | None:
    """The first call of what is no piece with the words of this one: its name was translated."""
    for call in calls:
        if call.name not in NAMES and call.arguments == wanted.arguments:
            return call
    return None


def _is_term(call: Call) -> bool:
    """Whether a call explains a term, within a sentence."""
    return call.name == "term"


def _changed(
    alignment: Alignment,
    english_call: Call,
    call: Call,
    right_call: Call | None = None,
) -> Finding:
    """A call to write as the English one, or as `right_call` made from it."""
    right = written(right_call or english_call)
    expected = f"`{right}`, as in {alignment.english_place(english_call.line)}"
    fix = _rewrite(alignment, call, right)
    return alignment.finding(
        call.line,
        f"`{written(call)}`",
        expected,
        fix,
    )


def _rewrite(
    alignment: Alignment,
    call: Call,
    new: str,
) -> Fix | None:
    """The fix that puts a call in other words; None unless its line has the call once."""
    as_written = []
    line = alignment.translated_line(call.line)
    for match in CALL.finditer(line):
        if call_of(match, call.line) == call:
            as_written.append(match[0])
    if len(as_written) != 1:
        return None
    return Fix(
        call.line,
        as_written[0],
        new,
    )


def _missing(
    alignment: Alignment,
    difference: Difference,
    call: Call,
    elsewhere: set[Key],
) -> Finding:
    """A piece that is not there, with a fix where it stands nowhere else and has one place."""
    fix = None
    keys = set(map(_key, difference.missing))
    is_missing_twice = len(keys) < len(difference.missing)
    if _key(call) not in elsewhere and not is_missing_twice:
        fix = _insertion(difference, call)
    place = alignment.english_place(call.line)
    return alignment.finding(
        difference.translated.line,
        f"no `{written(call)}` in this section",
        f"the piece in its place, as in {place}",
        fix,
    )


def _insertion(difference: Difference, call: Call) -> Fix | None:
    """The fix that puts a missing piece where it belongs; None where that is not sure."""
    line = _place(difference, call)
    if not line:
        return None
    return Fix(
        line,
        "",
        written(call),
    )


def _extra(alignment: Alignment, call: Call) -> Finding:
    """A piece that English has in another section, or not on this page."""
    for section in alignment.english.sections:
        if _key(call) in map(_key, section.calls):
            place = alignment.english_place(section.line)
            expected = f"its place in `{{ #{section.id} }}`, as in {place}"
            return alignment.finding(
                call.line,
                f"`{written(call)}` in this place",
                expected,
            )
    expected = "a page without it: the English page does not call it"
    return alignment.finding(
        call.line,
        f"`{written(call)}`",
        expected,
    )


# Terms: they stand within sentences, so their order is free


def _terms(
    alignment: Alignment,
    english: SectionOutline,
    translated: SectionOutline,
) -> Iterator[Finding]:
    english_terms = list(filter(_is_term, english.calls))
    translated_terms = list(filter(_is_term, translated.calls))
    missing = _without(english_terms, translated_terms)
    extra = _without(translated_terms, english_terms)
    if len(missing) == len(extra) == 1:
        yield _other_term(alignment, missing[0], extra[0])
        return
    for call in missing:
        place = alignment.english_place(call.line)
        yield alignment.finding(
            translated.line,
            f"no `{written(call)}` in this section",
            f"the term in its sentence, as in {place}",
        )
    for call in extra:
        expected = "the plain words: the English section does not explain them"
        yield alignment.finding(
            call.line,
            f"`{written(call)}`",
            expected,
        )


def _other_term(
    alignment: Alignment,
    wanted: Call,
    call: Call,
) -> Finding:
    """One term in the place of another; what it is called here stays."""
    id = wanted.arguments[:1]
    own_words = call.arguments[1:]
    right_call = Call(
        call.line,
        "term",
        (*id, *own_words),
    )
    return _changed(alignment, wanted, call, right_call)


def _without(terms: list[Call], others: list[Call]) -> list[Call]:
    """Terms that the other section does not explain, or not as often."""
    available = Counter(call.arguments[:1] for call in others)
    lacking = []
    for call in terms:
        id = call.arguments[:1]
        if available[id] > 0:
            available[id] -= 1
        else:
            lacking.append(call)
    return lacking


# Where a missing piece belongs

Named = tuple[Block, str]  # a block, and what it is: the call as written, or its kind


def _place(difference: Difference, call: Call) -> int | None:
    """The line above which a missing piece is put, when there is only one place for it.

    That is when both sections are otherwise made alike, or when the piece stands right below the
    heading, at the end of the section, or next to a piece that is there.
    """
    section = difference.translated
    english_blocks = _top_blocks(difference.english)
    blocks = _top_blocks(section)
    at = _index_of_call(english_blocks, call)
    if at is None:
        return None
    present = _without_missing(english_blocks, difference)
    if _names(present) == _names(blocks):
        index = _count_above(present, call.line)
    elif at == 1:
        index = 1
    elif at == len(english_blocks) - 1:
        index = len(blocks)
    else:
        beside_piece = _index_beside_piece(english_blocks, at, _names(blocks))
        if beside_piece is None:
            return None
        index = beside_piece
    return _line_of_block(section, blocks, index)


def _index_beside_piece(
    english_blocks: list[Named],
    at: int,
    names: list[str],
) -> int | None:
    """Where a missing block goes in a translation with blocks of these names.

    That is below the piece above it in English, or above the piece below it, if the translation has
    that piece once; else None. `at` is the index of the missing block in English.
    """
    below_it = 1
    above_it = 0
    for neighbour, offset in ((at - 1, below_it), (at + 1, above_it)):
        block, name = english_blocks[neighbour]
        if block.kind == "call" and names.count(name) == 1:
            return names.index(name) + offset
    return None


def _without_missing(english_blocks: list[Named], difference: Difference) -> list[Named]:
    """The blocks of an English section but for the pieces that the translation lacks."""
    missing_lines = {call.line for call in difference.missing}
    present = []
    for block, name in english_blocks:
        if not _is_call_at(block, missing_lines):
            present.append((block, name))
    return present


def _names(blocks: list[Named]) -> list[str]:
    return [name for _, name in blocks]


def _count_above(blocks: list[Named], line: int) -> int:
    """How many of these blocks stand above a line."""
    count = 0
    for block, _ in blocks:
        if block.line < line:
            count += 1
    return count


def _index_of_call(blocks: list[Named], call: Call) -> int | None:
    for index, (block, _) in enumerate(blocks):
        if _is_call_at(block, {call.line}):
            return index
    return None


def _is_call_at(block: Block, lines: set[int]) -> bool:
    return block.kind == "call" and block.line in lines


def _top_blocks(section: SectionOutline) -> list[Named]:
    """The blocks of a section from its heading on, each with what it is."""
    names = {call.line: written(call) for call in section.calls}
    blocks: list[Named] = []
    for block in section.blocks:
        if not block.top:
            continue
        name: str = block.kind
        if block.kind == "call":
            name = names.get(block.line, "call")
        blocks.append((block, name))
    return blocks


def _line_of_block(
    section: SectionOutline,
    blocks: list[Named],
    index: int,
) -> int:
    """The line of a block, or the one after the section."""
    if index >= len(blocks):
        return section.end + 1
    block, _ = blocks[index]
    return block.line
