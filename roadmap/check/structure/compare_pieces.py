"""Judges the pieces of a translated page against those of the English one, and finds the place of a
missing one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from roadmap.check.safety.allowlist import CALL, WORDS
from roadmap.check.structure.alignment import Finding, Mend, Sides
from roadmap.check.structure.outline import Part, Section
from roadmap.project.pages import Call

Both = tuple[
    list[tuple[Call, Call]], list[Call], list[Call]
]  # changed (English, here), missing, more


def pieces(sides: Sides) -> Iterator[Finding]:
    """The same pieces with the same words, section by section. What a term is called here is free,
    and its place.
    """
    both = [(english, here, *_blocks(english, here)) for english, here in sides.alike]
    elsewhere = {_key(call) for *_, more in both for call in more}
    for english, here, changed, missing, more in both:
        yield from (_changed(sides, *calls) for calls in changed)
        for call in missing:
            unclear = _key(call) in elsewhere or len({_key(each) for each in missing}) < len(
                missing
            )
            line = None if unclear else _place(english, here, call, missing)
            yield _missing(sides, call, here, line)
        yield from (_more(sides, call) for call in more)
        yield from _terms(sides, english, here)


def written(call: Call) -> str:
    """A call as one writes it."""
    words = ", ".join(f'"{word}"' for word in call.arguments)
    return f"{{{{ {call.name}({words}) }}}}"


def _key(call: Call) -> tuple[str, ...]:
    return (call.name, *call.arguments)


def _blocks(english: Section, here: Section) -> Both:
    """The pieces that stand by themselves, in their order: what differs."""
    ours, theirs = (
        [call for call in side.calls if call.name != "term"] for side in (english, here)
    )
    changed, missing, more = [], [], []
    matcher = SequenceMatcher(None, list(map(_key, ours)), list(map(_key, theirs)), autojunk=False)
    for tag, i, to_i, j, to_j in matcher.get_opcodes():
        if tag != "equal":
            left = theirs[j:to_j]
            for call in ours[i:to_i]:
                other = next((each for each in left if each.name == call.name), None)
                if other:
                    left.remove(other)
                    changed.append((call, other))
                else:
                    missing.append(call)
            more += left
    return changed, missing, more


def _changed(sides: Sides, english: Call, here: Call) -> Finding:
    instead = f"`{written(english)}`, as in {sides.at(english.line)}"
    return sides.found(
        here.line, f"`{written(here)}`", instead, _rewrite(sides, here, written(english))
    )


def _rewrite(sides: Sides, call: Call, new: str) -> Mend | None:
    """A call in other words, where its line has it once."""
    found = [
        each[0]
        for each in CALL.finditer(sides.here.page.text.splitlines()[call.line - 1])
        if (each[1], *(words[1:-1] for words in WORDS.findall(each[2] or ""))) == _key(call)
    ]
    return Mend(call.line, found[0], new) if len(found) == 1 else None


def _missing(sides: Sides, call: Call, section: Section, line: int | None) -> Finding:
    mend = Mend(line, "", written(call)) if line else None
    instead = f"the piece in its place, as in {sides.at(call.line)}"
    return sides.found(section.line, f"no `{written(call)}` in this section", instead, mend)


def _more(sides: Sides, call: Call) -> Finding:
    for section in sides.english.sections:
        if any(_key(each) == _key(call) for each in section.calls):
            return sides.found(
                call.line,
                f"`{written(call)}` in this place",
                f"its place in `{{ #{section.id} }}`, as in {sides.at(section.line)}",
            )
    return sides.found(
        call.line, f"`{written(call)}`", "a page without it: the English page does not call it"
    )


# Terms: they stand within sentences, so their order is free


def _terms(sides: Sides, english: Section, here: Section) -> Iterator[Finding]:
    ours, theirs = (
        [call for call in side.calls if call.name == "term"] for side in (english, here)
    )
    missing, more = _without(ours, theirs), _without(theirs, ours)
    if len(missing) == len(more) == 1:
        (wanted,), (strange,) = missing, more
        right = Call(strange.line, "term", (*wanted.arguments[:1], *strange.arguments[1:]))
        instead = f"`{written(right)}`, as in {sides.at(wanted.line)}"
        yield sides.found(
            strange.line, f"`{written(strange)}`", instead, _rewrite(sides, strange, written(right))
        )
        return
    for call in missing:
        there = f'no `{{{{ term("{call.arguments[0]}") }}}}` in this section'
        yield sides.found(
            here.line, there, f"the term in its sentence, as in {sides.at(call.line)}"
        )
    for call in more:
        yield sides.found(
            call.line,
            f"`{written(call)}`",
            "the plain words: the English section does not explain them",
        )


def _without(calls: list[Call], others: list[Call]) -> list[Call]:
    left = Counter(call.arguments[:1] for call in others)
    found = []
    for call in calls:
        left[call.arguments[:1]] -= 1
        found += [call] if left[call.arguments[:1]] < 0 else []
    return found


# Where a missing piece belongs


def _place(english: Section, here: Section, call: Call, missing: list[Call]) -> int | None:
    """The line above which a missing piece is put, when there is only one place for it.

    That is when both sections are otherwise made alike, or when the piece stands right below the
    heading, at the end of the section, or next to a piece that is there.
    """
    ours, theirs = _tops(english), _tops(here)
    at = next(
        (i for i, (part, _) in enumerate(ours) if part.kind == "call" and part.line == call.line),
        None,
    )
    if at is None:
        return None
    gone = {each.line for each in missing}
    there = [(part, name) for part, name in ours if not (part.kind == "call" and part.line in gone)]
    if [name for _, name in there] == [name for _, name in theirs]:
        return _line(here, theirs, sum(part.line < call.line for part, _ in there))
    if at == 1:
        return _line(here, theirs, 1)
    if at == len(ours) - 1:
        return _line(here, theirs, len(theirs))
    names = [name for _, name in theirs]
    for neighbour, offset in ((at - 1, 1), (at + 1, 0)):
        part, name = ours[neighbour]
        if part.kind == "call" and names.count(name) == 1:
            return _line(here, theirs, names.index(name) + offset)
    return None


def _tops(section: Section) -> list[tuple[Part, str]]:
    """The blocks of a section from its heading on, each with what it is."""
    names = {call.line: written(call) for call in section.calls}
    return [
        (part, names.get(part.line, "call") if part.kind == "call" else part.kind)
        for part in section.parts
        if part.top
    ]


def _line(section: Section, tops: list[tuple[Part, str]], index: int) -> int:
    """The line of a block, or the one after the section."""
    return tops[index][0].line if index < len(tops) else section.end + 1
